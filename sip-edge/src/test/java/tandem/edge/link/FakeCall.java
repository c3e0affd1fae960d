package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.SwitchCommand;

/**
 * Stands for all calls of a test: remembers every fact, and (when it is let) leads each caller to
 * one phone as a real call would. Runs on the link's own thread.
 */
final class FakeCall implements BiConsumer<CallId, CallFact> {
  private final Consumer<LinkMessage> link;
  private final Map<CallId, List<CallFact>> facts = new ConcurrentHashMap<>();
  private final Map<CallId, LegId> agents = new ConcurrentHashMap<>();
  volatile boolean takes = true;
  volatile boolean leads = true;
  volatile boolean drops = true;
  volatile String phone = "sip:1001@sim.invalid";
  private volatile String incarnation = "";

  FakeCall(Consumer<LinkMessage> link) {
    this.link = link;
  }

  @Override
  public void accept(CallId call, CallFact fact) {
    facts.computeIfAbsent(call, c -> new CopyOnWriteArrayList<>()).add(fact);
    if (fact instanceof CallFact.Arrived arrived && takes) {
      incarnation = Objects.requireNonNullElse(arrived.incarnation(), "");
      link.accept(new SwitchCommand.Taken(call, arrived.leg()));
      if (arrived.callback() == null) {
        link.accept(
            new SwitchCommand.Greet(call, arrived.leg(), arrived.entry().answer(), incarnation));
      }
    } else if (fact instanceof CallFact.Greeted && leads && !agents.containsKey(call)) {
      ring(call);
    } else if (fact instanceof CallFact.LegAnswered answered && leads) {
      link.accept(
          new SwitchCommand.Bridge(
              call, answered.leg(), caller(call), answered.at().plusSeconds(5), incarnation));
    } else if (fact instanceof CallFact.StillUp up) {
      incarnation = up.incarnation();
    } else if (fact instanceof CallFact.LegGone gone && leads) {
      gone(call, gone);
    }
  }

  void ring(CallId call) {
    LegId agent = new LegId(UUID.randomUUID().toString());
    agents.put(call, agent);
    link.accept(
        new SwitchCommand.Originate(
            call,
            agent,
            new Contact(phone),
            "+15550001",
            Duration.ofSeconds(10),
            Instant.now().plusSeconds(5),
            incarnation));
  }

  void bridge(CallId call, LegId agent) {
    bridge(call, agent, caller(call));
  }

  void bridge(CallId call, LegId agent, LegId caller) {
    link.accept(
        new SwitchCommand.Bridge(call, agent, caller, Instant.now().plusSeconds(1), incarnation));
  }

  void dial(CallId callback, int attempt, PhoneNumber number) {
    link.accept(
        new SwitchCommand.Dial(
            callback,
            LegId.ofCustomer(callback, attempt),
            number,
            LinkHarness.NUMBER,
            agent(callback),
            true,
            0,
            Duration.ofSeconds(10),
            Instant.now().plusSeconds(5),
            incarnation));
  }

  void handOver(CallId call, int number, Errand errand) {
    link.accept(new SwitchCommand.HandOver(call, caller(call), number, errand, incarnation));
  }

  private void gone(CallId call, CallFact.LegGone gone) {
    LegId agent = agents.get(call);
    boolean callerGone = gone.leg().equals(caller(call));
    if (callerGone && agent != null && !isGone(call, agent)) {
      link.accept(new SwitchCommand.Kill(call, agent, "NORMAL_CLEARING"));
    } else if (!callerGone && !isGone(call, caller(call))) {
      link.accept(new SwitchCommand.Kill(call, caller(call), "NORMAL_CLEARING"));
    } else if (drops) {
      link.accept(new SwitchCommand.Drop(call));
    }
  }

  static LegId caller(CallId call) {
    return new LegId(call.channel());
  }

  LegId agent(CallId call) {
    return agents.get(call);
  }

  String incarnation() {
    return incarnation;
  }

  boolean isGone(CallId call, LegId leg) {
    return of(call, CallFact.LegGone.class).stream().anyMatch(gone -> gone.leg().equals(leg));
  }

  List<CallFact> of(CallId call) {
    return facts.getOrDefault(call, List.of());
  }

  <F extends CallFact> List<F> of(CallId call, Class<F> kind) {
    return of(call).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Map<CallId, List<CallFact>> all() {
    return facts;
  }
}
