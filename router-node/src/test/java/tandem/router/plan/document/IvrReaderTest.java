package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tandem.router.domain.ivr.Ivr;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.domain.ivr.IvrNode;
import tandem.router.domain.plan.Plan;

/** Interactive flows as a whole: how large they may be, how they visit each other. */
class IvrReaderTest {
  private static final String END = "\"e\": {\"do\": {\"voicemail\": \"x\"}}";

  private static PlanReading read(String ivrs) {
    return PlanReader.read(
        """
        {"numbers": [{"match": "+1*", "flow": "main"}],
         "flows": {"main": [{"do": {"ivr": "f0"}}]}, "ivr": {%s}}
        """
            .formatted(ivrs));
  }

  private static String flow(String name, String nodes) {
    return "\"%s\": {\"start\": \"a\", \"nodes\": {%s}}".formatted(name, nodes);
  }

  private static String visit(String flow) {
    return "{\"ivr\": \"" + flow + "\", \"next\": \"e\"}";
  }

  private static List<String> problems(PlanReading reading) {
    return reading.problems().stream()
        .map(problem -> problem.path() + ": " + problem.message())
        .toList();
  }

  @Test
  void shouldFillInWhatIsNotSaid() {
    PlanReading reading =
        read(
            flow(
                "f0",
                """
                "a": {"collect": "c.wav", "most": 4, "into": "x", "next": "r", "otherwise": "e"},
                "r": {"request": "https://x.example", "ok": "e", "failed": "a"},
                """
                    + END));
    Plan plan = Objects.requireNonNull(reading.plan(), () -> reading.problems().toString());
    Ivr ivr = Objects.requireNonNull(plan.ivrs().get("f0"));

    assertThat(ivr.language()).isEqualTo("en-US");
    assertThat(ivr.node("a"))
        .isInstanceOfSatisfying(
            IvrNode.Collect.class,
            collect -> {
              assertThat(collect.least()).isEqualTo(1);
              assertThat(collect.end()).isEqualTo("#");
              assertThat(collect.secret()).isFalse();
              assertThat(collect.asking().tries()).isEqualTo(3);
              assertThat(collect.asking().first()).isEqualTo(Duration.ofSeconds(5));
              assertThat(collect.asking().between()).isEqualTo(Duration.ofSeconds(2));
            });
    assertThat(ivr.node("r"))
        .isInstanceOfSatisfying(
            IvrNode.Request.class,
            request -> {
              assertThat(request.lookup().method()).isEqualTo(IvrNode.Method.GET);
              assertThat(request.lookup().timeout()).isEqualTo(Duration.ofSeconds(3));
              assertThat(request.timedOut()).isEqualTo("a");
            });
  }

  @Test
  void shouldRefuseMoreThanTheLimits() {
    String flows =
        IntStream.rangeClosed(0, IvrLimits.FLOWS)
            .mapToObj(i -> flow("f" + i, END.replace("\"e\"", "\"a\"")))
            .collect(Collectors.joining(","));
    assertThat(problems(read(flows))).contains("ivr: must have at most 100 members, got 101");

    String nodes =
        IntStream.range(0, IvrLimits.NODES)
            .mapToObj(i -> "\"n" + i + "\": {\"return\": true}")
            .collect(Collectors.joining(","));
    assertThat(problems(read(flow("f0", nodes + ',' + END))))
        .contains("ivr.f0.nodes: must have at most 200 members, got 201");

    String many =
        IntStream.rangeClosed(0, IvrLimits.ALL_NODES / IvrLimits.NODES)
            .mapToObj(i -> flow("f" + i, nodes))
            .collect(Collectors.joining(","));
    PlanReading reading = assertTimeout(Duration.ofSeconds(5), () -> read(many));
    assertThat(reading.problems())
        .anyMatch(problem -> problem.message().contains("at most 2000 nodes of interactive flows"));
  }

  @Test
  void shouldRefuseFlowsThatVisitEachOtherTooDeep() {
    String last = "\"a\": {\"return\": true}";
    String five =
        IntStream.range(0, IvrLimits.DEPTH)
            .mapToObj(i -> flow("f" + i, i == 4 ? last : nodes(i)))
            .collect(Collectors.joining(","));
    assertThat(problems(read(five))).isEmpty();

    String six =
        IntStream.rangeClosed(0, IvrLimits.DEPTH)
            .mapToObj(i -> flow("f" + i, i == 5 ? last : nodes(i)))
            .collect(Collectors.joining(","));
    assertThat(problems(read(six)))
        .containsExactly("ivr.f0: flows may visit each other 5 deep at most, got 6");
  }

  private static String nodes(int flow) {
    String end = flow == 0 ? END : "\"e\": {\"return\": true}";
    return "\"a\": " + visit("f" + (flow + 1)) + ", " + end;
  }

  @Test
  void shouldFindACircleThatGoesThroughAFlowWithoutAQuestion() {
    String round =
        "\"a\": {\"ivr\": \"f1\", \"next\": \"b\"}, \"b\": {\"choose\": [{\"when\": \"true\","
            + " \"next\": \"a\"}], \"otherwise\": \"e\"}, "
            + END;
    String silent =
        "\"a\": {\"choose\": [{\"when\": \"true\", \"next\": \"m\"}], \"otherwise\": \"r\"},"
            + " \"m\": {\"play\": \"m.wav\", \"next\": \"r\"}, \"r\": {\"return\": true}";

    assertThat(problems(read(flow("f0", round) + ',' + flow("f1", silent))))
        .containsExactly(
            "ivr.f0.nodes.a: goes round without playing, asking or looking anything up:"
                + " a -> b -> a");
    String asking = silent.replace("\"otherwise\": \"r\"", "\"otherwise\": \"m\"");
    assertThat(problems(read(flow("f0", round) + ',' + flow("f1", asking)))).isEmpty();
  }

  @Test
  void shouldWarnOfFlowsThatNobodyComesTo() {
    String alone = flow("f1", "\"a\": {\"do\": {\"voicemail\": \"x\"}}");

    assertThat(problems(read(flow("f0", "\"a\": {\"do\": {\"voicemail\": \"x\"}}") + ',' + alone)))
        .containsExactly("ivr.f1: no number leads to this interactive flow, by any flow");
  }

  @Test
  void shouldKnowThatAFlowIsReachedByAnInteractiveOne() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "+1*", "flow": "main"}], "queues": {"q": {}},
             "flows": {"main": [{"do": {"ivr": "f0"}}], "second": [{"do": {"queue": "q"}}]},
             "ivr": {"f0": {"start": "a", "nodes": {"a": {"do": {"flow": "second"}}}}}}
            """);

    assertThat(problems(reading)).isEmpty();
  }
}
