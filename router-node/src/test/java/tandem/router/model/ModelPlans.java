package tandem.router.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws routing plans for the queues of a model world: a little of everything a caller may meet.
 */
final class ModelPlans {
  private static final List<String> STRATEGIES =
      List.of(
          "longest-idle",
          "round-robin",
          "ring-all",
          "ring-progressively",
          "fewest-calls",
          "random",
          "most-skilled",
          "last-agent");

  private final Random random;
  private final List<String> queues;
  private final List<String> agents;

  ModelPlans(Random random, List<String> queues, List<String> agents) {
    this.random = random;
    this.queues = queues;
    this.agents = agents;
  }

  String draw() {
    List<String> drawn = new ArrayList<>();
    for (String queue : queues) {
      drawn.add(
          "\"%s\": {\"strategy\": \"%s\", \"ringTimeout\": \"5s\", \"wrapUp\": \"2s\", %s %s %s \"sticky\": \"5s\", \"ringEvery\": \"2s\"}"
              .formatted(
                  queue,
                  one(STRATEGIES),
                  chance(0.3) ? "\"members\": \"skill('all') >= 0\"," : "",
                  queue.equals(queues.get(0)) && chance(0.3)
                      ? "\"maxLength\": 2, \"onMaxLength\": {\"queue\": \"%s\"},"
                          .formatted(queues.get(1))
                      : "",
                  recording()));
    }
    return """
        {"waiting": "%s",
         "numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {%s},
         "lots": {"lot": {"slots": "701-70%d", "timeout": "%ds",
           "recall": {"tries": %d, "ring": "5s"}, "then": %s}},
         "extensions": {"71": "bob"},
         "supervision": {"takeOver": %s},
         "flows": {"main": [
           {"when": "call.from.endsWith('5')", "do": {"set": {"odd": true}}},
           {"do": %s}]}}
        """
        .formatted(
            chance(0.5) ? "move" : "keep",
            String.join(", ", drawn),
            1 + random.nextInt(3),
            2 + random.nextInt(15),
            random.nextInt(3),
            chance(0.8)
                ? "{\"queue\": \"%s\"}".formatted(one(queues))
                : chance(0.5) ? "{\"voicemail\": \"box\"}" : "{\"hangup\": \"USER_BUSY\"}",
            chance(0.9),
            action());
  }

  private String recording() {
    double drawn = random.nextDouble();
    if (drawn < 0.3) {
      return "\"recording\": \"always\",";
    } else if (drawn < 0.4) {
      return "\"recording\": {\"calls\": \"always\", \"consent\": [\"consent.wav\"]},";
    }
    return drawn < 0.5 ? "\"recording\": \"never\"," : "";
  }

  private String action() {
    double drawn = random.nextDouble();
    if (drawn < 0.05) {
      return "{\"hangup\": \"USER_BUSY\"}";
    }
    if (drawn < 0.1) {
      return "{\"park\": \"lot\"}";
    }
    String where =
        drawn < 0.3
            ? "\"queue\": [%s]"
                .formatted(String.join(", ", queues.stream().map(q -> '"' + q + '"').toList()))
            : drawn < 0.45
                ? "\"agent\": \"%s\"".formatted(one(agents))
                : "\"queue\": \"%s\"".formatted(one(queues));
    String relax = relax();
    return "{%s, \"priority\": %d, %s \"escalate\": [%s]}"
        .formatted(
            where,
            10 * random.nextInt(11),
            relax.isEmpty() ? "" : "\"relax\": [" + relax + "],",
            escalate());
  }

  private String relax() {
    List<String> steps = new ArrayList<>();
    if (chance(0.4)) {
      steps.add(
          "{\"after\": \"%ds\", \"alsoQueue\": \"%s\"}"
              .formatted(1 + random.nextInt(20), one(queues)));
    }
    if (chance(0.3)) {
      steps.add(
          "{\"after\": \"%ds\", \"require\": \"skill('none') >= 0\", \"priority\": 90}"
              .formatted(1 + random.nextInt(20)));
    }
    return String.join(", ", steps);
  }

  private String escalate() {
    List<String> steps = new ArrayList<>();
    if (chance(0.3)) {
      steps.add("{\"unanswered\": 1, \"to\": {\"queue\": \"%s\"}}".formatted(one(queues)));
    }
    if (chance(0.25)) {
      steps.add(
          "{\"after\": \"%ds\", \"to\": {\"callback\": {\"within\": \"%ds\", \"attempts\": %d, \"retryAfter\": \"1m\", \"ring\": \"10s\"}}}"
              .formatted(1 + random.nextInt(20), 60 + random.nextInt(120), 1 + random.nextInt(3)));
    }
    // Nobody waits for ever: an agent who is wanted by name may have signed out.
    steps.add(
        "{\"after\": \"%ds\", \"to\": {\"queue\": \"%s\"}}"
            .formatted(5 + random.nextInt(30), one(queues)));
    return String.join(", ", steps);
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
