package tandem.router.domain.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.router.domain.select.QueueExample.NINE;
import static tandem.router.domain.select.QueueExample.SPANISH;
import static tandem.router.domain.select.QueueExample.comes;
import static tandem.router.domain.select.QueueExample.forAgent;
import static tandem.router.domain.select.QueueExample.free;
import static tandem.router.domain.select.QueueExample.handOut;
import static tandem.router.domain.select.QueueExample.id;
import static tandem.router.domain.select.QueueExample.put;
import static tandem.router.domain.select.QueueExample.queue;
import static tandem.router.domain.select.QueueExample.redThenBlue;
import static tandem.router.domain.select.QueueExample.rule;
import static tandem.router.domain.select.QueueExample.standing;
import static tandem.router.domain.select.QueueExample.team;
import static tandem.router.domain.select.QueueExample.traits;
import static tandem.router.domain.select.QueueExample.wants;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/** Worked examples: a queue at nine o'clock, with agents and callers by name. */
class MatcherTest {

  @Test
  void shouldBringTheLongestWaitingAndTheLongestIdleTogether() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 10);
    free(queue, "bob", 20);
    comes(queue, "call-2", 5);
    comes(queue, "call-1", 9);

    assertThat(queue.first(NINE)).contains("call-1");
    assertThat(handOut(queue)).containsExactly("call-1 bob", "call-2 ann");
    assertThat(queue.waiting()).isZero();
    assertThat(queue.available()).isZero();
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void shouldLookAtWhoIsNextWithoutTakingIt() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 10);
    comes(queue, "call-1", 5);

    assertThat(queue.next(NINE)).isPresent().isEqualTo(queue.next(NINE));
    assertThat(queue.waiting()).isEqualTo(1);
  }

  @Test
  void shouldServeThoseBehindACallerWhomNobodyFits() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 10);
    put(queue, "spanish", SPANISH, 50, 60);
    comes(queue, "anybody", 5);

    assertThat(queue.first(NINE)).contains("spanish");
    assertThat(handOut(queue)).containsExactly("anybody ann");
    assertThat(queue.next(NINE)).isEmpty();

    queue.agent(id("bea"), standing(traits("es", 5), 1, 0));
    assertThat(handOut(queue)).containsExactly("spanish bea");
  }

  @Test
  void shouldSeeThatAnAgentLearnedWhatACallerNeeds() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    queue.agent(id("ann"), standing(traits("es", 4), 1, 10));
    put(queue, "spanish", SPANISH, 50, 60);
    assertThat(queue.next(NINE)).isEmpty();
    assertThat(queue.fitting(SPANISH)).isZero();

    queue.agent(id("ann"), standing(traits("es", 5), 1, 10));
    assertThat(queue.fitting(SPANISH)).isEqualTo(1);
    assertThat(handOut(queue)).containsExactly("spanish ann");
  }

  @Test
  void shouldSeeManyAgentsComeAtOnce() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "zoe", 10);
    put(queue, "spanish", SPANISH, 50, 60);
    assertThat(queue.next(NINE)).isEmpty();

    for (int i = 0; i < 50; i++) {
      free(queue, "agent-" + i, i);
    }
    queue.agent(id("bea"), standing(traits("es", 5), 1, 0));
    assertThat(handOut(queue)).containsExactly("spanish bea");
  }

  @Test
  void shouldTakeThePreferredFirstAndTheOthersNext() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 30);
    queue.agent(id("bea"), standing(traits("vip", 1), 1, 10));
    Wants prefer = wants("", "skill('vip') >= 1");
    put(queue, "call-1", prefer, 50, 9);
    put(queue, "call-2", prefer, 50, 8);

    Decision decision = queue.next(NINE).orElseThrow().decision();
    assertThat(decision.preferred()).isEqualTo(1);
    assertThat(decision.order()).containsExactly("bea", "ann");
    assertThat(handOut(queue)).containsExactly("call-1 bea", "call-2 ann");
  }

  @Test
  void shouldBindARequirementToTheCall() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 30);
    free(queue, "bob", 20);
    put(queue, "call-1", forAgent("bob"), 50, 9);
    put(queue, "call-2", forAgent("carl"), 50, 8);

    assertThat(handOut(queue)).containsExactly("call-1 bob");
    assertThat(queue.next(NINE)).isEmpty();
  }

  @Test
  void shouldTakeARequirementWithoutAResultAsNotMet() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 30);
    Wants level = wants("agent.attributes.level == 'gold'", "");
    put(queue, "call-1", level, 50, 9);

    assertThat(queue.next(NINE)).isEmpty();
    assertThat(queue.fitting(level)).isZero();
  }

  @Test
  void shouldRefuseWhatIsNoExpression() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);

    assertThatThrownBy(() -> put(queue, "call-1", wants("skill(", ""), 50, 9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(queue.waiting()).isZero();
    assertThat(queue.next(NINE)).isEmpty();
  }

  @Test
  void shouldNotGiveACallerAnAgentItMustNotGetAgain() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 30);
    queue.put(new Waiter<>("call-1", Wants.ANYBODY, 50, NINE, null, Set.of(id("ann"))));
    assertThat(queue.next(NINE)).isEmpty();

    free(queue, "bob", 1);
    assertThat(handOut(queue)).containsExactly("call-1 bob");
  }

  @Test
  void shouldReserveNoMoreSlotsThanAnAgentHas() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    queue.agent(id("ann"), standing(Traits.NONE, 2, 10));
    comes(queue, "call-1", 9);
    comes(queue, "call-2", 8);
    comes(queue, "call-3", 7);
    assertThat(handOut(queue)).containsExactly("call-1 ann", "call-2 ann");

    queue.answered(id("ann"));
    assertThat(handOut(queue)).containsExactly("call-3 ann");
  }

  @Test
  void shouldKeepReservesUnderWayWhenAnAgentIsBroughtUpToDate() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    free(queue, "ann", 10);
    queue.asked(id("ann"));
    free(queue, "ann", 10);
    assertThat(queue.available()).isZero();

    queue.answered(id("ann"));
    queue.answered(id("ann"));
    assertThat(queue.available()).isEqualTo(1);
  }

  @Test
  void shouldKeepCallersAndAgentsUnderAnotherRule() {
    Matcher<String> queue = queue(rule(Strategy.LONGEST_IDLE, redThenBlue(), Ageing.NONE));
    queue.agent(id("ann"), standing(team("green"), 1, 10));
    queue.agent(id("bob"), standing(team("green"), 1, 20));
    comes(queue, "call-1", 100);
    assertThat(queue.next(NINE)).isEmpty();

    queue.rule(rule(Strategy.TOP_DOWN, List.of(), Ageing.NONE), 8);
    Match<String> match = queue.next(NINE).orElseThrow();
    assertThat(match.decision().plan()).isEqualTo(8);
    assertThat(match.decision().order()).containsExactly("bob", "ann");
  }

  @Test
  void shouldForgetRequirementsNobodyUsedForLong() {
    Matcher<Integer> queue = new Matcher<>(QueueRule.of(QueueSettings.DEFAULT), "support", 1, 0);
    queue.agent(id("ann"), standing(Traits.NONE, 1, 10));
    for (int i = 0; i < 2 * Fits.KEPT_UNUSED; i++) {
      queue.put(new Waiter<>(1, forAgent("agent-" + i), 50, NINE, null, Set.of()));
      assertThat(queue.next(NINE)).isEmpty();
    }

    assertThat(queue.bitmaps()).isEqualTo(Fits.KEPT_UNUSED + 1);
  }

  @Test
  void shouldTakeAnEarlierTimeAsTheLatestItKnows() {
    Matcher<String> queue = queue(Strategy.LONGEST_IDLE);
    queue.agent(id("ann"), new Standing(Traits.NONE, 1, NINE, 0, Duration.ZERO, NINE));
    comes(queue, "call-1", 5);

    assertThat(queue.next(NINE)).isPresent().isEqualTo(queue.next(NINE.minusSeconds(60)));
  }
}
