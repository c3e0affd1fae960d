package tandem.router.domain.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said where, and what is told of what may not. */
class ExpressionsTest {
  private static final String CALL_HAS =
      "it has arrivedAt, attributes, country, from, region, timeZone, to";
  private static final String IN_FLOW = "known are call, now, open(…)";
  private static final String IN_QUEUE = "known are agent, queue, skill(…), speaks(…)";
  private static final String IN_REQUIREMENT = "known are agent, call, skill(…), speaks(…)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FLOW        | call.country == 'ES' && call.region != '' && call.timeZone != ''",
        "FLOW        | !open('office')",
        "FLOW        | call.from.startsWith('+34') || call.to.lowerAscii().trim() == 'x'",
        "FLOW        | call.from.matches('^[+]34[0-9]{9}$')",
        "FLOW        | now.getHours('Europe/Berlin') >= 9 && now.getDayOfWeek() in [1, 2]",
        "FLOW        | now.getHours('+02:00') >= 9",
        "FLOW        | now - call.arrivedAt < duration('1m30s')",
        "FLOW        | now > timestamp('2026-12-24T18:00:00Z')",
        "FLOW        | has(call.attributes.vip) && call.attributes.vip",
        "FLOW        | call.attributes.vip",
        "FLOW        | call.attributes.rate >= 2 && call.attributes.level < 2.5",
        "FLOW        | call.attributes[?'vip'].orValue(false)",
        "FLOW        | call.attributes.?name.orValue('') == 'Ann'",
        "FLOW        | 'x' in call.attributes && size(call.attributes) > 2",
        "FLOW        | .call.country == 'ES'",
        "FLOW        | [1, 2].exists(x, x == 2) && [1].all(x, x > 0) && [1].exists_one(x, x > 0)",
        "MEMBER      | 'support' in agent.teams && queue.name == 'support' && agent.name != 'x'",
        "MEMBER      | skill('spanish') >= 3 && speaks('es') && agent.skills['spanish'] > 1",
        "MEMBER      | agent.languages.exists(l, l.startsWith('pt')) || agent.attributes.home",
        "REQUIREMENT | speaks(call.attributes.language) && skill(call.country.lowerAscii()) > 1",
        "SCORE       | skill('billing') * 2 + (queue.name == 'billing' ? 1 : 0)",
        "SCORE       | math.greatest(skill('a'), skill('b'), 3)",
        "SCORE       | int(math.round(double(skill('a')) * 10.0 / 3.0))",
        "SCORE       | agent.attributes.grade"
      })
  void shouldAccept(Scope scope, String text) {
    assertThat(Expressions.check(scope, text)).isEmpty();
    assertThat(Expressions.of(scope, text).text()).isEqualTo(text);
  }

  private static ExpressionProblem at(int line, int column, String message) {
    return new ExpressionProblem(line, column, message);
  }

  private static List<ExpressionProblem> flow(String text) {
    return Expressions.check(Scope.FLOW, text);
  }

  @Test
  void shouldPointAtMisspeltField() {
    assertThat(flow("call.cuntry == 'ES'"))
        .containsExactly(at(1, 6, "call has no field 'cuntry'; " + CALL_HAS));
    assertThat(flow("call . cuntry == 'ES'"))
        .containsExactly(at(1, 8, "call has no field 'cuntry'; " + CALL_HAS));
    assertThat(Expressions.check(Scope.MEMBER, "'x' in agent.team"))
        .containsExactly(
            at(
                1,
                14,
                "agent has no field 'team'; it has attributes, languages, name, skills, teams"));
    assertThat(Expressions.check(Scope.SCORE, "queue.size"))
        .containsExactly(at(1, 7, "queue has no field 'size'; it has name"));
  }

  @Test
  void shouldTellAllProblemsAtOnceByTheirLines() {
    assertThat(
            flow(
                """
                call.country == 'ES'
                  && call.cuntry == 'ES' && foo
                  || 'support' in agent.teams
                  || skill('x') > 3 && call.to == 1\
                """))
        .containsExactly(
            at(2, 11, "call has no field 'cuntry'; " + CALL_HAS),
            at(2, 29, "unknown name 'foo'"),
            at(3, 19, "agents are not known here; " + IN_FLOW),
            at(4, 6, "skill(…) is not known here; " + IN_FLOW),
            at(4, 32, "== cannot be applied to (string, int)"));
  }

  @Test
  void shouldCountColumnsInCharactersNotInUnitsOfUtf16() {
    assertThat(flow("'\uD83D\uDE00\u00E9' == call.x"))
        .containsExactly(at(1, 14, "call has no field 'x'; " + CALL_HAS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "call                             | 1 | 1  | call alone is no value; CALL_HAS",
        "call['country'] == 'ES'          | 1 | 1  | call alone is no value; CALL_HAS",
        "has(call.country)                | 1 | 1  | has(…) asks for what a map holds, such as"
            + " call.attributes.vip",
        "has(call)                        | 1 | 4  | has(…) asks for what a map holds, such as"
            + " call.attributes.vip",
        "agent == 1                       | 1 | 1  | agents are not known here; IN_FLOW",
        "queue.name == 'x'                | 1 | 1  | the queue is not known here; IN_FLOW",
        "foo.bar                          | 1 | 1  | unknown name 'foo'",
        "!foo(1)                          | 1 | 2  | unknown function 'foo'",
        "call.from.replace('a', 'b') == ''| 1 | 11 | unknown function 'replace'",
        "[''].join('b') == ''             | 1 | 6  | unknown function 'join'",
        "call.country.x == 'ES'           | 1 | 14 | type 'string' does not support field"
            + " selection",
        "call.to > 1                      | 1 | 9  | > cannot be applied to (string, int)",
        "!call.to                         | 1 | 1  | ! cannot be applied to (string)",
        "open(1)                          | 1 | 6  | open must be given a calendar's name as a"
            + " literal text",
        "open(call.to)                    | 1 | 11 | open must be given a calendar's name as a"
            + " literal text",
        "open('a', 'b')                   | 1 | 1  | open cannot be applied to (string, string)",
        "1                                | 1 | 1  | must yield true or false, yields int",
        "call.attributes.?vip             | 1 | 1  | must yield true or false, yields what may be"
            + " absent; orValue(…) says what it is then",
        "call.country = 'ES'              | 1 | 14 | unexpected '='; equality is ==",
        "call.country ==                  | 1 | 16 | unexpected end",
        "(call.to == ''                   | 1 | 15 | missing ')' at the end",
        "call.to == '' true               | 1 | 15 | unexpected 'true'",
        "if                               | 1 | 1  | reserved identifier: if",
        "call.to.matches('(')             | 1 | 17 | no good pattern: missing closing ): `(`",
        "call.to.matches(call.from)       | 1 | 22 | matches must be given its pattern as a literal"
            + " text",
        "now.getHours('Europe/Berln') == 1| 1 | 14 | unknown time zone 'Europe/Berln'",
        "now > timestamp('2026-13-01')    | 1 | 17 | no time such as 2026-12-24T18:00:00Z:"
            + " '2026-13-01'",
        "duration('10x') == duration('1s')| 1 | 10 | no duration such as 90s or 1h30m: '10x'",
        "[1].exists(call, call == 1)      | 1 | 5  | 'call' cannot be the name of an element",
        "google.protobuf.Struct{} == 1    | 1 | 17 | 'google.protobuf.Struct' cannot be made here"
      })
  void shouldSayWhatIsWrongAndWhere(String text, int line, int column, String message) {
    String expected = message.replace("CALL_HAS", CALL_HAS).replace("IN_FLOW", IN_FLOW);
    assertThat(flow(text)).first().isEqualTo(at(line, column, expected));
  }

  @Test
  void shouldRefuseNothingToRead() {
    assertThat(flow("")).containsExactly(at(1, 1, "the expression is empty"));
    assertThat(flow(" \n ")).containsExactly(at(1, 1, "the expression is empty"));
  }

  @Test
  void shouldKeepScopesApart() {
    assertThat(Expressions.check(Scope.MEMBER, "call.country == 'ES'"))
        .containsExactly(at(1, 1, "the call is not known here; " + IN_QUEUE));
    assertThat(Expressions.check(Scope.MEMBER, "open('office')"))
        .containsExactly(at(1, 1, "open(…) is not known here; " + IN_QUEUE));
    assertThat(Expressions.check(Scope.REQUIREMENT, "queue.name == 'x'"))
        .containsExactly(at(1, 1, "the queue is not known here; " + IN_REQUIREMENT));
    assertThat(Expressions.check(Scope.REQUIREMENT, "now > call.arrivedAt"))
        .containsExactly(at(1, 1, "the time is not known here; " + IN_REQUIREMENT));
  }

  @Test
  void shouldWantWholeNumbersOfScores() {
    assertThat(Expressions.check(Scope.SCORE, "skill('x') > 1"))
        .containsExactly(at(1, 1, "must yield a whole number, yields bool"));
    assertThat(Expressions.check(Scope.SCORE, "1.5"))
        .containsExactly(
            at(1, 1, "must yield a whole number, yields double; put int(…) around it"));
  }

  @Test
  void shouldSayWhatExpressionsSpeakOf() {
    Expression expression =
        Expressions.of(
            Scope.FLOW,
            "open('office') && (call.country == 'ES' || has(call.attributes.vip)) || open('b')");
    assertThat(expression.callFields()).containsExactly("call.attributes", "call.country");
    assertThat(expression.calendars()).containsExactly("b", "office");
    assertThat(expression.scope()).isEqualTo(Scope.FLOW);
  }

  @Test
  void shouldThrowFirstProblemWhenAskedForABadOne() {
    assertThatThrownBy(() -> Expressions.of(Scope.FLOW, "call.to == 'a' && call.cuntry"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 1, column 24: call has no field 'cuntry'; " + CALL_HAS);
  }

  @Test
  void shouldKeepWhatWasCompiled() {
    Expression once = Expressions.of(Scope.MEMBER, "skill('kept') > 1");
    assertThat(Expressions.of(Scope.MEMBER, "skill('kept') > 1")).isSameAs(once);
    assertThat(Expressions.of(Scope.REQUIREMENT, "skill('kept') > 1")).isNotSameAs(once);
  }
}
