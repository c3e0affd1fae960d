package tandem.router.guide;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.call.CallState;
import tandem.router.call.Stay;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Durations;
import tandem.router.domain.LegId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.CallView;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;

/**
 * {@code TIME: what happens}: played with whole calls, agents and queues, the switch by hand. The
 * time counts from the beginning; what is true afterwards is told of the call spoken of last.
 */
final class Scene implements Speaker {
  private static final String BACK = "callback of ";
  private static final Pattern AT = Pattern.compile("(\\d+(?:ms|s|m|h)): (.+)");
  private static final Pattern CALLS = Pattern.compile("(\\S+) calls(?: from (\\S+))?");
  private static final Pattern DOES =
      Pattern.compile("(\\S+) (answers|does not answer|is ready|hangs up)");
  private static final Pattern LOOK = Pattern.compile("look(?: at ((?:" + BACK + ")?\\S+))?");

  private final String plan;
  private final String next;
  private final People people;
  private final Stage stage = new Stage();
  private final Instant start = stage.clock.now();
  private final Talks talks = new Talks(stage);
  private final Map<String, CallId> calls = new LinkedHashMap<>();
  private final Set<String> present = new LinkedHashSet<>();
  private final Set<LegId> killed = new HashSet<>();
  private boolean begun;
  private String current = "";

  Scene(String plan, String next, People people) {
    this.plan = plan;
    this.next = next;
    this.people = people;
  }

  @Override
  public Optional<Answer> answer(String said) {
    Matcher m = AT.matcher(said);
    if (!m.matches()) {
      return Optional.empty();
    }
    begin();
    Instant at = start.plus(Durations.parse(m.group(1)));
    if (at.isBefore(stage.clock.now())) {
      throw new IllegalArgumentException("time goes on, it never goes back");
    }
    stage.advance(Duration.between(stage.clock.now(), at));
    carryCallbacks();
    happens(m.group(2));
    hangUpWhatIsKilled();
    carryCallbacks();
    return Optional.of(told());
  }

  private void begin() {
    if (!begun) {
      begun = true;
      stage.publish(plan);
    }
    for (People.Person person : people.all()) {
      if (present.add(person.name())) {
        AgentId id = agent(person.name());
        List<String> queues = person.queues().isEmpty() ? List.of("support") : person.queues();
        stage.say(
            new ToAgent(id),
            new Agent.Save(
                new Agent.Profile(
                    person.name(), Given.contact(id), queues, person.capacity(), person.traits()),
                false,
                null));
        stage.presence(id, Presence.READY);
      }
    }
  }

  private void happens(String event) {
    Matcher arrives = CALLS.matcher(event);
    Matcher does = DOES.matcher(event);
    Matcher look = LOOK.matcher(event);
    if (arrives.matches()) {
      current = arrives.group(1);
      CallId call = Given.call(calls.size() + 1);
      calls.put(current, call);
      String from = arrives.group(2) == null ? Routes.FROM : arrives.group(2);
      stage.arrivesFrom(call, from);
    } else if (does.matches()) {
      does(does.group(1), does.group(2));
    } else if (look.matches()) {
      current = look.group(1) == null ? current : look.group(1);
    } else if (event.equals("publish")) {
      stage.publish(next);
    } else if (event.equals("the call's node dies")) {
      stage.crash(new ToCall(call()));
    } else if (event.equals("the file ends")) {
      int errand = state().errands();
      stage.fact(call(), new CallFact.Returned(Given.leg(call()), errand, stage.clock.now()));
    } else if (!talks.happens(call(), event)) {
      throw new IllegalArgumentException("not understood: " + event);
    }
  }

  /** The switch does as it is told, at once. */
  private void hangUpWhatIsKilled() {
    for (SwitchCommand.Kill kill : stage.orders(SwitchCommand.Kill.class)) {
      if (killed.add(kill.leg())) {
        stage.gone(kill.call(), kill.leg(), kill.cause());
      }
    }
  }

  /** The link writes them down and brings them to life, at once. */
  private void carryCallbacks() {
    for (SwitchCommand.CallBack order : stage.orders(SwitchCommand.CallBack.class)) {
      if (calls.containsValue(order.callback())) {
        continue;
      }
      calls.put(BACK + name(order.call()), order.callback());
      stage.fact(order.call(), new CallFact.CallbackKept(order.callback(), stage.clock.now()));
      stage.fact(
          order.callback(),
          new CallFact.Arrived(
              Given.leg(order.callback()),
              Given.FS1,
              Given.LINK,
              order.promise().number().value(),
              order.calledNumber(),
              order.entry(),
              stage.clock.now(),
              order.promise()));
    }
  }

  private String name(CallId call) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getValue().equals(call))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** Who is called back, at the phone that was dialled last. */
  private void doesAtThePhone(String who, String what) {
    current = BACK + who;
    LegId leg = dialled();
    switch (what) {
      case "answers" -> {
        stage.fact(call(), new CallFact.LegRinging(leg, stage.clock.now()));
        stage.fact(call(), new CallFact.LegAnswered(leg, stage.clock.now()));
        stage.fact(call(), new CallFact.Bridged(stage.agentLeg(call()), leg, stage.clock.now()));
      }
      case "does not answer" -> {
        stage.fact(call(), new CallFact.LegRinging(leg, stage.clock.now()));
        stage.gone(call(), leg, "NO_ANSWER");
      }
      default -> stage.gone(call(), leg, "NORMAL_CLEARING");
    }
  }

  private LegId dialled() {
    List<LegId> legs =
        stage.orders(SwitchCommand.Dial.class).stream()
            .filter(order -> order.call().equals(call()))
            .map(SwitchCommand.Dial::leg)
            .toList();
    return legs.get(legs.size() - 1);
  }

  private void does(String who, String what) {
    if (calls.containsKey(BACK + who)) {
      doesAtThePhone(who, what);
      return;
    }
    CallId caller = calls.get(who);
    if (caller != null) {
      current = who;
      stage.gone(caller, Given.leg(caller), "NORMAL_CLEARING");
      return;
    }
    AgentId agent = agent(people.one(who).name());
    if (what.equals("is ready")) {
      stage.presence(agent, Presence.READY);
      return;
    }
    CallId with = stage.view(agent).offers().get(0).call();
    current = name(with);
    boolean back = current.startsWith(BACK);
    LegId leg = stage.agentLegOf(agent);
    switch (what) {
      case "answers" -> {
        stage.fact(with, new CallFact.LegRinging(leg, stage.clock.now()));
        stage.fact(with, new CallFact.LegAnswered(leg, stage.clock.now()));
        if (!back) {
          stage.fact(with, new CallFact.Bridged(leg, Given.leg(with), stage.clock.now()));
        }
      }
      case "does not answer" -> {
        stage.fact(with, new CallFact.LegRinging(leg, stage.clock.now()));
        stage.gone(with, leg, "NO_ANSWER");
      }
      default -> {
        stage.gone(with, leg, "NORMAL_CLEARING");
        stage.gone(with, back ? dialled() : Given.leg(with), "NORMAL_CLEARING");
      }
    }
  }

  private CallId call() {
    return Objects.requireNonNull(calls.get(current), "nobody has called yet");
  }

  private CallState state() {
    return stage.call(call()).state();
  }

  /** Of the call spoken of last; nothing while nobody has called. */
  private Answer told() {
    if (current.isEmpty()) {
      return new Answer("nobody calls");
    }
    CallView view = stage.view(call());
    Set<String> more = new LinkedHashSet<>();
    more.add("priority " + view.priority());
    if (view.notice() != null) {
      more.add("notice " + view.notice().text());
    }
    Map<String, Long> steps =
        stage.journal(call()).stream()
            .filter(Call.StepTaken.class::isInstance)
            .collect(Collectors.groupingBy(event -> "steps", Collectors.counting()));
    more.add(steps.getOrDefault("steps", 0L) + " steps taken");
    return new Answer(main(view), more);
  }

  private String main(CallView view) {
    return switch (view.state()) {
      case QUEUED -> "waits in " + queues();
      case CALLBACK -> "waits in " + queues() + " to be called back";
      case OFFERED, RINGING -> "rings " + ringing();
      case DIALING -> "calls " + view.callerNumber();
      case TRANSFERRING -> "is being transferred";
      case CONNECTING, CONNECTED -> "talks with " + Objects.requireNonNull(view.agent()).name();
      case PARKED -> "is parked";
      case HANDED_OVER -> talks.told(call());
      case ENDING, ENDED -> end(view);
    };
  }

  private String queues() {
    Stay stay = Objects.requireNonNull(state().stay());
    return stay.queues().stream()
        .map(QueueId::name)
        .map(Words::queue)
        .collect(Collectors.joining(" + "));
  }

  private String ringing() {
    return people.all().stream()
        .map(People.Person::name)
        .filter(
            name ->
                stage.view(agent(name)).offers().stream()
                    .anyMatch(offer -> offer.call().equals(call())))
        .collect(Collectors.joining(" + "));
  }

  private String end(CallView view) {
    if (view.outcome() == CallView.Outcome.CALLBACK) {
      return "is to be called back";
    } else if (view.outcome() == CallView.Outcome.UNREACHED) {
      return "was not reached";
    }
    return last(Call.Dismissed.class)
        .map(event -> "is hung up: " + event.cause())
        .orElse("is over");
  }

  private <E> Optional<E> last(Class<E> type) {
    List<E> all = stage.journal(call()).stream().filter(type::isInstance).map(type::cast).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  private static AgentId agent(String name) {
    return new AgentId(Given.ACME, name);
  }
}
