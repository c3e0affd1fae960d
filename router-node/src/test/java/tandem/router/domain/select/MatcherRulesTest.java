package tandem.router.domain.select;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.domain.select.QueueExample.NINE;
import static tandem.router.domain.select.QueueExample.SPANISH;
import static tandem.router.domain.select.QueueExample.comes;
import static tandem.router.domain.select.QueueExample.free;
import static tandem.router.domain.select.QueueExample.handOut;
import static tandem.router.domain.select.QueueExample.id;
import static tandem.router.domain.select.QueueExample.names;
import static tandem.router.domain.select.QueueExample.put;
import static tandem.router.domain.select.QueueExample.queue;
import static tandem.router.domain.select.QueueExample.redThenBlue;
import static tandem.router.domain.select.QueueExample.rule;
import static tandem.router.domain.select.QueueExample.standing;
import static tandem.router.domain.select.QueueExample.team;
import static tandem.router.domain.select.QueueExample.traits;
import static tandem.router.domain.select.QueueExample.wants;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tandem.router.domain.AgentId;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/** Worked examples of what a rule says: tiers, priorities, last agents, several phones. */
class MatcherRulesTest {

  /** Red at once, blue after 20 s: the earlier tier goes first also when both are open. */
  @Test
  void shouldOpenTiersWithTheWait() {
    Matcher<String> queue = queue(rule(Strategy.LONGEST_IDLE, redThenBlue(), Ageing.NONE));
    queue.agent(id("blue-1"), standing(team("blue"), 1, 60));
    comes(queue, "call-1", 0);

    assertThat(queue.next(NINE)).isEmpty();
    assertThat(queue.nextChange(NINE)).isEqualTo(NINE.plusSeconds(20));
    assertThat(queue.next(NINE.plusSeconds(19))).isEmpty();
    assertThat(names(queue.next(NINE.plusSeconds(20)))).containsExactly("blue-1");

    queue.agent(id("red-1"), standing(team("red"), 1, 1));
    Match<String> match = queue.next(NINE.plusSeconds(20)).orElseThrow();
    assertThat(match.decision().order()).containsExactly("red-1", "blue-1");
    assertThat(queue.nextChange(NINE.plusSeconds(20))).isNull();
  }

  @Test
  void shouldCountWhyAgentsWerePassedOver() {
    Matcher<String> queue = queue(rule(Strategy.LONGEST_IDLE, redThenBlue(), Ageing.NONE));
    queue.agent(id("busy"), standing(team("red"), 0, 60));
    queue.agent(id("green"), standing(team("green"), 1, 60));
    queue.agent(id("tried"), standing(team("red"), 1, 60));
    queue.agent(
        id("later"), new Standing(team("red"), 1, NINE, 0, Duration.ZERO, NINE.plusMillis(200)));
    queue.agent(id("short"), standing(Traits.NONE, 1, 60));
    queue.agent(id("good"), standing(team("red"), 1, 60));
    queue.put(
        new Waiter<>(
            "call-1", wants("size(agent.teams) > 0", ""), 50, NINE, null, Set.of(id("tried"))));

    Decision decision = queue.next(NINE).orElseThrow().decision();

    assertThat(decision)
        .isEqualTo(
            new Decision(
                7,
                Strategy.LONGEST_IDLE,
                1,
                50,
                6,
                new TreeMap<>(
                    Map.of("not-free", 1, "requirement", 1, "tier", 1, "tried", 1, "later", 1)),
                0,
                List.of("good")));
  }

  @Test
  void shouldLeaveAnAgentToAnotherQueueFirst() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    Instant from = NINE.plusMillis(200);
    queue.agent(id("ann"), new Standing(Traits.NONE, 1, NINE, 0, Duration.ZERO, from));
    comes(queue, "call-1", 5);

    assertThat(queue.next(NINE)).isEmpty();
    assertThat(queue.nextChange(NINE)).isEqualTo(from);
    assertThat(names(queue.next(from))).containsExactly("ann");
    assertThat(queue.nextChange(from)).isNull();
  }

  @Test
  void shouldServeTheHigherPriorityFirst() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 10);
    put(queue, "low", Wants.ANYBODY, 40, 600);
    put(queue, "high", Wants.ANYBODY, 60, 1);

    assertThat(handOut(queue)).containsExactly("high ann");
  }

  /** Ageing adds 30 over the first minute: after 40 s a caller of 40 overtakes new ones of 60. */
  @Test
  void shouldLetALowPriorityOvertakeAsItAges() {
    Ageing ageing =
        new Ageing(
            List.of(
                new Ageing.Point(Duration.ZERO, 0), new Ageing.Point(Duration.ofMinutes(1), 30)));
    Matcher<String> queue = queue(rule(Strategy.LONGEST_IDLE, List.of(), ageing));
    put(queue, "low", Wants.ANYBODY, 40, 39);
    put(queue, "high", Wants.ANYBODY, 60, 0);
    assertThat(queue.first(NINE)).contains("high");
    queue.remove("high");

    Instant later = NINE.plusSeconds(1);
    queue.put(new Waiter<>("high-2", Wants.ANYBODY, 60, later, null, Set.of()));
    free(queue, "ann", 10);
    Match<String> match = queue.next(later).orElseThrow();
    assertThat(match.waiter().id()).isEqualTo("low");
    assertThat(match.decision().priority()).isEqualTo(60.0);
    assertThat(queue.nextChange(later)).isEqualTo(later);
  }

  @Test
  void shouldWaitForTheLastAgentForAWhile() {
    Matcher<String> queue = queue(Strategy.LAST_AGENT);
    free(queue, "bob", 10);
    queue.agent(id("ann"), standing(Traits.NONE, 0, 0));
    queue.put(new Waiter<>("call-1", Wants.ANYBODY, 50, NINE, id("ann"), Set.of()));

    assertThat(queue.next(NINE)).isEmpty();
    assertThat(queue.nextChange(NINE)).isEqualTo(NINE.plusSeconds(30));
    assertThat(names(queue.next(NINE.plusSeconds(30)))).containsExactly("bob");
  }

  @Test
  void shouldTakeTheLastAgentWhenItGetsFree() {
    Matcher<String> queue = queue(Strategy.LAST_AGENT);
    free(queue, "bob", 10);
    queue.agent(id("ann"), standing(Traits.NONE, 0, 0));
    queue.put(new Waiter<>("call-1", Wants.ANYBODY, 50, NINE, id("ann"), Set.of()));
    assertThat(queue.next(NINE.plusSeconds(10))).isEmpty();

    free(queue, "ann", 0);
    Match<String> match = queue.next(NINE.plusSeconds(10)).orElseThrow();
    assertThat(match.agents()).containsExactly(id("ann"));
    assertThat(match.decision().excluded()).isEqualTo(Map.of("sticky", 1));
  }

  @Test
  void shouldNotWaitForALastAgentWhoCannotServe() {
    Matcher<String> queue = queue(Strategy.LAST_AGENT);
    queue.agent(id("bob"), standing(traits("es", 9), 1, 10));
    queue.put(new Waiter<>("call-1", SPANISH, 50, NINE, id("ann"), Set.of()));
    assertThat(names(queue.next(NINE))).as("not known").containsExactly("bob");

    queue.agent(id("ann"), standing(traits("es", 9), 0, 0));
    assertThat(queue.next(NINE)).as("known by now").isEmpty();

    queue.agent(id("ann"), standing(traits("es", 1), 0, 0));
    assertThat(names(queue.next(NINE))).as("cannot").containsExactly("bob");

    queue.agent(id("ann"), standing(traits("es", 9), 0, 0));
    assertThat(queue.next(NINE)).as("can again").isEmpty();
    queue.forget(id("ann"));
    assertThat(names(queue.next(NINE))).as("gone").containsExactly("bob");

    free(queue, "ann", 0);
    queue.put(new Waiter<>("call-1", SPANISH, 50, NINE, id("ann"), Set.of(id("ann"))));
    assertThat(names(queue.next(NINE))).as("did not answer").containsExactly("bob");
  }

  @Test
  void shouldRingSeveralPhonesAndOneMoreLater() {
    Matcher<String> queue = queue(Strategy.RING_ALL);
    free(queue, "ann", 10);
    free(queue, "bob", 20);
    comes(queue, "call-1", 5);
    Match<String> match = queue.next(NINE).orElseThrow();
    assertThat(match.agents()).containsExactly(id("bob"), id("ann"));

    queue.remove("call-1");
    match.agents().forEach(queue::asked);
    Set<AgentId> ringing = new HashSet<>(match.agents());
    assertThat(queue.another(match.waiter(), ringing, NINE)).isEmpty();
    free(queue, "carl", 1);
    assertThat(queue.another(match.waiter(), ringing, NINE)).contains(id("carl"));
    ringing.add(id("carl"));
    free(queue, "dora", 1);
    assertThat(queue.another(match.waiter(), ringing, NINE)).as("at most three").isEmpty();
  }

  @Test
  void shouldRingOneMorePhoneAtATime() {
    Matcher<String> queue = queue(Strategy.RING_PROGRESSIVELY);
    free(queue, "ann", 10);
    free(queue, "bob", 20);
    comes(queue, "call-1", 5);
    Match<String> match = queue.next(NINE).orElseThrow();
    assertThat(match.agents()).containsExactly(id("bob"));

    queue.asked(id("bob"));
    assertThat(queue.another(match.waiter(), Set.of(id("bob")), NINE)).contains(id("ann"));
  }

  @Test
  void shouldRingNoSecondPhoneWhereOneRings() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 10);
    Waiter<String> waiter = new Waiter<>("call-1", Wants.ANYBODY, 50, NINE, null, Set.of());

    assertThat(queue.another(waiter, Set.of(), NINE)).isEmpty();
  }
}
