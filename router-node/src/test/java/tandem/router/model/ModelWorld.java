package tandem.router.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tandem.router.agent.Agent;
import tandem.router.agent.AgentLogic;
import tandem.router.agent.AgentState;
import tandem.router.agent.AgentTimings;
import tandem.router.call.Call;
import tandem.router.call.CallLogic;
import tandem.router.call.CallState;
import tandem.router.call.CallTimings;
import tandem.router.call.ParkEvent;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.Strategy;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.QueueNames;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address;
import tandem.router.kit.HandPlans;
import tandem.router.lot.LotState;
import tandem.router.lot.ParkingLot;
import tandem.router.lot.ParkingLotLogic;
import tandem.router.queue.Queue;
import tandem.router.queue.QueueLogic;
import tandem.router.queue.QueueState;
import tandem.router.queue.QueueTimings;
import tandem.router.record.Recorder;

/** Everything there is in one random history, and what must hold in it. */
final class ModelWorld {
  private static final int LOG_LINES = 4000;

  final ModelClock clock = new ModelClock();
  final ModelFaults faults;
  final SwitchId home = new SwitchId("fs1");
  final ModelSwitch freeSwitch;
  final ModelLink link;
  final Map<AgentId, ModelEntity<Agent.Command, Agent.Event, AgentState>> agents =
      new LinkedHashMap<>();
  final Map<QueueId, ModelEntity<Queue.Command, Queue.Event, QueueState>> queues =
      new LinkedHashMap<>();
  final Map<CallId, ModelEntity<Call.Command, Call.Event, CallState>> calls = new LinkedHashMap<>();
  final List<CallId> firstOffers = new ArrayList<>();
  final Map<LotId, ModelEntity<ParkingLot.Command, ParkingLot.Event, LotState>> lots =
      new LinkedHashMap<>();
  final HandPlans plans = new HandPlans();
  final ModelChecks checks;
  final ModelPeople people;

  /** Whether people do things with calls. */
  boolean controlled;

  /** What became of requests: how many were done, and how often which refusal was said. */
  static final Map<String, Integer> ANSWERS = new TreeMap<>();

  /** The last event of each call that the record knows. */
  final Map<CallId, Long> recorded = new HashMap<>();

  private final TenantId tenant = new TenantId("acme");
  private final List<String> log = new ArrayList<>();
  private final Random ids;

  /** Legs that a call has wanted to hear each other. */
  private final Set<String> together = new HashSet<>();

  private final Set<String> digits = new HashSet<>();

  ModelWorld(long seed) {
    this.faults = new ModelFaults(new Random(seed));
    this.ids = new Random(seed + 1);
    this.freeSwitch = new ModelSwitch(this);
    this.link = new ModelLink(this);
    this.checks = new ModelChecks(this);
    this.people = new ModelPeople(this, tenant);
  }

  void log(String line) {
    boolean routine = line.contains("StillUp") && faults.kind();
    if (!routine && log.size() < LOG_LINES) {
      log.add(clock.millis() + " " + line);
    }
  }

  String story() {
    return String.join("\n", log);
  }

  void fail(String what) {
    throw new AssertionError(what + " at " + clock.millis() + " ms");
  }

  String newId() {
    return new UUID(ids.nextLong(), ids.nextLong()).toString();
  }

  // Who there is.

  void addQueue(String name, Strategy strategy) {
    QueueId id = new QueueId(tenant, name);
    ModelEntity<Queue.Command, Queue.Event, QueueState> queue = queue(id);
    queue.deliver(
        new Queue.Configure(
            new QueueSettings(strategy, Duration.ofSeconds(5), Duration.ofSeconds(2)), true, null));
  }

  private ModelEntity<Queue.Command, Queue.Event, QueueState> queue(QueueId id) {
    return queues.computeIfAbsent(
        id,
        same ->
            new ModelEntity<>(
                this, id.value(), true, () -> new QueueLogic(id, QueueTimings.DEFAULT, plans)));
  }

  void addAgent(String name, int capacity, List<String> memberOf) {
    AgentId id = new AgentId(tenant, name);
    ModelEntity<Agent.Command, Agent.Event, AgentState> agent =
        new ModelEntity<>(
            this, id.value(), true, () -> new AgentLogic(id, AgentTimings.DEFAULT, plans));
    agents.put(id, agent);
    Contact contact = new Contact("sip:" + name + "@phones.invalid");
    agent.deliver(
        new Agent.Save(
            new Agent.Profile(name, contact, memberOf, capacity, Traits.NONE), true, null));
    agent.deliver(new Agent.SetPresence(Presence.READY, null, null));
  }

  AgentId phone(Contact contact) {
    String address = contact.address();
    return new AgentId(tenant, address.substring(0, address.indexOf('@')));
  }

  int capacity(AgentId agent) {
    return agents.get(agent).state().profile().capacity();
  }

  void arrive() {
    CallId call = new CallId(tenant, newId());
    born(call);
    freeSwitch.callerArrives(call);
    if (faults.chance(0.2)) {
      clock.in(faults.between(1, 40_000), () -> askCallback(call));
    }
  }

  /** A call that an order or a switch may now speak of. */
  void born(CallId call) {
    calls.computeIfAbsent(
        call,
        same ->
            new ModelEntity<>(
                this, call.value(), false, () -> new CallLogic(call, CallTimings.DEFAULT, plans)));
  }

  /** Somebody asks that the caller be called back, and now and then calls it off. */
  private void askCallback(CallId call) {
    Duration within = Duration.ofSeconds(faults.between(30, 180));
    int attempts = (int) faults.between(1, 3);
    calls
        .get(call)
        .deliver(
            new Call.AskCallback(
                null,
                faults.chance(0.3) ? clock.now().plusSeconds(20) : null,
                within,
                attempts,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                null));
    if (faults.chance(0.2)) {
      clock.in(
          faults.between(1, 60_000),
          () -> {
            born(call.callback());
            calls.get(call.callback()).deliver(new Call.CancelCallback(null));
          });
    }
  }

  CallFact.Arrived arrival(CallId call, String incarnation) {
    List<QueueId> all =
        queues.keySet().stream().filter(id -> !QueueNames.isReserved(id.name())).toList();
    QueueId queue = all.get(Math.floorMod(call.hashCode(), all.size()));
    return new CallFact.Arrived(
        new LegId(call.channel()),
        home,
        incarnation,
        "+14155550199",
        "+14155550100",
        new Entry(queue, 50, AnswerMode.ON_QUEUE),
        clock.now(),
        null);
  }

  /** A plan is published: every entity's node knows it at once, and some hear so a while later. */
  void publish(String document) {
    long version = plans.publish(document);
    log("plan " + version + ": " + document);
    agents
        .values()
        .forEach(
            agent -> clock.in(faults.delay(), () -> agent.deliver(Agent.PlanChanged.PLAN_CHANGED)));
    queues
        .values()
        .forEach(
            queue -> clock.in(faults.delay(), () -> queue.deliver(Queue.PlanChanged.PLAN_CHANGED)));
  }

  // Messages.

  void post(String from, Address to, RouterSerializable message) {
    if (message instanceof Agent.Reserve reserve && !firstOffers.contains(reserve.call())) {
      firstOffers.add(reserve.call());
    }
    if (message instanceof SwitchCommand order) {
      ordered(order);
    }
    if (to instanceof Address.ToDirectory directory) {
      registered((Directory.Register) message, directory);
    } else if (!faults.loses()) {
      clock.in(faults.delay(), () -> deliver(from, to, message));
      if (faults.repeats()) {
        clock.in(faults.delay(), () -> deliver(from, to, message));
      }
    }
  }

  void postToCall(String from, CallId call, Call.Command message) {
    post(from, new Address.ToCall(call), message);
  }

  /** What a call orders of the link, whether it gets there or not. */
  private void ordered(SwitchCommand order) {
    if (order instanceof SwitchCommand.Bridge bridge) {
      together.add(pair(bridge.agentLeg(), bridge.callerLeg()));
    } else if (order instanceof SwitchCommand.Arrange arrange) {
      for (SwitchCommand.Room room : arrange.rooms()) {
        for (SwitchCommand.Place one : room.places()) {
          room.places().forEach(other -> together.add(pair(one.leg(), other.leg())));
        }
      }
    } else if (order instanceof SwitchCommand.SendDigits send
        && !digits.add(send.call() + "/" + send.order())) {
      fail("digits are ordered twice: " + send);
    }
  }

  private static String pair(LegId one, LegId other) {
    return one.compareTo(other) < 0 ? one + "/" + other : other + "/" + one;
  }

  /** Whether these two are joined because their call wants, or wanted, it. */
  boolean mayHear(LegId one, LegId other) {
    return together.contains(pair(one, other));
  }

  /** Digits are heard: at most once for each request. */
  void pressed(CallId call, String key) {
    log(call + " hears digits of " + key);
  }

  /** Somebody has an answer. */
  void answered(String name, Call.ControlReply reply) {
    log(name + " answers " + reply.refusal());
    ANSWERS.merge(String.valueOf(reply.refusal()), 1, Integer::sum);
  }

  void persisted(String call, Call.Event event, CallState before, CallState after) {
    if (event instanceof ParkEvent.SlotTaken taken) {
      checks.taken(taken);
    } else if (event instanceof Call.LegLeft left) {
      checks.left(CallId.parse(call), before, after, left);
    }
  }

  /** An agent's call is asked for until the link carries it, or who asks gives up. */
  void place(CallId call, Outbound outbound, int times) {
    if (times > 0 && !link.carried.containsKey(call) && calls.get(call).journal.isEmpty()) {
      post("rest", new Address.ToSwitch(home), new SwitchCommand.PlaceCall(call, outbound));
      clock.in(1000, () -> place(call, outbound, times - 1));
    }
  }

  private ModelEntity<ParkingLot.Command, ParkingLot.Event, LotState> lot(LotId id) {
    return lots.computeIfAbsent(
        id, same -> new ModelEntity<>(this, id.value(), true, () -> new ParkingLotLogic(id)));
  }

  private void registered(Directory.Register word, Address.ToDirectory directory) {
    clock.in(
        1,
        () -> {
          switch (word.kind()) {
            case AGENT ->
                agents
                    .get(new AgentId(directory.id(), word.name()))
                    .deliver(new Agent.Heard(word.key()));
            case QUEUE ->
                queues
                    .get(new QueueId(directory.id(), word.name()))
                    .deliver(new Queue.Heard(word.key()));
            case LOT ->
                lot(new LotId(directory.id(), word.name()))
                    .deliver(new ParkingLot.Heard(word.key()));
          }
        });
  }

  private void deliver(String from, Address to, RouterSerializable message) {
    if (to instanceof Address.ToCall call) {
      calls.get(call.id()).deliver((Call.Command) message);
    } else if (to instanceof Address.ToAgent agent) {
      agents.get(agent.id()).deliver((Agent.Command) message);
    } else if (to instanceof Address.ToQueue queue) {
      queue(queue.id()).deliver((Queue.Command) message);
    } else if (to instanceof Address.ToLot lot) {
      lot(lot.id()).deliver((ParkingLot.Command) message);
    } else if (to instanceof Address.ToSwitch) {
      link.take((LinkMessage) message);
    } else if (to instanceof Address.ToRecorder) {
      record((Recorder.Note) message);
    } else {
      throw new IllegalStateException(from + " writes to " + to);
    }
  }

  /** The record takes what it is told as the call's whole journal, and confirms a while later. */
  private void record(Recorder.Note note) {
    List<Call.Event> told = calls.get(note.call()).journal.subList(0, (int) note.seq());
    assertThat(note.events()).as("what %s tells the record", note.call()).isEqualTo(told);
    recorded.merge(note.call(), note.seq(), Math::max);
    clock.in(
        faults.between(20, 3000),
        () -> postToCall("record", note.call(), new Call.Recorded(note.seq(), note.seq())));
  }

  // Faults.

  void crashSomething() {
    List<ModelEntity<?, ?, ?>> all = new ArrayList<>(agents.values());
    all.addAll(queues.values());
    all.addAll(calls.values());
    all.addAll(lots.values());
    all.get(faults.random.nextInt(all.size())).crash();
  }

  /** All nodes die at once: only the journals and the switch are left. */
  void totalRestart() {
    log("everything restarts");
    agents.values().forEach(ModelEntity::crash);
    queues.values().forEach(ModelEntity::crash);
    lots.values().forEach(ModelEntity::crash);
    calls.values().forEach(ModelEntity::crash);
    link.crash();
  }
}
