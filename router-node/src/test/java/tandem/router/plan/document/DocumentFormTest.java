package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are no JSON, too large, or meant to do harm. */
class DocumentFormTest {
  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("", "1:1", "the document is empty"),
        Arguments.of(" \n ", "1:1", "the document is empty"),
        Arguments.of("[]", "1:1", "a plan is an object, got a list"),
        Arguments.of("{} {}", "1:4", "nothing may follow"),
        Arguments.of("{}]", "1:3", "']' closes no list here"),
        Arguments.of("{\"a\": 1,}", "1:9", "a comma must not stand before '}'"),
        Arguments.of("{\"a\": [1,]}", "1:10", "expected a value, got ']'"),
        Arguments.of("{\n  \"a\": [1,2", "2:12", "list of line 2, column 8 is not closed"),
        Arguments.of("{\"a\":\"bc", "1:9", "the document ends too soon"),
        Arguments.of("{\"a\" 1}", "1:6", "expected a colon"),
        Arguments.of("{\"a\":1 \"b\":2}", "1:8", "expected a comma or the end"),
        Arguments.of("{'a':1}", "1:2", "double quotes"),
        Arguments.of("{a:1}", "1:2", "expected a name in double quotes, got 'a'"),
        Arguments.of("{\"a\":NaN}", "1:9", "a text must stand in double quotes"),
        Arguments.of("{\"a\":01}", "1:7", "no number as JSON writes it"),
        Arguments.of("{\"a\":+1}", "1:7", "no number as JSON writes it"),
        Arguments.of("{\"a\":1.}", "1:7", "no number as JSON writes it"),
        Arguments.of("{ // why\n}", "1:3", "comments are not allowed"),
        Arguments.of("{ /* why */ }", "1:3", "comments are not allowed"),
        Arguments.of("{ # why\n}", "1:3", "comments are not allowed"),
        Arguments.of("{\"a\":\"b\nc\"}", "1:8", "must be escaped"),
        Arguments.of("{\"a\":\"\\q\"}", "1:8", "after a backslash"),
        Arguments.of("{\"a\":\"\\u12\"}", "1:11", "after a backslash"),
        Arguments.of("{\u0000}", "1:2", "a control character is not allowed here"),
        Arguments.of("\uFEFF{}", "1:1", "byte order mark"),
        Arguments.of("{\"a\":\"😀\uD83D\"}", "1:8", "half a character"),
        Arguments.of("{\"a\":" + "[".repeat(40), "1:37", "32 deep at most"),
        Arguments.of("{\"a\":".repeat(40), "1:161", "32 deep at most"),
        Arguments.of("[".repeat(200_000), "1:33", "32 deep at most"),
        Arguments.of(" ".repeat(300_000) + "{}", "1:1", "at most 256 KiB"),
        Arguments.of("{\"a\":\"" + "é".repeat(140_000) + "\"}", "1:1", "at most 256 KiB"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void shouldTellOnceInPlainWordsWhatIsNoJson(String text, String at, String message) {
    PlanReading reading = assertTimeout(Duration.ofSeconds(2), () -> PlanReader.read(text));
    assertThat(reading.plan()).isNull();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line() + ":" + problem.column()).isEqualTo(at);
              assertThat(problem.message())
                  .contains(message)
                  .doesNotContain("Json", "Feature", "Source", "Stream", "CTRL", "token");
            });
  }

  @Test
  void shouldRefuseHalfCharactersBehindEscapes() {
    assertThat(PlanReader.read("{\"\\ud800\": \"\\udc00\"}").problems())
        .extracting(PlanProblem::message)
        .filteredOn(message -> message.contains("half a character"))
        .hasSize(2);
  }

  @Test
  void shouldRefuseNumbersWithoutEnd() {
    String number = "9".repeat(200_000);
    PlanReading reading =
        assertTimeout(
            Duration.ofSeconds(2),
            () -> PlanReader.read("{\"queues\": {\"a\": {\"weight\": " + number + "}}}"));
    assertThat(reading.problems().get(0).message())
        .isEqualTo("a number has at most 40 characters, got 200000");
  }

  @Test
  void shouldCountProblemsBeyondAHundred() {
    String fields =
        IntStream.range(0, 250).mapToObj(i -> "\"x" + i + "\":1").collect(Collectors.joining(","));
    PlanReading reading = PlanReader.read("{" + fields + "}");
    assertThat(reading.problems()).hasSize(PlanLimits.PROBLEMS + 1);
    assertThat(reading.problems().get(PlanLimits.PROBLEMS).message()).isEqualTo("and 150 more");
  }

  @Test
  void shouldTellErrorsRatherThanWarningsWhenThereAreTooMany() {
    String flows =
        IntStream.range(0, 150)
            .mapToObj(i -> "\"f" + i + "\": [{\"do\": {\"voicemail\": \"x\"}}]")
            .collect(Collectors.joining(","));
    PlanReading reading = PlanReader.read("{\"flows\": {" + flows + "}, \"x\": 1}");
    assertThat(reading.problems()).hasSize(PlanLimits.PROBLEMS + 1);
    assertThat(reading.problems()).extracting(PlanProblem::path).contains("x");
    assertThat(reading.problems().get(PlanLimits.PROBLEMS).message()).isEqualTo("and 51 more");
  }

  @Test
  void shouldBeQuickWithAHostileDocument() {
    String fields =
        IntStream.range(0, 25_000)
            .mapToObj(i -> "\"" + i + "\":0")
            .collect(Collectors.joining(","));
    String twice = "\"a\":0,".repeat(40_000);
    for (String text : new String[] {"{" + fields + "}", "{" + twice + "\"b\":0}"}) {
      PlanReading reading = assertTimeout(Duration.ofSeconds(2), () -> PlanReader.read(text));
      assertThat(reading.plan()).isNull();
      assertThat(reading.problems()).hasSize(PlanLimits.PROBLEMS + 1);
    }
  }

  static Stream<Arguments> tooMany() {
    return Stream.of(
        Arguments.of(queues(201), "queues", "at most 200"),
        Arguments.of(section("groups", 201, "{\"agents\": [\"a\"]}"), "groups", "at most 200"),
        Arguments.of(
            section("flows", 201, "[{\"do\": {\"voicemail\": \"x\"}}]"), "flows", "at most 200"),
        Arguments.of(section("calendars", 101, "{}"), "calendars", "at most 100"),
        Arguments.of(section("extensions", 5_001, "\"a\""), "extensions", "at most 5000"),
        Arguments.of("{\"flows\": {\"a\": " + list(201, "{\"do\": {}}") + "}}", "flows.a", "200"),
        Arguments.of(
            section("flows", 11, list(199, "{\"do\": {\"voicemail\": \"x\"}}")),
            "flows.n10[10]",
            "at most 2000 rules"),
        Arguments.of("{\"numbers\": " + list(2_001, "1") + "}", "numbers", "at most 2000"),
        Arguments.of("{\"holidays\": {\"a\": " + list(501, "1") + "}}", "holidays.a", "500"),
        Arguments.of(
            "{\"queues\": {\"q\": {}}, \"flows\": {\"a\": " + list(101, boosted()) + "}}",
            "flows.a[95].do.boosts[4].when",
            "at most 2000 expressions"),
        Arguments.of(
            wait("\"relax\": " + list(15, step(60)) + ", \"escalate\": " + list(6, step(30))),
            "flows.a[0].do.escalate",
            "at most 20 steps"),
        Arguments.of(
            "{"
                + IntStream.range(0, 11)
                    .mapToObj(i -> "\"q" + i + "\": {}")
                    .collect(Collectors.joining(",", "\"queues\": {", "}"))
                + ", \"flows\": {\"a\": [{\"do\": {\"queue\": \"q0\", \"relax\": "
                + IntStream.range(1, 11)
                    .mapToObj(i -> "{\"after\": \"9s\", \"alsoQueue\": \"q" + i + "\"}")
                    .collect(Collectors.joining(",", "[", "]"))
                + "}}]}}",
            "flows.a[0].do.relax[9].alsoQueue",
            "at most 10 queues at once"),
        Arguments.of(
            "{\"groups\": {\"a\": {\"agents\": "
                + IntStream.range(0, 60)
                    .mapToObj(i -> "\"" + "a".repeat(40) + i + "\"")
                    .collect(Collectors.joining(",", "[", "]"))
                + "}}}",
            "groups.a.agents",
            "must fit in an expression of 2000 characters"));
  }

  @ParameterizedTest
  @MethodSource("tooMany")
  void shouldRefuseMoreThanTheLimits(String text, String path, String message) {
    PlanReading reading = assertTimeout(Duration.ofSeconds(5), () -> PlanReader.read(text));
    assertThat(reading.plan()).isNull();
    assertThat(reading.problems())
        .filteredOn(problem -> problem.path().equals(path))
        .extracting(PlanProblem::message)
        .anySatisfy(told -> assertThat(told).contains(message));
  }

  @Test
  void shouldTakeAsManyAsTheLimitsSay() {
    assertThat(PlanReader.read(queues(200)).plan()).isNotNull();
  }

  private static String queues(int count) {
    return section("queues", count, "{}");
  }

  private static String section(String name, int count, String member) {
    String members =
        IntStream.range(0, count)
            .mapToObj(i -> "\"" + (name.equals("extensions") ? "" : "n") + i + "\":" + member)
            .collect(Collectors.joining(","));
    return "{\"" + name + "\": {" + members + "}}";
  }

  private static String list(int count, String item) {
    return Stream.generate(() -> item).limit(count).collect(Collectors.joining(",", "[", "]"));
  }

  private static String boosted() {
    String boosts = list(20, "{\"when\": \"true\", \"add\": 1}");
    return "{\"when\": \"false\", \"do\": {\"queue\": \"q\", \"boosts\": " + boosts + "}}";
  }

  private static String step(int seconds) {
    return "{\"after\": \"" + seconds + "s\", \"priority\": 1}";
  }

  private static String wait(String options) {
    return "{\"queues\": {\"q\": {}}, \"flows\": {\"a\": [{\"do\": {\"queue\": \"q\", "
        + options
        + "}}]}}";
  }
}
