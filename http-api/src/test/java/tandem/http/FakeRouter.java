package tandem.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tandem.http.port.CallbackWish;
import tandem.http.port.RouterPort;
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
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.edge.Outbound;
import tandem.router.feed.AgentView;
import tandem.router.feed.CallView;
import tandem.router.feed.FeedItem;
import tandem.router.feed.LotView;
import tandem.router.feed.QueueView;
import tandem.router.feed.View;
import tandem.router.lot.ParkingLot;
import tandem.router.numbers.Numbers;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.RoutingPlan;
import tandem.router.queue.Queue;

/** A router in memory that answers at once, unless it was told to be silent. */
final class FakeRouter implements RouterPort {
  static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");
  static final SwitchId SWITCH = new SwitchId("fs1");
  static final SwitchId DEAD_SWITCH = new SwitchId("fs2");

  record Versioned<V extends View>(V view, long seq) {}

  final Map<AgentId, Versioned<AgentView>> agents = new ConcurrentSkipListMap<>();
  final Map<QueueId, Versioned<QueueView>> queues = new ConcurrentSkipListMap<>();
  final Map<CallId, Versioned<CallView>> calls = new ConcurrentSkipListMap<>();
  final Map<LotId, Versioned<LotView>> lots = new ConcurrentSkipListMap<>();
  final Map<PhoneNumber, Entry> numbers = new ConcurrentHashMap<>();
  final FakePlans plans = new FakePlans();
  final FakeCallbacks callbacks = new FakeCallbacks(this);
  final FakeControls controls = new FakeControls(this);

  /** How any call stands in a queue. */
  final Map<QueueId, Queue.Position> positions = new ConcurrentHashMap<>();

  /** Queues that do not tell places in time. */
  final Set<QueueId> deaf = ConcurrentHashMap.newKeySet();

  final AtomicLong callsAsked = new AtomicLong();

  /** Every agent and queue that was asked anything: each would have been started by it. */
  final Set<Object> started = ConcurrentHashMap.newKeySet();

  /** How many looks into the directory find no agents yet. */
  final AtomicInteger unheardAgents = new AtomicInteger();

  /** How many looks into the directory find no queues yet. */
  final AtomicInteger unheardQueues = new AtomicInteger();

  /** How the only link that answers stands with its switch. */
  volatile LinkState linkState = LinkState.READY;

  private volatile boolean silent;

  /** From now on nobody answers in time, or everybody does again. */
  void silent(boolean now) {
    silent = now;
  }

  /** Changes a call; the item is what the call would publish. */
  FeedItem put(CallView view) {
    Versioned<CallView> now =
        calls.merge(
            view.id(), new Versioned<>(view, 1), (was, is) -> new Versioned<>(view, was.seq() + 1));
    return new FeedItem(view.id().tenant(), view.id().value(), now.seq(), view);
  }

  FeedItem put(AgentView view) {
    Versioned<AgentView> now =
        agents.merge(
            view.id(), new Versioned<>(view, 1), (was, is) -> new Versioned<>(view, was.seq() + 1));
    return new FeedItem(view.id().tenant(), view.id().value(), now.seq(), view);
  }

  FeedItem put(QueueView view) {
    Versioned<QueueView> now =
        queues.merge(
            view.id(), new Versioned<>(view, 1), (was, is) -> new Versioned<>(view, was.seq() + 1));
    return new FeedItem(view.id().tenant(), view.id().value(), now.seq(), view);
  }

  FeedItem put(LotView view) {
    Versioned<LotView> now =
        lots.merge(
            view.id(), new Versioned<>(view, 1), (was, is) -> new Versioned<>(view, was.seq() + 1));
    return new FeedItem(view.id().tenant(), view.id().value(), now.seq(), view);
  }

  @Override
  public CompletionStage<Agent.SaveReply> saveAgent(
      AgentId id, Agent.Profile profile, boolean onlyIfNew) {
    if (onlyIfNew && agents.containsKey(id)) {
      return answer(Agent.AlreadyExists.ALREADY_EXISTS);
    }
    Versioned<AgentView> before = agents.get(id);
    Presence presence = before == null ? Presence.OFFLINE : before.view().presence();
    AgentView view =
        new AgentView(
            id,
            profile.displayName(),
            profile.contact(),
            profile.queues(),
            profile.capacity(),
            profile.traits(),
            profile.callerId(),
            presence,
            null,
            presence == Presence.READY,
            THEN,
            List.of());
    return answer(new Agent.Saved(view, put(view).seq()));
  }

  @Override
  public CompletionStage<Agent.GetReply> agent(AgentId id) {
    started.add(id);
    Versioned<AgentView> found = agents.get(id);
    return answer(
        found == null
            ? new Agent.GetReply(null, 0)
            : new Agent.GetReply(found.view(), found.seq()));
  }

  @Override
  public CompletionStage<Agent.PresenceReply> setPresence(
      AgentId id, Presence presence, String reason) {
    started.add(id);
    Versioned<AgentView> found = agents.get(id);
    if (found == null) {
      return answer(Agent.NoSuchAgent.NO_SUCH_AGENT);
    }
    AgentView was = found.view();
    AgentView view =
        new AgentView(
            id,
            was.displayName(),
            was.contact(),
            was.queues(),
            was.capacity(),
            was.traits(),
            was.callerId(),
            presence,
            reason,
            presence == Presence.READY,
            was.idleSince(),
            was.offers());
    return answer(new Agent.PresenceChanged(view, put(view).seq()));
  }

  @Override
  public CompletionStage<Queue.ConfigureReply> configureQueue(
      QueueId id, QueueSettings settings, boolean onlyIfNew) {
    if (onlyIfNew && queues.containsKey(id)) {
      return answer(Queue.AlreadyExists.ALREADY_EXISTS);
    }
    Versioned<QueueView> before = queues.get(id);
    if (before != null && before.view().plan() > 0) {
      return answer(new Queue.InPlan(before.view().plan()));
    }
    QueueView view =
        new QueueView(id, settings, 0, 2, 0, 1, THEN, Duration.ofSeconds(9), 3, 1, 40, 2);
    return answer(new Queue.Configured(view, put(view).seq()));
  }

  @Override
  public CompletionStage<Queue.GetReply> queue(QueueId id) {
    started.add(id);
    Versioned<QueueView> found = queues.get(id);
    return answer(
        found == null
            ? new Queue.GetReply(null, 0)
            : new Queue.GetReply(found.view(), found.seq()));
  }

  @Override
  public CompletionStage<Call.GetReply> call(CallId id) {
    callsAsked.incrementAndGet();
    callbacks.look(id);
    controls.look(id);
    Versioned<CallView> found = calls.get(id);
    return answer(
        found == null ? new Call.GetReply(null, 0) : new Call.GetReply(found.view(), found.seq()));
  }

  @Override
  public CompletionStage<Queue.PlaceReply> place(QueueId id, CallId call) {
    Queue.Position position = positions.get(id);
    return deaf.contains(id)
        ? CompletableFuture.failedFuture(new TimeoutException("no answer"))
        : answer(new Queue.PlaceReply(id, position));
  }

  @Override
  public CompletionStage<Call.ControlReply> control(
      CallId id, String key, String by, Operation operation) {
    return silent ? answer(null) : answer(controls.control(id, key, by, operation));
  }

  @Override
  public void placeCall(SwitchId id, CallId call, Outbound outbound) {
    controls.place(id, call, outbound);
  }

  @Override
  public CompletionStage<ParkingLot.LotReply> lot(LotId id) {
    started.add(id);
    Versioned<LotView> found = lots.get(id);
    return answer(
        found == null
            ? new ParkingLot.LotReply(null, 0)
            : new ParkingLot.LotReply(found.view(), found.seq()));
  }

  @Override
  public CompletionStage<Call.AskedReply> askCallback(CallId id, CallbackWish wish) {
    return answer(callbacks.ask(id, wish));
  }

  @Override
  public CompletionStage<Call.AskedReply> cancelCallback(CallId id) {
    return answer(callbacks.cancel(id));
  }

  @Override
  public CompletionStage<Directory.Listing> directory(TenantId tenant) {
    SortedSet<String> agentNames = new TreeSet<>();
    agents.keySet().stream()
        .filter(id -> id.tenant().equals(tenant))
        .forEach(id -> agentNames.add(id.name()));
    SortedSet<String> queueNames = new TreeSet<>();
    queues.keySet().stream()
        .filter(id -> id.tenant().equals(tenant))
        .forEach(id -> queueNames.add(id.name()));
    if (isUnheard(unheardAgents)) {
      agentNames.clear();
    }
    if (isUnheard(unheardQueues)) {
      queueNames.clear();
    }
    SortedSet<String> lotNames = new TreeSet<>();
    lots.keySet().stream()
        .filter(id -> id.tenant().equals(tenant))
        .forEach(id -> lotNames.add(id.name()));
    return answer(new Directory.Listing(agentNames, queueNames, lotNames));
  }

  @Override
  public CompletionStage<Numbers.ClaimReply> claim(
      TenantId tenant, PhoneNumber number, Entry entry) {
    Entry before = numbers.get(number);
    if (before != null && !before.queue().tenant().equals(tenant)) {
      return answer(Numbers.ClaimReply.TAKEN_BY_ANOTHER_TENANT);
    }
    numbers.put(number, entry);
    return answer(Numbers.ClaimReply.DONE);
  }

  @Override
  public CompletionStage<Numbers.ClaimReply> release(TenantId tenant, PhoneNumber number) {
    Entry before = numbers.get(number);
    if (before == null || !before.queue().tenant().equals(tenant)) {
      return answer(Numbers.ClaimReply.NOT_YOURS);
    }
    numbers.remove(number);
    return answer(Numbers.ClaimReply.DONE);
  }

  @Override
  public CompletionStage<Numbers.Found> number(TenantId tenant, PhoneNumber number) {
    Entry entry = numbers.get(number);
    return answer(
        new Numbers.Found(entry != null && entry.queue().tenant().equals(tenant) ? entry : null));
  }

  @Override
  public CompletionStage<Numbers.Snapshot> numbers(TenantId tenant, PhoneNumber after, int most) {
    List<Numbers.Listed> rest =
        numbers.entrySet().stream()
            .filter(e -> e.getValue().queue().tenant().equals(tenant))
            .filter(e -> after == null || e.getKey().compareTo(after) > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(e -> new Numbers.Listed(e.getKey(), e.getValue()))
            .toList();
    return answer(
        new Numbers.Snapshot(7, after, rest.stream().limit(most).toList(), rest.size() > most));
  }

  @Override
  public CompletionStage<RoutingPlan.DraftReply> planDraft(TenantId tenant) {
    return plan(tenant, RoutingPlan.DraftReply.class, new RoutingPlan.GetDraft(null));
  }

  @Override
  public CompletionStage<RoutingPlan.DraftReply> savePlanDraft(
      TenantId tenant, String text, long revision, String author) {
    return plan(
        tenant,
        RoutingPlan.DraftReply.class,
        new RoutingPlan.SaveDraft(text, revision, author, null));
  }

  @Override
  public CompletionStage<RoutingPlan.PublishReply> publishPlan(
      TenantId tenant, long revision, String author, String comment, List<String> queues) {
    return plan(
        tenant,
        RoutingPlan.PublishReply.class,
        new RoutingPlan.Publish(revision, author, comment, queues, null));
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
    return plan(
        tenant,
        RoutingPlan.PublishReply.class,
        new RoutingPlan.RollBack(to, current, text, author, comment, queues, null));
  }

  @Override
  public CompletionStage<RoutingPlan.InForce> currentPlan(TenantId tenant) {
    return plan(tenant, RoutingPlan.InForce.class, new RoutingPlan.GetCurrent(null));
  }

  @Override
  public CompletionStage<RoutingPlan.Versions> planVersions(
      TenantId tenant, Long before, int most) {
    return plan(
        tenant, RoutingPlan.Versions.class, new RoutingPlan.ListVersions(before, most, null));
  }

  @Override
  public CompletionStage<PlanArchive.Kept> archivedPlan(TenantId tenant, long version) {
    return answer(plans.kept(tenant, version));
  }

  @Override
  public CompletionStage<RoutingPlan.InForce> setManual(
      TenantId tenant, String calendar, Manual manual, String author) {
    return plan(
        tenant,
        RoutingPlan.InForce.class,
        new RoutingPlan.SetManual(calendar, manual, author, null));
  }

  private <T> CompletionStage<T> plan(
      TenantId tenant, Class<T> reply, RoutingPlan.Command command) {
    return silent ? answer(null) : answer(plans.plan(tenant, reply, command));
  }

  @Override
  public List<SwitchId> switches() {
    return List.of(SWITCH, DEAD_SWITCH);
  }

  @Override
  public CompletionStage<LinkStatus> switchStatus(SwitchId id) {
    return id.equals(SWITCH)
        ? answer(
            new LinkStatus(
                id, linkState, THEN, "i1", "core-1", calls.size(), calls.size(), 30.0, 0, 1))
        : CompletableFuture.failedFuture(new TimeoutException("no answer"));
  }

  @Override
  public CompletionStage<LinkCalls> switchCalls(SwitchId id, TenantId tenant) {
    return id.equals(SWITCH)
        ? answer(
            new LinkCalls(
                id, calls.keySet().stream().filter(c -> c.tenant().equals(tenant)).toList()))
        : CompletableFuture.failedFuture(new TimeoutException("no answer"));
  }

  private static boolean isUnheard(AtomicInteger looks) {
    return looks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private <T> CompletionStage<T> answer(T value) {
    return silent
        ? CompletableFuture.failedFuture(new TimeoutException("no answer"))
        : CompletableFuture.completedFuture(value);
  }
}
