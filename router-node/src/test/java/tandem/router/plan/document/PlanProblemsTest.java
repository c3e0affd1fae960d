package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tandem.router.plan.document.PlanProblem.Severity;

/** Each thing that can be wrong with a plan, told with its place. */
class PlanProblemsTest {
  @ParameterizedTest
  @CsvFileSource(
      resources = {"/plans/problems.txt", "/plans/expressions.txt", "/plans/ivr-problems.txt"},
      delimiterString = " ~ ",
      quoteCharacter = '`')
  void shouldTellWhatIsWrongAndWhere(
      String from, String to, String path, String at, String message) {
    String text = Plans.changed(from, to);
    PlanReading reading = PlanReader.read(text);
    assertThat(reading.plan()).isNull();
    assertThat(reading.problems())
        .anySatisfy(problem -> matches(problem, Severity.ERROR, text, path, at, message));
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = {"/plans/warnings.txt", "/plans/ivr-warnings.txt"},
      delimiterString = " ~ ",
      quoteCharacter = '`')
  void shouldWarnOfWhatHardlyWasMeant(
      String from, String to, String path, String at, String message) {
    String text = Plans.changed(from, to);
    PlanReading reading = PlanReader.read(text);
    assertThat(reading.plan()).isNotNull();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(problem -> matches(problem, Severity.WARNING, text, path, at, message));
  }

  private static void matches(
      PlanProblem problem, Severity severity, String text, String path, String at, String message) {
    assertThat(problem.severity()).isEqualTo(severity);
    assertThat(problem.path()).isEqualTo(path);
    assertThat(problem.message()).contains(message);
    assertThat(rest(text, problem)).startsWith(at);
  }

  /** What stands at a problem's place. */
  static String rest(String text, PlanProblem problem) {
    List<String> lines = text.lines().skip(problem.line() - 1L).toList();
    String line = lines.isEmpty() ? "" : lines.get(0);
    return line.substring(line.offsetByCodePoints(0, problem.column() - 1));
  }

  @Test
  void shouldTellAllAtOnceInTheOrderOfTheDocument() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "x", "flow": "nowhere"}],
             "queues": {"a": {"weight": 0, "wait": 1}},
             "flows": {"main": [{"when": "nope", "do": {"queue": "b", "require": "nope"}}]}}
            """);
    assertThat(reading.problems())
        .filteredOn(problem -> problem.severity() == Severity.ERROR)
        .extracting(PlanProblem::path)
        .containsExactly(
            "numbers[0].match",
            "numbers[0].flow",
            "queues.a.weight",
            "queues.a.wait",
            "flows.main[0].when",
            "flows.main[0].do.queue",
            "flows.main[0].do.require");
  }

  @Test
  void shouldNotMakeWholeNumbersOfOthers() {
    for (String number : new String[] {"3.0", "3e0", "-0.0", "3000000000"}) {
      PlanReading reading = PlanReader.read("{\"queues\": {\"a\": {\"weight\": " + number + "}}}");
      assertThat(reading.problems())
          .extracting(PlanProblem::message)
          .containsExactly("must be a whole number from 1 to 100, got " + number);
    }
  }

  @Test
  void shouldRefuseFlowsNoCallComesOutOf() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "+14155550100", "flow": "a"}],
             "flows": {
               "a": [{"when": "call.country == 'ES'", "do": {"flow": "b"}}, {"do": {"flow": "c"}}],
               "b": [{"do": {"set": {"x": 1}}}, {"do": {"flow": "a"}}],
               "c": [{"do": {"flow": "c"}}, {"do": {"voicemail": "late"}}],
               "d": [{"when": "call.country == 'ES'", "do": {"flow": "d"}}, {"do": {"flow": "e"}}],
               "e": [{"when": "call.country == 'ES'", "do": {"voicemail": "es"}}, {"do": {"flow": "d"}}]}}
            """);
    assertThat(reading.problems())
        .filteredOn(problem -> problem.severity() == Severity.ERROR)
        .allSatisfy(problem -> assertThat(problem.message()).contains("never comes out"))
        .extracting(PlanProblem::path)
        .containsExactly("flows.a", "flows.b", "flows.c");
  }

  @Test
  void shouldReachFlowsThroughQueuesAndSteps() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "+14155550100", "flow": "a"}],
             "queues": {"q": {"maxWait": "1m", "onMaxWait": {"flow": "b"}},
                        "r": {"maxWait": "1m", "onMaxWait": {"flow": "c"}}},
             "flows": {
               "a": [{"do": {"queue": "q", "relax": [{"after": "9s", "alsoQueue": "r"}]}}],
               "b": [{"do": {"park": "lot", "timeout": "9s", "then": {"flow": "d"}}}],
               "c": [{"do": {"voicemail": "c"}}],
               "d": [{"do": {"voicemail": "d"}}]}}
            """);
    assertThat(reading.problems()).isEmpty();
  }
}
