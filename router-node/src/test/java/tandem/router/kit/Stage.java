package tandem.router.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.SETTINGS;
import static tandem.router.kit.Given.SUPPORT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.agent.AgentLogic;
import tandem.router.agent.AgentState;
import tandem.router.agent.AgentTimings;
import tandem.router.call.Call;
import tandem.router.call.CallLogic;
import tandem.router.call.CallState;
import tandem.router.call.CallTimings;
import tandem.router.directory.DirectoryLogic;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.Traits;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToDirectory;
import tandem.router.entity.Address.ToLookup;
import tandem.router.entity.Address.ToLot;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Address.ToRecorder;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Effect;
import tandem.router.feed.AgentView;
import tandem.router.feed.CallView;
import tandem.router.lookup.LookUp;
import tandem.router.lot.LotState;
import tandem.router.lot.ParkingLot;
import tandem.router.lot.ParkingLotLogic;
import tandem.router.queue.Queue;
import tandem.router.queue.QueueLogic;
import tandem.router.queue.QueueState;
import tandem.router.queue.QueueTimings;
import tandem.router.record.Recorder;

/**
 * All entities of one tenant over a scripted bus. Messages go one by one in the order in which they
 * were said; a test holds some back, loses some, and plays the switch itself: orders are collected,
 * facts are the test's.
 */
public final class Stage {
  private record Letter(Address to, RouterSerializable message) {}

  public final HandClock clock = new HandClock();
  public final HandPlans plans = new HandPlans();
  private final Map<Address, Played<?, ?, ?>> entities = new LinkedHashMap<>();
  private final Deque<Letter> bus = new ArrayDeque<>();
  private final List<Letter> heldBack = new ArrayList<>();
  private final Set<Class<?>> holding = new HashSet<>();
  private final Set<Class<?>> losing = new HashSet<>();
  private final List<SwitchCommand> orders = new ArrayList<>();
  private final Map<CallId, Recorder.Note> notes = new HashMap<>();
  private final List<LookUp> lookUps = new ArrayList<>();
  private final List<Object> replies = new ArrayList<>();
  private boolean repeating;

  /** A queue, and these agents, ready and its members, each idle a second longer than the next. */
  public Stage(AgentId... agents) {
    queue(SUPPORT);
    for (AgentId agent : agents) {
      addAgent(agent, 1, SUPPORT);
      advance(Duration.ofSeconds(1));
    }
  }

  /** From now on every message but the switch's orders comes twice. */
  public Stage repeating() {
    repeating = true;
    return this;
  }

  public void queue(QueueId id) {
    say(new ToQueue(id), new Queue.Configure(SETTINGS, true, null));
  }

  public void addAgent(AgentId agent, int capacity, QueueId... queues) {
    say(new ToAgent(agent), new Agent.Save(Given.profile(agent, capacity, queues), false, null));
    presence(agent, Presence.READY);
  }

  public void presence(AgentId agent, Presence presence) {
    say(new ToAgent(agent), new Agent.SetPresence(presence, null, null));
  }

  /** The agent gets a skill. */
  public void skill(AgentId agent, String name, int level) {
    Agent.Profile before = Objects.requireNonNull(agent(agent).state().profile());
    Traits traits = Traits.of(Map.of(name, level), null, null, null);
    say(
        new ToAgent(agent),
        new Agent.Save(
            new Agent.Profile(
                before.displayName(), before.contact(), before.queues(), before.capacity(), traits),
            false,
            null));
  }

  /** A plan is published, and all who live here hear so. */
  public void publish(String document) {
    plans.publish(document);
    for (Address address : List.copyOf(entities.keySet())) {
      if (address instanceof ToAgent agent) {
        say(agent, Agent.PlanChanged.PLAN_CHANGED);
      } else if (address instanceof ToQueue queue) {
        say(queue, Queue.PlanChanged.PLAN_CHANGED);
      }
    }
  }

  // The bus.

  /** Says something and lets all that follows happen. */
  public void say(Address to, RouterSerializable message) {
    bus.add(new Letter(to, message));
    run();
  }

  /**
   * Says something, lets all that follows happen, and tells what was answered; null for nothing.
   */
  public <T> @Nullable T ask(Address to, RouterSerializable message, Class<T> answer) {
    replies.clear();
    say(to, message);
    return answered(answer);
  }

  /** The last answer of this kind to what was asked last. */
  public <T> @Nullable T answered(Class<T> answer) {
    T last = null;
    for (Object reply : replies) {
      last = answer.isInstance(reply) ? answer.cast(reply) : last;
    }
    return last;
  }

  private void run() {
    while (!bus.isEmpty()) {
      Letter letter = bus.remove();
      if (losing.contains(letter.message().getClass())) {
        continue;
      }
      if (holding.contains(letter.message().getClass())) {
        heldBack.add(letter);
      } else {
        deliver(letter);
        if (repeating && !(letter.to() instanceof ToSwitch)) {
          deliver(letter);
        }
      }
    }
  }

  private void deliver(Letter letter) {
    if (letter.to() instanceof ToSwitch) {
      orders.add((SwitchCommand) letter.message());
      return;
    }
    if (letter.to() instanceof ToLookup) {
      lookUps.add((LookUp) letter.message());
      return;
    }
    if (letter.to() instanceof ToRecorder record) {
      notes.put(record.call(), (Recorder.Note) letter.message());
      return;
    }
    Played<?, ?, ?> entity = at(letter.to());
    entity.takeUnchecked(letter.message());
    collect(entity);
  }

  private void collect(Played<?, ?, ?> entity) {
    for (Effect effect : entity.effects()) {
      if (effect instanceof Effect.Tell tell) {
        bus.add(new Letter(tell.to(), tell.message()));
      } else if (effect instanceof Effect.Reply<?> reply) {
        replies.add(reply.message());
      }
    }
  }

  public void hold(Class<?> type) {
    holding.add(type);
  }

  /** What was held back goes now, and holding ends. */
  public void letGo(Class<?> type) {
    holding.remove(type);
    List<Letter> now =
        heldBack.stream().filter(letter -> type.isInstance(letter.message())).toList();
    assertThat(now).as("held back %s", type.getSimpleName()).isNotEmpty();
    heldBack.removeAll(now);
    bus.addAll(now);
    run();
  }

  public void lose(Class<?> type) {
    losing.add(type);
  }

  public void loseNoMore(Class<?> type) {
    losing.remove(type);
  }

  public void advance(Duration by) {
    Instant end = clock.now().plus(by);
    while (true) {
      Played<?, ?, ?> first = null;
      for (Played<?, ?, ?> entity : entities.values()) {
        Instant next = entity.next();
        if (next != null
            && !next.isAfter(end)
            && (first == null || next.isBefore(Objects.requireNonNull(first.next())))) {
          first = entity;
        }
      }
      if (first == null) {
        clock.moveTo(end);
        return;
      }
      clock.moveTo(Objects.requireNonNull(first.next()));
      first.wakeUp();
      collect(first);
      run();
    }
  }

  /** Time passes and nobody is there to see it. */
  public void standStill(Duration by) {
    clock.moveTo(clock.now().plus(by));
  }

  /** An entity dies and comes back from its journal. */
  public void crash(Address who) {
    Played<?, ?, ?> entity = at(who);
    entity.restart();
    collect(entity);
    run();
  }

  // Who is there.

  private Played<?, ?, ?> at(Address to) {
    return entities.computeIfAbsent(to, this::make);
  }

  private Played<?, ?, ?> make(Address to) {
    if (to instanceof ToCall call) {
      return new Played<>(clock, () -> new CallLogic(call.id(), CallTimings.DEFAULT, plans));
    } else if (to instanceof ToAgent agent) {
      return new Played<>(clock, () -> new AgentLogic(agent.id(), AgentTimings.DEFAULT, plans));
    } else if (to instanceof ToQueue queue) {
      return new Played<>(clock, () -> new QueueLogic(queue.id(), QueueTimings.DEFAULT, plans));
    } else if (to instanceof ToLot lot) {
      return new Played<>(clock, () -> new ParkingLotLogic(lot.id()));
    } else if (to instanceof ToDirectory) {
      return new Played<>(clock, () -> new DirectoryLogic(ACME));
    }
    throw new IllegalStateException("nobody at " + to);
  }

  @SuppressWarnings("unchecked") // made by make() for this address
  public Played<Call.Command, Call.Event, CallState> call(CallId id) {
    return (Played<Call.Command, Call.Event, CallState>) at(new ToCall(id));
  }

  @SuppressWarnings("unchecked") // made by make() for this address
  public Played<Agent.Command, Agent.Event, AgentState> agent(AgentId id) {
    return (Played<Agent.Command, Agent.Event, AgentState>) at(new ToAgent(id));
  }

  @SuppressWarnings("unchecked") // made by make() for this address
  public Played<Queue.Command, Queue.Event, QueueState> queueOf(QueueId id) {
    return (Played<Queue.Command, Queue.Event, QueueState>) at(new ToQueue(id));
  }

  @SuppressWarnings("unchecked") // made by make() for this address
  public Played<ParkingLot.Command, ParkingLot.Event, LotState> lot(LotId id) {
    return (Played<ParkingLot.Command, ParkingLot.Event, LotState>) at(new ToLot(id));
  }

  // What is seen.

  public CallView view(CallId call) {
    return Objects.requireNonNull(
        call(call).take(new Call.Get(null)).replied(Call.GetReply.class).view());
  }

  public AgentView view(AgentId agent) {
    return Objects.requireNonNull(
        agent(agent).take(new Agent.Get(null)).replied(Agent.GetReply.class).view());
  }

  public int waiting() {
    return placesIn(SUPPORT);
  }

  public int placesIn(QueueId queue) {
    return Objects.requireNonNull(
            queueOf(queue).take(new Queue.Get(null)).replied(Queue.GetReply.class).view())
        .waiting();
  }

  public List<Call.Event> journal(CallId call) {
    return call(call).journal();
  }

  public List<Queue.Event> journalOf(QueueId queue) {
    return queueOf(queue).journal();
  }

  public void assertCall(CallId call, CallView.Status status) {
    assertThat(view(call).state()).as("state of %s", call).isEqualTo(status);
  }

  public void assertFree(AgentId agent) {
    AgentView view = view(agent);
    assertThat(view.offers()).as("offers of %s", agent).isEmpty();
    assertThat(view.presence()).as("presence of %s", agent).isEqualTo(Presence.READY);
  }

  public void assertOffer(AgentId agent, AgentView.OfferState state) {
    assertThat(view(agent).offers())
        .as("offers of %s", agent)
        .extracting(AgentView.OfferView::state)
        .containsExactly(state);
  }

  // The switch, played by the test.

  /** Orders of a type since the stage was made. */
  public <T extends SwitchCommand> List<T> orders(Class<T> type) {
    return orders.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** What calls wanted to know of other systems, repeats included. */
  public List<LookUp> lookUps() {
    return List.copyOf(lookUps);
  }

  public boolean isKillOrdered(LegId leg) {
    return orders(SwitchCommand.Kill.class).stream().anyMatch(kill -> kill.leg().equals(leg));
  }

  public void forgetOrders() {
    orders.clear();
  }

  /** The agent's leg that was ordered last for the call. */
  public LegId agentLeg(CallId call) {
    List<LegId> legs =
        orders(SwitchCommand.Originate.class).stream()
            .filter(order -> order.call().equals(call))
            .map(SwitchCommand.Originate::leg)
            .toList();
    assertThat(legs).as("originates of %s", call).isNotEmpty();
    return legs.get(legs.size() - 1);
  }

  /** The leg that was ordered last for the agent. */
  public LegId agentLegOf(AgentId agent) {
    List<LegId> legs =
        orders(SwitchCommand.Originate.class).stream()
            .filter(order -> order.contact().equals(Given.contact(agent)))
            .map(SwitchCommand.Originate::leg)
            .toList();
    assertThat(legs).as("originates to %s", agent).isNotEmpty();
    return legs.get(legs.size() - 1);
  }

  /** The queues that get the agent for the next so many calls, each of which ends at once. */
  public List<QueueId> servedInTurn(AgentId agent, int calls) {
    List<QueueId> queues = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      CallId call = view(agent).offers().get(0).call();
      queues.add(Objects.requireNonNull(view(call).queue()));
      LegId leg = talks(call);
      gone(call, Given.leg(call), "NORMAL_CLEARING");
      gone(call, leg, "NORMAL_CLEARING");
      presence(agent, Presence.READY);
    }
    return queues;
  }

  public void arrivesFrom(CallId call, String number) {
    CallFact.Arrived usual = Given.arrival(call, 50, clock.now());
    fact(
        call,
        new CallFact.Arrived(
            usual.leg(),
            usual.home(),
            usual.incarnation(),
            number,
            usual.calledNumber(),
            usual.entry(),
            usual.at(),
            null));
    fact(call, new CallFact.Greeted(Given.leg(call), true, clock.now()));
  }

  public void fact(CallId call, CallFact fact) {
    say(new ToCall(call), new Call.Fact(fact));
  }

  public void arrives(CallId call) {
    fact(call, Given.arrival(call, 50, clock.now()));
    fact(call, new CallFact.Greeted(Given.leg(call), true, clock.now()));
  }

  public LegId rings(CallId call) {
    LegId leg = agentLeg(call);
    fact(call, new CallFact.LegRinging(leg, clock.now()));
    return leg;
  }

  public LegId answers(CallId call) {
    LegId leg = rings(call);
    fact(call, new CallFact.LegAnswered(leg, clock.now()));
    return leg;
  }

  public LegId talks(CallId call) {
    LegId leg = answers(call);
    fact(call, new CallFact.Bridged(leg, Given.leg(call), clock.now()));
    return leg;
  }

  public void gone(CallId call, LegId leg, String cause) {
    fact(call, new CallFact.LegGone(leg, cause, false, clock.now()));
  }

  public void linkLost(CallId call) {
    fact(call, new CallFact.LinkLost(Given.FS1, clock.now()));
  }

  public void stillUp(CallId call, String incarnation, List<CallFact.LegView> up, LegId... absent) {
    fact(call, new CallFact.StillUp(Given.FS1, incarnation, up, List.of(absent), clock.now()));
  }

  /** The call stands as after the happy way up to the agent's ringing phone; its offer. */
  public OfferId offerOf(CallId call) {
    return Objects.requireNonNull(view(call).offer());
  }

  /** The record confirms the call, and the link forgets it. */
  public void assertCloses(CallId call) {
    assertCall(call, CallView.Status.ENDED);
    Recorder.Note note = Objects.requireNonNull(notes.get(call));
    say(new ToCall(call), new Call.Recorded(note.seq(), note.seq()));
    assertThat(orders(SwitchCommand.Drop.class))
        .extracting(SwitchCommand.Drop::call)
        .contains(call);
    fact(call, new CallFact.Dropped(clock.now()));
    assertThat(call(call).isFinished()).as("%s is finished", call).isTrue();
  }
}
