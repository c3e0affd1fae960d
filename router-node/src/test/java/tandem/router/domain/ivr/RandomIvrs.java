package tandem.router.domain.ivr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tandem.router.domain.plan.Plan;
import tandem.router.plan.document.PlanReader;

/** Plans with interactive flows that nobody has thought of, but that a reader finds right. */
final class RandomIvrs {
  private static final int MOST_CANDIDATES = 2_000;

  private final Random random;

  RandomIvrs(long seed) {
    this.random = new Random(seed);
  }

  /** The first of many that is right. */
  Plan plan() {
    for (int i = 0; i < MOST_CANDIDATES; i++) {
      Optional<Plan> plan = Optional.ofNullable(PlanReader.read(candidate()).plan());
      if (plan.isPresent()) {
        return plan.get();
      }
    }
    throw new IllegalStateException("no good plan among " + MOST_CANDIDATES);
  }

  private String candidate() {
    int flows = 1 + random.nextInt(3);
    List<String> ivrs = new ArrayList<>();
    for (int i = 0; i < flows; i++) {
      ivrs.add("\"f" + i + "\": " + flow(i, flows));
    }
    return """
    {
      "numbers": [{"match": "+1*", "flow": "main"}],
      "calendars": {"office": {"timeZone": "UTC", "hours": {"mon-fri": ["09:00-17:30"]}}},
      "flows": {"main": [{"do": {"ivr": "f0"}}]},
      "ivr": {%s}
    }
    """
        .formatted(String.join(",\n", ivrs));
  }

  /** Nodes that no way leads to are left out. */
  private String flow(int flow, int flows) {
    int count = 2 + random.nextInt(7);
    Map<Integer, String> nodes = new HashMap<>();
    Map<Integer, Set<Integer>> onward = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Set<Integer> to = new TreeSet<>();
      nodes.put(i, i == count - 1 ? end(flow) : node(flow, flows, count, to));
      onward.put(i, to);
    }
    Set<Integer> reached = new TreeSet<>(Set.of(0));
    List<Integer> next = new ArrayList<>(reached);
    while (!next.isEmpty()) {
      onward.get(next.remove(0)).stream().filter(reached::add).forEach(next::add);
    }
    return reached.stream()
        .map(i -> "\"n" + i + "\": " + nodes.get(i))
        .collect(Collectors.joining(",\n", "{\"start\": \"n0\", \"nodes\": {", "}}"));
  }

  private String end(int flow) {
    return flow > 0 && random.nextInt(3) > 0
        ? "{\"return\": true}"
        : "{\"do\": {\"voicemail\": \"x\"}}";
  }

  private String node(int flow, int flows, int count, Set<Integer> to) {
    String one = to(count, to);
    return switch (random.nextInt(10)) {
      case 0 -> "{\"play\": [\"x.wav\", {\"say\": \"{a} and {b}\"}], \"next\": %s}".formatted(one);
      case 1 -> "{\"play\": {\"number\": \"{b}\"}, \"next\": %s}".formatted(one);
      case 2, 3 ->
          "{\"menu\": \"m.wav\", \"options\": {\"1\": %s, \"12\": %s}, \"tries\": %d, \"otherwise\": %s}"
              .formatted(to(count, to), to(count, to), 1 + random.nextInt(3), one);
      case 4 ->
          "{\"collect\": \"c.wav\", \"most\": 3, \"into\": \"%s\", \"check\": \"digits != '1'\", \"next\": %s, \"otherwise\": %s}"
              .formatted(random.nextBoolean() ? "a" : "b", to(count, to), one);
      case 5 ->
          "{\"choose\": [{\"when\": \"call.attributes.a == '2'\", \"next\": %s}], \"otherwise\": %s}"
              .formatted(to(count, to), one);
      case 6 ->
          "{\"hours\": \"office\", \"open\": %s, \"closed\": %s}".formatted(to(count, to), one);
      case 7 ->
          "{\"request\": \"https://x.example/{a}\", \"answer\": {\"b\": \"/b\"}, \"ok\": %s, \"failed\": %s}"
              .formatted(to(count, to), one);
      case 8 -> "{\"set\": {\"a\": \"{b}\", \"c\": 1}, \"next\": %s}".formatted(one);
      default ->
          flow + 1 < flows
              ? "{\"ivr\": \"f%d\", \"next\": %s}"
                  .formatted(flow + 1 + random.nextInt(flows - flow - 1), one)
              : end(flow);
    };
  }

  private String to(int count, Set<Integer> all) {
    int to = random.nextInt(count);
    all.add(to);
    return "\"n" + to + "\"";
  }

  /** Something that may come of what is asked. */
  IvrInput input(Ask ask) {
    if (ask instanceof Ask.Play) {
      return new IvrInput.Played();
    } else if (ask instanceof Ask.Request) {
      return switch (random.nextInt(3)) {
        case 0 -> new IvrInput.NotFound();
        case 1 -> new IvrInput.TooLate();
        default -> new IvrInput.Found(Map.of("b", (long) random.nextInt(3), "z", true));
      };
    }
    return new IvrInput.Keyed(
        List.of("", "1", "2", "12", "123", "#", "12345").get(random.nextInt(7)));
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
