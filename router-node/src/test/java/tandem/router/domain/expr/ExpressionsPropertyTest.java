package tandem.router.domain.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.Traits;

/** Whatever is written is either told to be wrong, at a place in the text, or can be used. */
class ExpressionsPropertyTest {
  private static final Facts CALL =
      Facts.ofCall(
          new Caller(
              "00000000-0000-4000-8000-000000000001",
              "+34911234567",
              "+14155550100",
              "ES",
              "Madrid",
              "Europe/Madrid",
              Instant.EPOCH,
              Attributes.of(Map.of("vip", true, "level", 3))),
          Instant.EPOCH,
          name -> false);
  private static final Facts AGENT =
      Facts.ofAgent("ann", Traits.NONE, "support", Map.of("call.country", "ES"));

  @Property(tries = 500)
  void shouldTakeAnyText(@ForAll Scope scope, @ForAll @StringLength(max = 100) String text) {
    check(scope, text);
  }

  @Property(tries = 1_000)
  void shouldTakeAnyTokens(@ForAll Scope scope, @ForAll("tokens") String text) {
    check(scope, text);
  }

  @Property(tries = 200)
  void shouldTakeGoodTextsWithAnyCharacterChanged(
      @ForAll Scope scope, @ForAll("good") String good, @ForAll char other, @ForAll int place) {
    int at = Math.floorMod(place, good.length());
    check(scope, good.substring(0, at) + other + good.substring(at + 1));
    check(scope, good.substring(0, at));
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(
            "call",
            ".",
            "country",
            "cuntry",
            "attributes",
            "vip",
            "agent",
            "teams",
            "queue",
            "name",
            "now",
            "skill",
            "speaks",
            "open",
            "matches",
            "exists",
            "map",
            "has",
            "getHours",
            "timestamp",
            "duration",
            "optional",
            "none",
            "of",
            "orValue",
            "size",
            "int",
            "string",
            "dyn",
            "type",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "?",
            ".?",
            "[?",
            "==",
            "!=",
            ">",
            "<=",
            "in",
            "&&",
            "||",
            "!",
            "-",
            "+",
            "*",
            "/",
            "%",
            "1",
            "2.5",
            "3u",
            "'es'",
            "'office'",
            "b'x'",
            "r'('",
            "true",
            "null",
            "x",
            "\n",
            "//",
            "=",
            "#",
            "\\",
            "'")
        .list()
        .ofMaxSize(25)
        .map(tokens -> String.join("", tokens));
  }

  @Provide
  Arbitrary<String> good() {
    return Arbitraries.of(
        "call.country == 'ES' && !open('office')",
        "has(call.attributes.vip) && call.attributes.vip || now.getHours('Europe/Berlin') > 9",
        "skill('spanish') >= 3 && speaks('es')",
        "agent.teams.exists(t, t.startsWith('sup'))",
        "call.attributes[?'level'].orValue(1) in [1, 2, 3]",
        "skill('billing') * 2 + (queue.name == 'billing' ? 1 : 0)");
  }

  private static void check(Scope scope, String text) {
    List<ExpressionProblem> problems = Expressions.check(scope, text);
    if (problems.isEmpty()) {
      evaluate(Expressions.of(scope, text));
      return;
    }
    List<String> lines = text.lines().toList();
    for (ExpressionProblem problem : problems) {
      assertThat(problem.message()).isNotBlank().doesNotContain("ERROR", "<input>");
      assertThat(problem.line()).isBetween(1, Math.max(1, lines.size() + 1));
      assertThat(problem.column()).isBetween(1, text.length() + 1);
    }
    assertThatThrownBy(() -> Expressions.of(scope, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problems.get(0).toString());
  }

  private static void evaluate(Expression expression) {
    try {
      if (expression.scope() == Scope.SCORE) {
        assertThat(expression.number(AGENT)).isEqualTo(expression.number(AGENT));
      } else {
        Facts facts = expression.scope() == Scope.FLOW ? CALL : AGENT;
        assertThat(expression.test(facts)).isEqualTo(expression.test(facts));
      }
    } catch (ExpressionException e) {
      assertThat(e).hasMessageNotContaining("<input>").message().isNotBlank();
    }
  }
}
