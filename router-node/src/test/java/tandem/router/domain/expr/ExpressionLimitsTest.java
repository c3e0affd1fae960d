package tandem.router.domain.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.Traits;

/** No expression is too much for a node, whoever wrote it. */
class ExpressionLimitsTest {
  /** Far more than a few milliseconds, so that a busy machine does not fail the test. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static List<String> flow(String text) {
    return Expressions.check(Scope.FLOW, text).stream().map(ExpressionProblem::message).toList();
  }

  private static String many(String text, int times) {
    return text.repeat(times);
  }

  @Test
  void shouldBoundCharacters() {
    String most = "call.to == '" + many("x", 1_987) + "'";
    assertThat(flow(most)).isEmpty();
    assertThat(flow(most + " ")).containsExactly("at most 2000 characters, got 2001");
    assertThat(flow("call.to == '" + many("\uD83D\uDE00", 1_987) + "'")).isEmpty();
  }

  @Test
  void shouldBoundNodes() {
    assertThat(flow("[" + many("1,", 296) + "1] == []")).isEmpty();
    assertThat(flow("[" + many("1,", 297) + "1] == []"))
        .containsExactly("too large: at most 300 operators and values");
  }

  @Test
  void shouldBoundDepth() {
    String tooDeep = "nested too deeply: at most 50 levels";
    assertThat(flow(many("(", 49) + "true" + many(")", 49))).isEmpty();
    assertThat(flow(many("(", 50) + "true" + many(")", 50))).containsExactly(tooDeep);
    assertThat(flow("1" + many(" + 1", 40) + " == 1")).isEmpty();
    assertThat(flow("1" + many(" + 1", 60) + " == 1")).containsExactly(tooDeep);
    assertThat(flow("call.to == ''" + many(" || call.to == ''", 49))).isEmpty();
  }

  @Test
  void shouldBoundMacrosInsideEachOtherAndUponEachOther() {
    String tooMany = "exists, all, filter and map cannot stand inside or upon each other";
    assertThat(flow("[1].exists(x, x > 1) || [1].all(y, y > 1)")).isEmpty();
    assertThat(flow("[1].exists(x, [1].exists(y, x == y))")).containsExactly(tooMany);
    assertThat(flow("[1].map(x, [x, x]).exists(y, y == [1])")).containsExactly(tooMany);
  }

  @Test
  void shouldBoundWhatMacrosDoWithEachElement() {
    assertThat(flow("[1].exists(x, x > 1" + many(" || x > 1", 7) + ")")).isEmpty();
    assertThat(flow("[1].exists(x, x > 1" + many(" || x > 1", 14) + ")"))
        .containsExactly("too large: at most 40 operators and values for each element");
  }

  @Test
  void shouldBoundIterations() {
    Traits traits = teams(100);
    Facts facts = Facts.ofAgent("ann", traits, "support", Map.of());
    String two = "(agent.teams + agent.teams).all(t, t != '')";
    assertThat(Expressions.of(Scope.MEMBER, two).test(facts)).isTrue();
    Expression more = Expressions.of(Scope.MEMBER, two + " && agent.teams.exists(t, t == 'team0')");
    assertThatThrownBy(() -> more.test(facts))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("200");
  }

  @Test
  void shouldBoundSumsOfLists() {
    String lists = "agent.teams" + many(" + agent.teams", 5);
    assertThat(Expressions.check(Scope.MEMBER, lists + " == []")).isEmpty();
    assertThat(Expressions.check(Scope.MEMBER, lists + " + agent.teams == []"))
        .containsExactly(new ExpressionProblem(1, 83, "lists may be put together at most 5 times"));
    assertThat(
            Expressions.check(
                Scope.SCORE, "skill('a')" + many(" + skill('b')", 9) + " + size([1].map(x, x))"))
        .isEmpty();
  }

  @Test
  void shouldBoundPatterns() {
    String one = "call.to.matches('x')";
    assertThat(flow(one + many(" || " + one, 4))).isEmpty();
    assertThat(flow(one + many(" || " + one, 5)))
        .containsExactly("matches may stand at most 5 times");
    assertThat(flow("[''].exists(x, x.matches('x'))"))
        .containsExactly("matches cannot stand inside exists, all, filter or map");
    assertThat(flow("call.to.matches('x{90}')")).isEmpty();
    assertThat(flow("call.to.matches('x{400}')"))
        .containsExactly("the pattern is too large: at most 100 instructions, got 402");
    assertThat(flow("matches(call.to, '((x{9}){9}){9}')"))
        .singleElement()
        .asString()
        .startsWith("the pattern is too large");
    assertThat(flow("call.to.matches('(?=x)')"))
        .singleElement()
        .asString()
        .contains("no good pattern");
  }

  @Test
  void shouldBoundProblemsTold() {
    assertThat(flow("foo" + many(" || foo", 60))).hasSize(ExpressionLimits.MOST_PROBLEMS);
    assertThat(flow("'" + many("x", 1_990))).allMatch(message -> message.length() < 300);
  }

  @Test
  void shouldHaveNoFunctionsThatMakeLongTexts() {
    for (String grows :
        List.of(
            "call.to.replace('a', 'aa')",
            "['a'].join('aa')",
            "strings.quote('a')",
            "'%s%s'.format(['a', 'a'])",
            "cel.bind(x, 'a', x + x)",
            "optional.of('a').optMap(x, x + x).orValue('')",
            "lists.range(1000000)")) {
      assertThat(flow(grows + " == ''"))
          .anyMatch(message -> message.startsWith("unknown function"));
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldReadHostileTextsSoonOnASmallStack() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("open brackets", many("(", 2_000));
    texts.put("brackets", many("(", 990) + "1" + many(")", 990));
    texts.put("lists", many("[", 2_000));
    texts.put("lists in lists", many("[", 990) + many("]", 990));
    texts.put("maps", many("{1:", 600));
    texts.put("nots", many("!", 1_996) + "true");
    texts.put("minuses", many("-", 1_990) + "1 == 1");
    texts.put("sums", "1" + many("+1", 980) + "==1");
    texts.put("comparisons", "1" + many("<1", 980));
    texts.put("huge list", "[" + many("1,", 980) + "1] == []");
    texts.put("conditions", many("true?true:", 190) + "true");
    texts.put("half conditions", many("true?", 390) + "1");
    texts.put("dots", "a" + many(".b", 990));
    texts.put("indices", "a" + many("[0]", 600));
    texts.put("calls", "a" + many("(", 1_900));
    texts.put("maps upon maps", "[1]" + many(".map(x,[x,x])", 150));
    texts.put("maps in maps", many("[1].map(x,", 100) + "x" + many(")", 100));
    texts.put("quotes", many("'", 1_999));
    texts.put("triple quotes", many("\"\"\"", 660));
    texts.put("backslashes", "'" + many("\\", 1_990));
    texts.put("comments", many("//", 1_000));
    texts.put("lines", many("\n", 1_999) + "1");
    texts.put("zeros", many("\u0000", 2_000));
    texts.put("no text", many("\uD800", 2_000));
    texts.put("mixed", many("a.b(c[{", 280));
    texts.put("types", "[[1],['a'],[1.0]]" + many("+[[1],['a']]", 28) + " == []");
    texts.put("optional values", many("optional.of(", 45) + "1" + many(")", 45) + " == 1");
    texts.put("pattern", "call.to.matches('" + many("(", 900) + many(")*", 450) + "')");
    return texts.entrySet().stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.getKey(),
                    () ->
                        assertTimeoutPreemptively(
                            SOON, () -> onSmallStack(() -> flow(text.getValue())))));
  }

  @Test
  void shouldEvaluateTheWorstThatIsAllowedSoon() {
    Facts facts = Facts.ofAgent("ann", teams(100), "support", Map.of());
    String body = "t + agent.attributes.a" + many(" + agent.attributes.a", 6);
    Expression texts =
        Expressions.of(
            Scope.MEMBER, "(agent.teams + agent.teams).map(t, " + body + ").size() == 200");
    Caller caller =
        new Caller(
            "00000000-0000-4000-8000-000000000001",
            "+1",
            "+1",
            "",
            "",
            "",
            Instant.EPOCH,
            attributes());
    Facts call = Facts.ofCall(caller, Instant.EPOCH, name -> false);
    Expression patterns =
        Expressions.of(
            Scope.FLOW,
            "call.attributes.a.matches('(x*)*(x*)*(x{1,6}){6}y')"
                + many(" || call.attributes.a.matches('(x*)*(x*)*(x{1,6}){6}y')", 4));
    assertTimeoutPreemptively(
        SOON,
        () -> {
          assertThat(texts.test(facts)).isTrue();
          assertThat(patterns.test(call)).isFalse();
        });
  }

  private static Traits teams(int count) {
    TreeSet<String> teams = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      teams.add("team" + i);
    }
    return new Traits(new TreeMap<>(), new TreeSet<>(), teams, attributes());
  }

  private static Attributes attributes() {
    return Attributes.of(Map.of("a", many("x", 500)));
  }

  /** As small as threads may have it; an overflow fails the test. */
  private static void onSmallStack(Runnable task) throws Exception {
    Throwable[] thrown = new Throwable[1];
    Thread thread = new Thread(null, task, "small stack", 256 * 1024);
    thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
    thread.start();
    thread.join();
    assertThat(thrown[0]).isNull();
  }
}
