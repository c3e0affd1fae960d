package tandem.http.port;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LotId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.time.Manual;
import tandem.router.edge.LinkQuery.LinkCalls;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.edge.Outbound;
import tandem.router.lot.ParkingLot;
import tandem.router.numbers.Numbers;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.RoutingPlan;
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

  /** How a call stands in a queue; without a position where it has no place. */
  CompletionStage<Queue.PlaceReply> place(QueueId id, CallId call);

  CompletionStage<Call.GetReply> call(CallId id);

  /**
   * Does something with a call.
   *
   * @param key names the request: said again it is not done again
   * @param by who wants it
   */
  CompletionStage<Call.ControlReply> control(CallId id, String key, String by, Operation operation);

  /**
   * Tells a switch's link to carry a call that an agent makes. Nothing comes back: whoever asks
   * looks for the call.
   */
  void placeCall(SwitchId id, CallId call, Outbound outbound);

  CompletionStage<ParkingLot.LotReply> lot(LotId id);

  /** Asks a call that its caller be called back. */
  CompletionStage<Call.AskedReply> askCallback(CallId id, CallbackWish wish);

  CompletionStage<Call.AskedReply> cancelCallback(CallId id);

  CompletionStage<Directory.Listing> directory(TenantId tenant);

  CompletionStage<Numbers.ClaimReply> claim(TenantId tenant, PhoneNumber number, Entry entry);

  CompletionStage<Numbers.ClaimReply> release(TenantId tenant, PhoneNumber number);

  /** One of the tenant's own numbers. */
  CompletionStage<Numbers.Found> number(TenantId tenant, PhoneNumber number);

  /** At most so many of the tenant's own numbers after one, or from the first. */
  CompletionStage<Numbers.Snapshot> numbers(TenantId tenant, @Nullable PhoneNumber after, int most);

  CompletionStage<RoutingPlan.DraftReply> planDraft(TenantId tenant);

  /**
   * Puts a plan's text in the draft's place.
   *
   * @param revision of the draft it was made from, 0 for none
   */
  CompletionStage<RoutingPlan.DraftReply> savePlanDraft(
      TenantId tenant, String text, long revision, String author);

  /**
   * Makes the draft of this revision the next version.
   *
   * @param queues names of the plan's queues
   */
  CompletionStage<RoutingPlan.PublishReply> publishPlan(
      TenantId tenant, long revision, String author, String comment, List<String> queues);

  /**
   * Makes an old version's text the next version.
   *
   * @param current the version in force, as the author knows it
   * @param queues names of the plan's queues
   */
  CompletionStage<RoutingPlan.PublishReply> rollBackPlan(
      TenantId tenant,
      long to,
      long current,
      String text,
      String author,
      String comment,
      List<String> queues);

  CompletionStage<RoutingPlan.InForce> currentPlan(TenantId tenant);

  /** At most so many versions before one, or from the newest; the newest first. */
  CompletionStage<RoutingPlan.Versions> planVersions(
      TenantId tenant, @Nullable Long before, int most);

  /** A version that was published; {@code text} is null while it is not in the archive. */
  CompletionStage<PlanArchive.Kept> archivedPlan(TenantId tenant, long version);

  /**
   * Opens or closes a calendar whatever its hours say.
   *
   * @param manual null takes an override back
   */
  CompletionStage<RoutingPlan.InForce> setManual(
      TenantId tenant, String calendar, @Nullable Manual manual, String author);

  /** The switches this installation is configured with, in their order there. */
  List<SwitchId> switches();

  CompletionStage<LinkStatus> switchStatus(SwitchId id);

  /** The tenant's open calls on one switch. */
  CompletionStage<LinkCalls> switchCalls(SwitchId id, TenantId tenant);
}
