package tandem.http.port;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.edge.LinkQuery.LinkCalls;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.numbers.Numbers;
import tandem.router.queue.Queue;

/**
 * What REST and the feed ask of the router. Each answer comes from the entity itself; one that does
 * not answer in time fails with {@link java.util.concurrent.TimeoutException}.
 */
public interface RouterPort {
  CompletionStage<Agent.SaveReply> saveAgent(AgentId id, Agent.Profile profile, boolean onlyIfNew);

  CompletionStage<Agent.GetReply> agent(AgentId id);

  CompletionStage<Agent.PresenceReply> setPresence(
      AgentId id, Presence presence, @Nullable String reason);

  CompletionStage<Queue.ConfigureReply> configureQueue(
      QueueId id, QueueSettings settings, boolean onlyIfNew);

  CompletionStage<Queue.GetReply> queue(QueueId id);

  CompletionStage<Call.GetReply> call(CallId id);

  CompletionStage<Directory.Listing> directory(TenantId tenant);

  CompletionStage<Numbers.ClaimReply> claim(TenantId tenant, PhoneNumber number, Entry entry);

  CompletionStage<Numbers.ClaimReply> release(TenantId tenant, PhoneNumber number);

  /** One of the tenant's own numbers. */
  CompletionStage<Numbers.Found> number(TenantId tenant, PhoneNumber number);

  /** At most so many of the tenant's own numbers after one, or from the first. */
  CompletionStage<Numbers.Snapshot> numbers(TenantId tenant, @Nullable PhoneNumber after, int most);

  /** The switches this installation is configured with, in their order there. */
  List<SwitchId> switches();

  CompletionStage<LinkStatus> switchStatus(SwitchId id);

  /** The tenant's open calls on one switch. */
  CompletionStage<LinkCalls> switchCalls(SwitchId id, TenantId tenant);
}
