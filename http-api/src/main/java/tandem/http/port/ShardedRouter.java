package tandem.http.port;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.router.Shards;
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
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkCalls;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand;
import tandem.router.lot.ParkingLot;
import tandem.router.numbers.Numbers;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.RoutingPlan;
import tandem.router.queue.Queue;

/** Asks the sharded entities, from whatever node this is. */
public final class ShardedRouter implements RouterPort {
  private final Shards shards;
  private final Duration timeout;
  private final List<SwitchId> switches;

  public ShardedRouter(ActorSystem<?> system, Duration timeout, List<SwitchId> switches) {
    this.shards = new Shards(system);
    this.timeout = timeout;
    this.switches = List.copyOf(switches);
  }

  @Override
  public CompletionStage<Agent.SaveReply> saveAgent(
      AgentId id, Agent.Profile profile, boolean onlyIfNew) {
    return shards.agent(id).ask(replyTo -> new Agent.Save(profile, onlyIfNew, replyTo), timeout);
  }

  @Override
  public CompletionStage<Agent.GetReply> agent(AgentId id) {
    return shards.agent(id).ask(Agent.Get::new, timeout);
  }

  @Override
  public CompletionStage<Agent.PresenceReply> setPresence(
      AgentId id, Presence presence, @Nullable String reason) {
    return shards
        .agent(id)
        .ask(replyTo -> new Agent.SetPresence(presence, reason, replyTo), timeout);
  }

  @Override
  public CompletionStage<Queue.ConfigureReply> configureQueue(
      QueueId id, QueueSettings settings, boolean onlyIfNew) {
    return shards
        .queue(id)
        .ask(replyTo -> new Queue.Configure(settings, onlyIfNew, replyTo), timeout);
  }

  @Override
  public CompletionStage<Queue.GetReply> queue(QueueId id) {
    return shards.queue(id).ask(Queue.Get::new, timeout);
  }

  @Override
  public CompletionStage<Queue.PlaceReply> place(QueueId id, CallId call) {
    return shards.queue(id).ask(replyTo -> new Queue.GetPlace(call, replyTo), timeout);
  }

  @Override
  public CompletionStage<Call.GetReply> call(CallId id) {
    return shards.call(id).ask(Call.Get::new, timeout);
  }

  @Override
  public CompletionStage<Call.ControlReply> control(
      CallId id, String key, String by, Operation operation) {
    return shards.call(id).ask(replyTo -> new Call.Control(key, by, operation, replyTo), timeout);
  }

  @Override
  public void placeCall(SwitchId id, CallId call, Outbound outbound) {
    shards.link(id).tell(new SwitchCommand.PlaceCall(call, outbound));
  }

  @Override
  public CompletionStage<ParkingLot.LotReply> lot(LotId id) {
    return shards.lot(id).ask(ParkingLot.Get::new, timeout);
  }

  @Override
  public CompletionStage<Call.AskedReply> askCallback(CallId id, CallbackWish wish) {
    return shards
        .call(id)
        .ask(
            replyTo ->
                new Call.AskCallback(
                    wish.number(),
                    wish.from(),
                    wish.within(),
                    wish.attempts(),
                    wish.retryAfter(),
                    wish.ring(),
                    replyTo),
            timeout);
  }

  @Override
  public CompletionStage<Call.AskedReply> cancelCallback(CallId id) {
    return shards.call(id).ask(Call.CancelCallback::new, timeout);
  }

  @Override
  public CompletionStage<Directory.Listing> directory(TenantId tenant) {
    return shards.directory(tenant).ask(Directory.List::new, timeout);
  }

  @Override
  public CompletionStage<Numbers.ClaimReply> claim(
      TenantId tenant, PhoneNumber number, Entry entry) {
    return shards
        .numbers()
        .ask(replyTo -> new Numbers.Claim(tenant, number, entry, replyTo), timeout);
  }

  @Override
  public CompletionStage<Numbers.ClaimReply> release(TenantId tenant, PhoneNumber number) {
    return shards.numbers().ask(replyTo -> new Numbers.Release(tenant, number, replyTo), timeout);
  }

  @Override
  public CompletionStage<Numbers.Found> number(TenantId tenant, PhoneNumber number) {
    return shards.numbers().ask(replyTo -> new Numbers.Find(tenant, number, replyTo), timeout);
  }

  @Override
  public CompletionStage<Numbers.Snapshot> numbers(
      TenantId tenant, @Nullable PhoneNumber after, int most) {
    return shards.numbers().ask(replyTo -> new Numbers.Of(tenant, after, most, replyTo), timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.DraftReply> planDraft(TenantId tenant) {
    return shards.plan(tenant).ask(RoutingPlan.GetDraft::new, timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.DraftReply> savePlanDraft(
      TenantId tenant, String text, long revision, String author) {
    return shards
        .plan(tenant)
        .ask(replyTo -> new RoutingPlan.SaveDraft(text, revision, author, replyTo), timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.PublishReply> publishPlan(
      TenantId tenant, long revision, String author, String comment, List<String> queues) {
    return shards
        .plan(tenant)
        .ask(
            replyTo -> new RoutingPlan.Publish(revision, author, comment, queues, replyTo),
            timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.PublishReply> rollBackPlan(
      TenantId tenant,
      long to,
      long current,
      String text,
      String author,
      String comment,
      List<String> queues) {
    return shards
        .plan(tenant)
        .ask(
            replyTo ->
                new RoutingPlan.RollBack(to, current, text, author, comment, queues, replyTo),
            timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.InForce> currentPlan(TenantId tenant) {
    return shards.plan(tenant).ask(RoutingPlan.GetCurrent::new, timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.Versions> planVersions(
      TenantId tenant, @Nullable Long before, int most) {
    return shards
        .plan(tenant)
        .ask(replyTo -> new RoutingPlan.ListVersions(before, most, replyTo), timeout);
  }

  @Override
  public CompletionStage<PlanArchive.Kept> archivedPlan(TenantId tenant, long version) {
    return shards.planArchive(tenant, version).ask(PlanArchive.Get::new, timeout);
  }

  @Override
  public CompletionStage<RoutingPlan.InForce> setManual(
      TenantId tenant, String calendar, @Nullable Manual manual, String author) {
    return shards
        .plan(tenant)
        .ask(replyTo -> new RoutingPlan.SetManual(calendar, manual, author, replyTo), timeout);
  }

  @Override
  public List<SwitchId> switches() {
    return switches;
  }

  @Override
  public CompletionStage<LinkStatus> switchStatus(SwitchId id) {
    return shards.link(id).ask(LinkQuery.GetStatus::new, timeout);
  }

  @Override
  public CompletionStage<LinkCalls> switchCalls(SwitchId id, TenantId tenant) {
    return shards.link(id).ask(replyTo -> new LinkQuery.ListCalls(tenant, replyTo), timeout);
  }
}
