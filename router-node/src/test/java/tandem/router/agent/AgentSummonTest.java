package tandem.router.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.RING;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.WRAP_UP;
import static tandem.router.kit.Given.call;
import static tandem.router.kit.Given.contact;
import static tandem.router.kit.Given.offer;
import static tandem.router.kit.Given.profile;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.router.agent.Agent.DeclineReason;
import tandem.router.agent.Agent.Standing;
import tandem.router.call.Call;
import tandem.router.domain.Presence;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.AgentView;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.HandPlans;
import tandem.router.kit.Played;
import tandem.router.queue.Queue;

class AgentSummonTest {
  private final HandClock clock = new HandClock();
  private final Played<Agent.Command, Agent.Event, AgentState> ann =
      new Played<>(clock, () -> new AgentLogic(ANN, AgentTimings.DEFAULT, Plans.NONE));

  // Whether it comes.

  @Test
  void shouldComeWhenACallAsksAndBeTakenForItsQueues() {
    ready(1);

    ann.take(colleague(1)).assertPersisted(Agent.Summoned.class);

    assertThat(ann.told(Call.AgentComes.class, new ToCall(call(1))))
        .containsExactly(new Call.AgentComes(offer(1), ANN, contact(ANN)));
    assertThat(ann.toldOne(Queue.Announce.class).now().free()).isZero();
    assertThat(view().offers())
        .containsExactly(
            new AgentView.OfferView(offer(1), call(1), OfferState.RESERVED, clock.now()));
    ann.take(reserve(2));
    assertThat(ann.toldOne(Queue.Declined.class).reason()).isEqualTo(DeclineReason.AT_CAPACITY);
  }

  @Test
  void shouldSayAgainThatItComesWithoutPersisting() {
    ready(1);
    Agent.Summon summon = colleague(1);
    ann.take(summon);
    clock.advance(Duration.ofSeconds(10));

    ann.take(summon).assertPersisted();

    ann.toldOne(Call.AgentComes.class);
    ann.restart();
    ann.take(summon).assertPersisted();
    ann.toldOne(Call.AgentComes.class);
  }

  @Test
  void shouldStayAwayFromWhatIsOver() {
    ready(1);
    ann.take(colleague(1)).take(verdict(1, Standing.RELEASED, ReleaseReason.CALLER_GONE));

    assertStaysAway(colleague(1), DeclineReason.OVER);
    ann.restart();
    assertStaysAway(colleague(1), DeclineReason.OVER);
  }

  @Test
  void shouldStayAwayWhenItIsAskedTooLate() {
    ready(1);
    Agent.Summon late = colleague(1);
    clock.advance(Duration.ofSeconds(6));

    assertStaysAway(late, DeclineReason.TOO_LATE);
  }

  @Test
  void shouldStayAwayWhenNobodyHasMadeIt() {
    assertStaysAway(own(1), DeclineReason.NO_SUCH_AGENT);
    assertThat(ann.isFinished()).as("need not stay for that").isTrue();
  }

  @Test
  void shouldStayAwayWhenOfflineOrFull() {
    save(1);
    assertStaysAway(colleague(1), DeclineReason.OFFLINE);
    assertStaysAway(own(1), DeclineReason.OFFLINE);
    presence(Presence.READY);
    ann.take(colleague(2));
    assertStaysAway(colleague(1), DeclineReason.AT_CAPACITY);
    assertStaysAway(own(1), DeclineReason.AT_CAPACITY);
  }

  @Test
  void shouldComeOnABreakOnlyForItself() {
    save(1);
    presence(Presence.NOT_READY);

    assertStaysAway(colleague(1), DeclineReason.NOT_READY);

    ann.take(own(1)).assertPersisted(Agent.Summoned.class);
    ann.toldOne(Call.AgentComes.class);
    assertThat(view().presence()).isEqualTo(Presence.NOT_READY);
  }

  @Test
  void shouldComeWhileItRestsSinceSomebodyWantsThisVeryAgent() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.RELEASED, ReleaseReason.BUSY));
    assertThat(view().available()).isFalse();

    ann.take(colleague(2)).assertPersisted(Agent.Summoned.class);
  }

  @Test
  void shouldEndItsWrapUpForItselfOnly() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.OVER, null));
    assertStaysAway(colleague(2), DeclineReason.AT_CAPACITY);

    ann.take(own(2)).assertPersisted(Agent.WrapUpEnded.class, Agent.Summoned.class);

    assertThat(view().offers()).extracting(AgentView.OfferView::offer).containsExactly(offer(2));
  }

  @Test
  void shouldNotEndAWrapUpForNothing() {
    ready(2);
    ann.take(reserve(1)).take(verdict(1, Standing.OVER, null));
    Agent.Summon late = own(3);

    ann.take(own(2)).assertPersisted(Agent.Summoned.class);

    assertThat(view().offers()).as("there was room beside it").hasSize(2);
    clock.advance(Duration.ofSeconds(6));
    assertStaysAway(late, DeclineReason.TOO_LATE);
    presence(Presence.OFFLINE);
    assertStaysAway(own(3), DeclineReason.OFFLINE);
    assertThat(view().offers()).hasSize(2);
  }

  @Test
  void shouldComeWhileItsQueuesAreNotKnownYet() {
    HandPlans plans = new HandPlans();
    var cho = new Played<>(clock, () -> new AgentLogic(ANN, AgentTimings.DEFAULT, plans));
    cho.take(new Agent.Save(profile(ANN, 1, SUPPORT), false, null));
    cho.take(new Agent.SetPresence(Presence.READY, null, null));
    plans.notLoaded();
    cho.restart();

    cho.take(colleague(1)).assertPersisted(Agent.Summoned.class);
  }

  // How it ends.

  @ParameterizedTest
  @EnumSource(ReleaseReason.class)
  void shouldBeAsBeforeWhenItComesToNothing(ReleaseReason why) {
    ready(1);
    var idleSince = view().idleSince();
    clock.advance(Duration.ofSeconds(20));
    for (Agent.Summon summon : List.of(colleague(1), own(2), listening(3))) {
      ann.take(summon);
      var verdict = new Agent.Verdict(summon.offer(), summon.call(), Standing.RELEASED, why);

      ann.take(verdict).assertPersisted(Agent.Released.class);

      assertThat(ann.toldOne(Call.Heard.class).key()).isEqualTo(verdict.key());
      assertThat(view().presence()).isEqualTo(Presence.READY);
      assertThat(view().available()).as("after %s", summon).isTrue();
      assertThat(view().idleSince()).isEqualTo(idleSince);
    }
  }

  @Test
  void shouldCountATalkAndWrapItUp() {
    ready(1);
    ann.take(colleague(1)).take(verdict(1, Standing.CONNECTED, null));
    ann.assertPersisted(Agent.TalkStarted.class);
    clock.advance(Duration.ofSeconds(40));

    ann.take(verdict(1, Standing.OVER, null)).assertPersisted(Agent.WrapUpStarted.class);

    assertThat(ann.state().calls()).isEqualTo(1);
    assertThat(ann.state().talk()).isEqualTo(Duration.ofSeconds(40));
    ann.advance(WRAP_UP).assertPersisted(Agent.WrapUpEnded.class);
    assertThat(view().idleSince()).isEqualTo(clock.now());
  }

  @Test
  void shouldNotCountThatItOnlyListened() {
    ready(1);
    var idleSince = view().idleSince();
    ann.take(listening(1)).take(verdict(1, Standing.CONNECTED, null));
    clock.advance(Duration.ofSeconds(40));

    ann.take(verdict(1, Standing.OVER, null)).assertPersisted(Agent.WrapUpEnded.class);

    assertThat(ann.state().calls()).isZero();
    assertThat(ann.state().talk()).isZero();
    assertThat(view().idleSince()).isEqualTo(idleSince);
    assertThat(view().available()).isTrue();
  }

  // Questions.

  @Test
  void shouldAskTheCallWithoutNamingAQueue() {
    ready(1);
    ann.take(colleague(1));

    ann.advance(Duration.ofMillis(2100));
    assertThat(ann.told(Call.AboutOffer.class, new ToCall(call(1))))
        .containsExactly(new Call.AboutOffer(offer(1), ANN, null, 0));

    clock.advance(Duration.ofSeconds(3));
    ann.restart();
    ann.toldOne(Call.AboutOffer.class);
  }

  @Test
  void shouldTellTheCallWhenItNoLongerWantsToCome() {
    ready(1);
    ann.take(colleague(1));

    presence(Presence.NOT_READY);

    assertThat(ann.toldOne(Call.Withdrawn.class))
        .isEqualTo(new Call.Withdrawn(offer(1), ANN, null, 0));
    assertThat(view().offers()).as("only the call ends it").hasSize(1);
  }

  @Test
  void shouldWithdrawFromItsOwnOnlyWhenItSignsOut() {
    ready(1);
    ann.take(own(1));
    presence(Presence.NOT_READY);
    ann.assertNothingTold(Call.Withdrawn.class);
    ann.advance(Duration.ofSeconds(5)).assertNothingTold(Call.Withdrawn.class);

    presence(Presence.OFFLINE);

    ann.toldOne(Call.Withdrawn.class);
  }

  @Test
  void shouldRememberAllThatMattersAcrossARestart() {
    ready(3);
    ann.take(own(1)).take(listening(2)).take(colleague(3));
    ann.take(verdict(1, Standing.CONNECTED, null)).take(verdict(2, Standing.CONNECTED, null));
    AgentState before = ann.state();

    ann.restart();

    assertThat(ann.state()).isEqualTo(before);
  }

  private void save(int capacity) {
    ann.take(new Agent.Save(profile(ANN, capacity, SUPPORT), false, null));
  }

  private void ready(int capacity) {
    save(capacity);
    presence(Presence.READY);
  }

  private void presence(Presence presence) {
    ann.take(new Agent.SetPresence(presence, null, null));
  }

  private Agent.Summon colleague(int n) {
    return summon(n, false, false, WRAP_UP);
  }

  private Agent.Summon own(int n) {
    return summon(n, true, false, WRAP_UP);
  }

  private Agent.Summon listening(int n) {
    return summon(n, true, true, Duration.ZERO);
  }

  private Agent.Summon summon(int n, boolean own, boolean listens, Duration wrapUp) {
    return new Agent.Summon(
        offer(n), call(n), RING, wrapUp, clock.now().plusSeconds(5), own, listens);
  }

  private Agent.Reserve reserve(int n) {
    return Given.reserve(offer(n), call(n), SUPPORT, RING, WRAP_UP, clock.now().plusSeconds(5));
  }

  private static Agent.Verdict verdict(int n, Standing standing, ReleaseReason why) {
    return new Agent.Verdict(offer(n), call(n), standing, why);
  }

  private void assertStaysAway(Agent.Summon summon, DeclineReason why) {
    ann.take(summon).assertPersisted();
    assertThat(ann.told(Call.AgentStaysAway.class, new ToCall(summon.call())))
        .containsExactly(new Call.AgentStaysAway(summon.offer(), ANN, why));
    ann.assertNothingTold(Call.AgentComes.class);
  }

  private AgentView view() {
    return ann.state().view(ANN, ann.state().profile(), clock.now());
  }
}
