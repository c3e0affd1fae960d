package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tandem.router.plan.document.PlanChange.Kind;

class PlanDiffTest {
  @Test
  void shouldTellFieldsThatCameWentAndChanged() {
    assertThat(
            PlanDiff.between(
                "{\"a\": 1, \"b\": {\"c\": \"x\"}, \"d\": true}",
                "{\"d\": true, \"b\": {\"c\": \"y\", \"e.f\": [null]}}"))
        .containsExactly(
            new PlanChange("a", Kind.REMOVED, "1", null),
            new PlanChange("b.c", Kind.CHANGED, "\"x\"", "\"y\""),
            new PlanChange("b['e.f']", Kind.ADDED, null, "[null]"));
  }

  @Test
  void shouldLookIntoLotsBoxesAndAnnouncements() {
    String before =
        """
        {"lots": {"lobby": {"slots": "701-720", "then": {"queue": "a"}}},
         "outgoing": {"deny": ["+1900*"]},
         "queues": {"a": {"announcements": {"texts": {"de": ["a.wav", "b.wav"]}}}}}
        """;
    String after =
        """
        {"lots": {"lobby": {"slots": "701-730", "then": {"queue": "a"}}},
         "outgoing": {"deny": ["+1900*", "+1876*"]},
         "voicemail": {"late": {}},
         "queues": {"a": {"announcements": {"texts": {"de": ["a.wav"]}}}}}
        """;
    assertThat(PlanDiff.between(before, after))
        .containsExactly(
            new PlanChange("lots.lobby.slots", Kind.CHANGED, "\"701-720\"", "\"701-730\""),
            new PlanChange("outgoing.deny[1]", Kind.ADDED, null, "\"+1876*\""),
            new PlanChange("queues.a.announcements.texts.de[1]", Kind.REMOVED, "\"b.wav\"", null),
            new PlanChange("voicemail", Kind.ADDED, null, "{\"late\": {}}"));
  }

  @Test
  void shouldNotCountSpaceEscapesAndTheOrderOfFields() {
    assertThat(
            PlanDiff.between("{\"a\":\"\\u0041\",\"b\":[1, 2]}", "{ \"b\": [1,2], \"a\": \"A\" }"))
        .isEmpty();
  }

  @Test
  void shouldLeaveOtherRulesAloneWhenOneIsPutInBetween() {
    assertThat(PlanDiff.between(list("a", "b", "c"), list("a", "x", "b", "c")))
        .containsExactly(new PlanChange("rules[1]", Kind.ADDED, null, rule("x")));
    assertThat(PlanDiff.between(list("a", "b", "c"), list("b", "c")))
        .containsExactly(new PlanChange("rules[0]", Kind.REMOVED, rule("a"), null));
  }

  @Test
  void shouldTellAMovedRuleAsRemovedAndAdded() {
    assertThat(PlanDiff.between(list("a", "b", "c", "d"), list("b", "c", "d", "a")))
        .containsExactly(
            new PlanChange("rules[0]", Kind.REMOVED, rule("a"), null),
            new PlanChange("rules[3]", Kind.ADDED, null, rule("a")));
  }

  @Test
  void shouldLookIntoACallbackThatChanged() {
    String before =
        "{\"callback\": {\"queue\": \"a\", \"within\": \"2h\", \"otherwise\": {\"flow\": \"b\"}}}";
    String after =
        "{\"callback\": {\"queue\": [\"a\"], \"ring\": \"20s\", \"otherwise\": {\"flow\": \"c\"}}}";

    assertThat(PlanDiff.between(before, after))
        .containsExactly(
            new PlanChange("callback.queue", Kind.CHANGED, "\"a\"", "[\"a\"]"),
            new PlanChange("callback.within", Kind.REMOVED, "\"2h\"", null),
            new PlanChange("callback.otherwise.flow", Kind.CHANGED, "\"b\"", "\"c\""),
            new PlanChange("callback.ring", Kind.ADDED, null, "\"20s\""));
  }

  @Test
  void shouldLookIntoARuleThatChanged() {
    assertThat(PlanDiff.between(list("a", "b", "c"), list("new", "a", "b2", "c")))
        .containsExactly(
            new PlanChange("rules[0]", Kind.ADDED, null, rule("new")),
            new PlanChange("rules[2].do.queue", Kind.CHANGED, "\"b\"", "\"b2\""));
  }

  @Test
  void shouldBoundWhatItTells() {
    String many =
        IntStream.range(0, 700).mapToObj(i -> "\"n" + i + "\": 1").collect(Collectors.joining(","));
    List<PlanChange> changes = PlanDiff.between("{}", "{" + many + "}");
    assertThat(changes).hasSize(PlanDiff.MOST + 1);
    assertThat(changes.get(PlanDiff.MOST))
        .isEqualTo(new PlanChange("", Kind.CHANGED, null, "and 200 more changes"));
    assertThat(PlanDiff.between("{}", "{\"a\": \"" + "x".repeat(9_000) + "\"}").get(0).after())
        .hasSize(PlanDiff.LONGEST + 1);
  }

  @Test
  void shouldBeQuickWithLongLists() {
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          String ones = "[" + "1,".repeat(100_000) + "1]";
          String twos = "[" + "2,".repeat(100_000) + "2]";
          assertThat(PlanDiff.between(ones, twos)).hasSize(PlanDiff.MOST + 1);
          String some = numbers(0, 2_000);
          String others = numbers(1_000, 3_000);
          assertThat(PlanDiff.between(some, others)).hasSize(PlanDiff.MOST + 1);
        });
  }

  @Test
  void shouldNameTheDocumentThatIsNoJson() {
    assertThatThrownBy(() -> PlanDiff.between("{}", "{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("after: is no JSON: 1:2 ");
  }

  /** What is told leads from one list to the other: nothing is left out or made up. */
  @Property(tries = 500)
  void shouldLeadFromOneListToTheOther(
      @ForAll @Size(max = 12) List<@IntRange(max = 5) Integer> before,
      @ForAll @Size(max = 12) List<@IntRange(max = 5) Integer> after) {
    List<Integer> list = new ArrayList<>(before);
    List<PlanChange> changes = PlanDiff.between(before.toString(), after.toString());
    long removed = changes.stream().filter(change -> change.kind() == Kind.REMOVED).count();
    long added = changes.stream().filter(change -> change.kind() == Kind.ADDED).count();
    assertThat(before.size() - removed + added).isEqualTo(after.size());
    // From behind, so that places before stay what they are; a changed one is taken out and put in.
    List<Integer> kept = new ArrayList<>(after);
    for (int i = changes.size() - 1; i >= 0; i--) {
      PlanChange change = changes.get(i);
      if (change.kind() == Kind.REMOVED) {
        assertThat(list.remove(index(change))).hasToString(change.before());
      } else if (change.kind() == Kind.ADDED) {
        assertThat(kept.remove(index(change))).hasToString(change.after());
      } else {
        assertThat(kept.get(index(change))).hasToString(change.after());
        kept.set(index(change), Integer.valueOf(String.valueOf(change.before())));
      }
    }
    assertThat(kept).isEqualTo(list);
  }

  private static int index(PlanChange change) {
    return Integer.parseInt(change.path().substring(1, change.path().length() - 1));
  }

  private static String numbers(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"match\": " + i * 7 + ", \"flow\": \"f" + i * 3 + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String list(String... queues) {
    return "{\"rules\": ["
        + List.of(queues).stream().map(PlanDiffTest::rule).collect(Collectors.joining(","))
        + "]}";
  }

  private static String rule(String queue) {
    return "{\"when\": \"" + queue.charAt(0) + "\", \"do\": {\"queue\": \"" + queue + "\"}}";
  }
}
