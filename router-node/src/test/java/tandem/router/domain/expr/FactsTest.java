package tandem.router.domain.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.Traits;

/** What expressions yield. */
class FactsTest {
  private static final Instant ARRIVED = Instant.parse("2026-03-02T08:30:00Z");
  private static final Caller CALLER =
      new Caller(
          "00000000-0000-4000-8000-000000000001",
          "+34911234567",
          "+14155550100",
          "ES",
          "Madrid",
          "Europe/Madrid",
          ARRIVED,
          Attributes.of(Map.of("vip", true, "level", 3, "rate", 2.5, "name", "Ann")));
  private static final Facts CALL =
      Facts.ofCall(CALLER, ARRIVED.plusSeconds(10), name -> name.equals("office"));
  private static final Traits TRAITS =
      Traits.of(
          Map.of("spanish", 4, "billing", 2),
          List.of("es", "pt-br"),
          List.of("support", "vip"),
          Attributes.of(Map.of("grade", 7, "share", 0.5, "home", true)));
  private static final Facts AGENT =
      Facts.ofAgent(
          "ann",
          TRAITS,
          "support",
          CallFields.of(CALLER, Set.of("call.country", "call.arrivedAt", "call.attributes")));

  private static boolean flow(String text) {
    return Expressions.of(Scope.FLOW, text).test(CALL);
  }

  private static boolean requirement(String text) {
    return Expressions.of(Scope.REQUIREMENT, text).test(AGENT);
  }

  private static long score(String text) {
    return Expressions.of(Scope.SCORE, text).number(AGENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "call.country == 'ES' && call.region == 'Madrid'          | true",
        "call.from == '+34911234567' && call.to != call.from      | true",
        "call.timeZone == 'Europe/Berlin'                         | false",
        "open('office')                                           | true",
        "open('other')                                            | false",
        "now - call.arrivedAt == duration('10s')                  | true",
        "now.getHours() == 8 && now.getHours('Europe/Berlin') == 9| true",
        "now.getDayOfWeek(call.timeZone) == 1                     | true",
        "call.attributes.vip                                      | true",
        "call.attributes.level >= 3                               | true",
        "call.attributes.level >= 3.5                             | false",
        "call.attributes.level == 3.0                             | true",
        "call.attributes.rate > 2 && call.attributes.rate < 3     | true",
        "call.attributes.rate * 2.0 == 5.0                        | true",
        "call.attributes.level + 1 == 4                           | true",
        "call.attributes.name == 'Ann'                            | true",
        "call.attributes.name == 3                                | false",
        "has(call.attributes.vap)                                 | false",
        "has(call.attributes.vap) && call.attributes.vap          | false",
        "call.attributes[?'vap'].orValue(false)                   | false",
        "call.attributes[?'vip'].orValue(false)                   | true",
        "call.attributes.exists(name, name == 'rate')             | true",
        "call.region.lowerAscii().matches('^mad')                 | true",
        "call.region.substring(0, 3) + '!' == 'Mad!'              | true"
      })
  void shouldTellOfCalls(String text, boolean expected) {
    assertThat(flow(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "skill('spanish') == 4                                     | true",
        "skill('none') == 0                                        | true",
        "agent.skills.spanish == 4 && agent.skills['billing'] == 2 | true",
        "'vip' in agent.teams && !('x' in agent.teams)             | true",
        "agent.teams.exists(t, t.startsWith('sup'))                | true",
        "agent.languages == ['es', 'pt-br']                        | true",
        "agent.name == 'ann' && agent.attributes.home              | true",
        "agent.attributes.grade > agent.attributes.share           | true",
        "speaks('es')                                              | true",
        "speaks('ES')                                              | true",
        "speaks('pt')                                              | true",
        "speaks('pt-BR')                                           | true",
        "speaks('pt-pt')                                           | false",
        "speaks('p')                                               | false",
        "speaks('es-mx')                                           | false",
        "speaks('')                                                | false",
        "call.country == 'ES' && call.attributes.level == 3        | true",
        "call.arrivedAt == timestamp('2026-03-02T08:30:00Z')       | true"
      })
  void shouldTellOfAgents(String text, boolean expected) {
    assertThat(requirement(text)).isEqualTo(expected);
  }

  @Test
  void shouldTellWhenOneSideOfOrIsEnough() {
    assertThat(flow("call.attributes.vap || call.attributes.vip")).isTrue();
  }

  @Test
  void shouldCountScores() {
    assertThat(score("skill('spanish') * 10 + skill('billing')")).isEqualTo(42);
    assertThat(score("math.greatest(skill('spanish'), skill('billing'))")).isEqualTo(4);
    assertThat(score("agent.attributes.grade")).isEqualTo(7);
    assertThat(score("queue.name == 'support' && agent.name == 'ann' ? 5 : 1")).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "call.attributes.vap         | no such key: vap",
        "call.attributes['vap'] == 1 | no such key: vap",
        "call.attributes.name        | must yield true or false, yields string",
        "call.attributes.level       | must yield true or false, yields int",
        "call.attributes.name >= 3   | >= cannot be applied to what it is given",
        "call.attributes.name && true| must be true or false: Ann",
        "1 / 0 == 1                  | division by zero",
        "[1][3] == 1                 | Index out of bounds: 3",
        "int(call.region) == 1       | no number: \"Madrid\"",
        "call.attributes.name.exists(x, x == 1) | only lists and maps can be looked through"
      })
  void shouldSayWhyItCannotTell(String text, String message) {
    assertThatThrownBy(() -> flow(text))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @Test
  void shouldSayWhyScoreIsNone() {
    assertThatThrownBy(() -> score("agent.attributes.share"))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("must yield a whole number, yields double");
    assertThatThrownBy(() -> score("9223372036854775807 + skill('spanish')"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("overflow");
  }

  @Test
  void shouldNotKnowFieldsThatWereNotKept() {
    Facts none = Facts.ofAgent("ann", TRAITS, "support", Map.of());
    Expression expression = Expressions.of(Scope.REQUIREMENT, "call.country == 'ES'");
    assertThatThrownBy(() -> expression.test(none))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("call.country is not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-03-02"})
  void shouldSayWhenATimeWasKeptBadly(String time) {
    Facts facts = Facts.ofAgent("ann", TRAITS, "support", Map.of("call.arrivedAt", time));
    Expression expression =
        Expressions.of(Scope.REQUIREMENT, "call.arrivedAt > timestamp('2026-01-01T00:00:00Z')");
    assertThatThrownBy(() -> expression.test(facts))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("call.arrivedAt: must be a time as ISO 8601, got '" + time + "'");
  }

  @Test
  void shouldNotMixConditionsAndScores() {
    Expression condition = Expressions.of(Scope.FLOW, "true");
    Expression score = Expressions.of(Scope.SCORE, "1");
    assertThatThrownBy(() -> condition.number(CALL)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> score.test(AGENT)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldKeepFieldsAsPlainJson() {
    SortedMap<String, Object> attributes =
        new TreeMap<>(Map.of("vip", true, "level", 3L, "rate", 2.5, "name", "Ann"));
    assertThat(CallFields.of(CALLER, Set.of("call.from", "call.arrivedAt", "call.attributes")))
        .isEqualTo(
            Map.of(
                "call.from",
                "+34911234567",
                "call.arrivedAt",
                "2026-03-02T08:30:00Z",
                "call.attributes",
                attributes));
    assertThatThrownBy(() -> CallFields.of(CALLER, Set.of("call.mood")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a call has no field 'call.mood'");
  }

  @Test
  void shouldYieldTheSameOnSeveralThreads() throws Exception {
    Expression expression =
        Expressions.of(
            Scope.MEMBER,
            "skill('spanish') >= int(agent.name) && agent.teams.exists(t, t == 'vip')");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int name = thread;
        all.add(
            () -> {
              Facts facts = Facts.ofAgent("" + name, TRAITS, "support", Map.of());
              int held = 0;
              for (int i = 0; i < 5_000; i++) {
                held += expression.test(facts) ? 1 : 0;
              }
              return held;
            });
      }
      List<Integer> held = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(all)) {
        held.add(one.get());
      }
      assertThat(held).containsExactly(5_000, 5_000, 5_000, 5_000, 5_000, 0, 0, 0);
    } finally {
      threads.shutdownNow();
    }
  }
}
