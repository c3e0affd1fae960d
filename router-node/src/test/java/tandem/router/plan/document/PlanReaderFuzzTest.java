package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tandem.router.plan.document.PlanProblem.Severity;

/** Whatever an author writes gives a plan, or problems that stand in the document. */
class PlanReaderFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u",
          "\\ud83d",
          "null",
          "true",
          "1e999999",
          "-1",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "\u0000",
          "\uFEFF",
          "\uD800",
          "😀",
          "\u2028",
          "/*",
          "//",
          "'",
          "{}",
          "[]",
          "\"\"",
          "0.5",
          "99999999999999999999",
          "\"a\":1,",
          "skill('x')",
          "open('x')",
          "&&",
          "\"after\"",
          "\"do\"",
          "\"queue\"",
          "agent.",
          "..",
          "+1415*",
          "easter",
          "24:00");

  @Property(tries = 1_000)
  void shouldReadMutationsOfAPlan(
      @ForAll("names") String name,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 6) int n) {
    StringBuilder text = new StringBuilder(Plans.text(name));
    for (int i = 0; i < n; i++) {
      mutate(text, random);
    }
    check(text.toString());
  }

  private static void mutate(StringBuilder text, Random random) {
    int from = random.nextInt(text.length());
    int length = Math.min(text.length() - from, random.nextInt(12));
    switch (random.nextInt(5)) {
      case 0 -> text.delete(from, from + length);
      case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
      case 2 -> text.replace(from, from + length, PIECES.get(random.nextInt(PIECES.size())));
      case 3 -> text.insert(random.nextInt(text.length()), text.substring(from, from + length));
      default -> replaceValue(text, random, from);
    }
    if (text.isEmpty()) {
      text.append('{');
    }
  }

  /** Most other mutations break the JSON itself: this one leaves it whole. */
  private static void replaceValue(StringBuilder text, Random random, int from) {
    int colon = text.indexOf(": ", from);
    int end = colon < 0 ? -1 : text.indexOf(",", colon);
    if (end > 0) {
      List<String> values =
          List.of("null", "[]", "{}", "true", "-1", "1e99", "\"x\"", "\"5s\"", "[1]");
      text.replace(colon + 2, end, values.get(random.nextInt(values.size())));
    }
  }

  @Property(tries = 500)
  void shouldReadAnyText(@ForAll("texts") String text) {
    check(text);
  }

  @Property(tries = 300)
  void shouldPointIntoAnyExpression(@ForAll("expressions") String when) {
    String text =
        "{\"flows\": {\"a\": [{\"when\": \"" + when + "\", \"do\": {\"hangup\": \"DECLINE\"}}]}}";
    check(text);
  }

  private static void check(String text) {
    PlanReading reading = PlanReader.read(text);
    assertThat(reading.plan() == null)
        .isEqualTo(reading.problems().stream().anyMatch(p -> p.severity() == Severity.ERROR));
    String[] lines = text.split("\r\n|\r|\n", -1);
    for (PlanProblem problem : reading.problems()) {
      assertThat(problem.line()).isBetween(1, lines.length);
      String line = lines[problem.line() - 1];
      assertThat(problem.column()).isBetween(1, line.codePointCount(0, line.length()) + 1);
      assertThat(problem.message()).isNotBlank();
    }
    assertThat(reading.problems()).hasSizeLessThanOrEqualTo(PlanLimits.PROBLEMS + 1);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(Plans.ALL);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
            "call",
            ".country",
            " == ",
            "'x'",
            "\\n",
            "\\u000a",
            "\\ud83d\\ude00",
            "😀",
            "é",
            "\\\\n",
            "\\\"",
            "(",
            ")",
            " && ",
            "now",
            "open(",
            "'office'",
            "1",
            "[",
            "]",
            "\\t",
            "?",
            "$")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }
}
