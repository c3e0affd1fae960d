package tandem.router.guide;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Caller;
import tandem.router.domain.Durations;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;

/**
 * {@code pick …}: whom the queue asks for a call that its plan routes there, best first; {@code
 * ring} the same, but whose phones ring at the start; {@code serve}: in which order callers are
 * served.
 */
final class Picks implements Speaker {
  private static final TenantId TENANT = new TenantId("acme");
  private static final Instant NOW = Words.time(Routes.AT, ZoneId.of("America/New_York"));
  private static final long SEED = 1;
  private static final int ROUNDED_TO = 5;

  /** A caller of {@code serve}. */
  private record Waiting(int priority, Duration waited) {}

  private final PlanInForce plan;
  private final People people;
  private final Map<String, Waiting> callers = new LinkedHashMap<>();

  Picks(PlanInForce plan, People people) {
    this.plan = plan;
    this.people = people;
  }

  @Override
  public Optional<Answer> answer(String said) {
    List<String> words = new ArrayList<>(List.of(said.split(" ", -1)));
    String verb = words.remove(0);
    return switch (verb) {
      case "pick" -> Optional.of(pick(new Asked(words)));
      case "ring" -> Optional.of(ring(new Asked(words)));
      case "caller" -> Optional.of(caller(words));
      case "serve" -> Optional.of(serve());
      default -> Optional.empty();
    };
  }

  /** What is said of the call: {@code from NUMBER}, {@code after TIME}, {@code last AGENT}, … */
  private static final class Asked {
    private String from = Routes.FROM;
    private String to = Routes.TO;
    private Duration waited = Duration.ZERO;
    private @Nullable AgentId last;
    private int times = 1;
    private boolean inTurn;

    Asked(List<String> words) {
      for (int i = 0; i < words.size(); i++) {
        switch (words.get(i)) {
          case "from" -> from = words.get(++i);
          case "to" -> to = words.get(++i);
          case "after" -> waited = Durations.parse(words.get(++i));
          case "last" -> last = agent(words.get(++i));
          case "times" -> times = Integer.parseInt(words.get(++i));
          case "turns" -> {
            times = Integer.parseInt(words.get(++i));
            inTurn = true;
          }
          default -> throw new IllegalArgumentException("not understood: " + words.get(i));
        }
      }
    }
  }

  private Answer pick(Asked asked) {
    if (asked.times == 1) {
      return match(asked).map(this::told).orElse(new Answer("nobody"));
    }
    List<String> picked = many(asked);
    if (asked.inTurn) {
      return new Answer(String.join(", ", picked));
    }
    Map<String, Long> counts =
        picked.stream()
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return new Answer(
        counts.entrySet().stream()
            .map(e -> e.getKey() + " about " + share(e.getValue(), asked.times) + "%")
            .collect(Collectors.joining(", ")));
  }

  private static long share(long count, int of) {
    return Math.round(100.0 * count / of / ROUNDED_TO) * ROUNDED_TO;
  }

  private Answer told(Matcher.Match<String> match) {
    Set<String> more = new LinkedHashSet<>();
    match.decision().excluded().forEach((why, count) -> more.add(count + " left out: " + why));
    return new Answer(String.join(", ", match.decision().order()), more);
  }

  private Answer ring(Asked asked) {
    return match(asked)
        .map(match -> new Answer(names(match.agents())))
        .orElse(new Answer("nobody"));
  }

  private static String names(List<AgentId> agents) {
    return agents.stream().map(AgentId::name).collect(Collectors.joining(", "));
  }

  private Optional<Matcher.Match<String>> match(Asked asked) {
    return queue(asked).next(NOW);
  }

  /** One caller after the other; each leaves its agent free again. */
  private List<String> many(Asked asked) {
    Matcher<String> queue = queue(asked);
    List<String> picked = new ArrayList<>();
    for (int i = 0; i < asked.times; i++) {
      AgentId agent = queue.next(NOW).orElseThrow().agents().get(0);
      queue.asked(agent);
      queue.answered(agent);
      picked.add(agent.name());
    }
    return picked;
  }

  /** The queue the call comes to, with the call and everybody who is free and a member. */
  private Matcher<String> queue(Asked asked) {
    Caller caller = Routes.caller(asked.from, asked.to, NOW);
    Action action = Router.route(plan, caller, NOW).orElseThrow().action();
    if (!(action instanceof Action.Wait wait)) {
      throw new IllegalArgumentException("the call waits for nobody: " + Words.of(action));
    }
    String name = wait.queues().get(0);
    Matcher<String> queue = matcher(name);
    queue.put(
        new Matcher.Waiter<>(
            "caller",
            wait.wants(),
            wait.priority(),
            NOW.minus(asked.waited),
            asked.last,
            Set.of()));
    return queue;
  }

  private Matcher<String> matcher(String name) {
    QueueRule rule = plan.plan().queue(name).orElseThrow();
    Matcher<String> queue = new Matcher<>(rule, name, plan.version(), SEED);
    for (People.Person person : people.all()) {
      if (person.isMember(name, rule) || named(person, rule)) {
        queue.agent(
            agent(person.name()),
            new Matcher.Standing(
                person.traits(),
                person.capacity(),
                NOW.minus(person.idle()),
                person.calls(),
                person.talk(),
                Instant.EPOCH));
      }
    }
    return queue;
  }

  /** Who is said to be in no queue is in the one that is asked about, where profiles decide. */
  private static boolean named(People.Person person, QueueRule rule) {
    return rule.members().isEmpty() && person.queues().isEmpty();
  }

  private static AgentId agent(String name) {
    return new AgentId(TENANT, name);
  }

  private Answer caller(List<String> words) {
    String name = words.get(0).replace(":", "");
    if (words.size() != 5 || !words.get(1).equals("priority") || !words.get(3).equals("waits")) {
      throw new IllegalArgumentException("must be 'caller NAME: priority N waits TIME'");
    }
    callers.put(name, new Waiting(Integer.parseInt(words.get(2)), Durations.parse(words.get(4))));
    return new Answer("");
  }

  private Answer serve() {
    Matcher<String> queue = matcher("support");
    callers.forEach(
        (name, caller) ->
            queue.put(
                new Matcher.Waiter<>(
                    name,
                    Wants.ANYBODY,
                    caller.priority(),
                    NOW.minus(caller.waited()),
                    null,
                    Set.of())));
    List<String> order = new ArrayList<>();
    Optional<String> first = queue.first(NOW);
    while (first.isPresent()) {
      order.add(first.get());
      queue.remove(first.get());
      first = queue.first(NOW);
    }
    return new Answer(String.join(", ", order));
  }
}
