package tandem.router.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.RING;
import static tandem.router.kit.Given.SALES;
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
import tandem.router.directory.Directory;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.ReleaseReason.AfterRelease;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Address.ToCall;
import tandem.router.entity.Address.ToQueue;
import tandem.router.feed.AgentView;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.queue.Queue;

class AgentLogicTest {
  private static final OfferId OFFER = offer(1);

  private final HandClock clock = new HandClock();
  private final Played<Agent.Command, Agent.Event, AgentState> ann =
      new Played<>(clock, () -> new AgentLogic(ANN, AgentTimings.DEFAULT, Plans.NONE));

  // Granting.

  @Test
  void shouldGrantAReserveAndTellTheCallWhereToRing() {
    ready(1);

    ann.take(reserve(1)).assertPersisted(Agent.Reserved.class);

    assertThat(ann.toldOne(Queue.Granted.class).now().free()).isZero();
    assertThat(ann.toldOne(Call.AgentReserved.class))
        .isEqualTo(Given.reserved(OFFER, ANN, SUPPORT, 1, contact(ANN), RING));
  }

  @Test
  void shouldGrantARepeatAgainWithoutPersisting() {
    ready(1);
    ann.take(reserve(1));

    ann.take(reserve(1)).assertPersisted();

    ann.toldOne(Queue.Granted.class);
    ann.toldOne(Call.AgentReserved.class);
  }

  @Test
  void shouldGrantARepeatThatComesAfterItsTimeSinceTheOfferIsItsOwn() {
    ready(1);
    ann.take(reserve(1));
    Agent.Reserve late = reserve(1);
    clock.advance(Duration.ofSeconds(10));

    ann.take(late);

    ann.toldOne(Queue.Granted.class);
  }

  @Test
  void shouldDeclineWhatIsOver() {
    ready(1);
    ann.take(reserve(1)).take(released(ReleaseReason.CALLER_GONE));

    assertDeclined(reserve(1), DeclineReason.OVER);
  }

  @Test
  void shouldDeclineWhatComesTooLate() {
    ready(1);
    Agent.Reserve late = reserve(1);
    clock.advance(Duration.ofSeconds(6));

    assertDeclined(late, DeclineReason.TOO_LATE);
  }

  @Test
  void shouldDeclineWhenItWasNeverMade() {
    assertDeclined(reserve(1), DeclineReason.NOT_A_MEMBER);
  }

  @Test
  void shouldDeclineAQueueItIsNoMemberOf() {
    ready(1);

    ann.take(reserve(1, SALES));

    Queue.Declined declined = ann.toldOne(Queue.Declined.class);
    assertThat(declined.reason()).isEqualTo(DeclineReason.NOT_A_MEMBER);
    assertThat(declined.now().member()).isFalse();
  }

  @Test
  void shouldDeclineWhenOfflineOrNotReadyOrFull() {
    save(1);
    assertDeclined(reserve(1), DeclineReason.OFFLINE);
    presence(Presence.NOT_READY);
    assertDeclined(reserve(1), DeclineReason.NOT_READY);
    presence(Presence.READY);
    ann.take(reserve(1));
    assertDeclined(reserve(2), DeclineReason.AT_CAPACITY);
  }

  @Test
  void shouldTakeTwoCallsAtOnceWithACapacityOfTwo() {
    ready(2);
    ann.take(reserve(1));
    assertThat(ann.toldOne(Queue.Granted.class).now().free()).isEqualTo(1);

    ann.take(reserve(2)).assertPersisted(Agent.Reserved.class);

    assertDeclined(reserve(3), DeclineReason.AT_CAPACITY);
    ann.take(verdict(1, Standing.CONNECTED, null));
    assertThat(view().offers())
        .extracting(AgentView.OfferView::state)
        .containsExactly(OfferState.TALKING, OfferState.RESERVED);
  }

  // How an offer ends.

  @ParameterizedTest
  @EnumSource(ReleaseReason.class)
  void shouldBecomeWhatTheReasonOfTheReleaseSays(ReleaseReason why) {
    ready(1);
    var idleSince = view().idleSince();
    clock.advance(Duration.ofSeconds(20));
    ann.take(reserve(1));

    ann.take(released(why));

    assertThat(view().offers()).isEmpty();
    assertThat(view().idleSince()).as("a failed offer costs no place").isEqualTo(idleSince);
    assertThat(view().presence())
        .isEqualTo(why.after() == AfterRelease.NOT_READY ? Presence.NOT_READY : Presence.READY);
    assertThat(view().available()).isEqualTo(why.after() == AfterRelease.AS_BEFORE);
  }

  @Test
  void shouldBecomeNotReadyForRonaWhenItsPhoneRangToTheEnd() {
    ready(1);
    ann.take(reserve(1));

    ann.take(released(ReleaseReason.NO_ANSWER))
        .assertPersisted(Agent.Released.class, Agent.PresenceSet.class);

    assertThat(view().reason()).isEqualTo("RONA");
  }

  @Test
  void shouldStayAsTheAgentWantedWhenTheReleaseComesAfterABreakBegan() {
    ready(1);
    ann.take(reserve(1));
    ann.take(new Agent.SetPresence(Presence.NOT_READY, "lunch", null));

    ann.take(released(ReleaseReason.NO_ANSWER)).assertPersisted(Agent.Released.class);

    assertThat(view().reason()).isEqualTo("lunch");
  }

  @Test
  void shouldRestFiveSecondsAfterABusyPhoneAndAnnounceItselfThen() {
    ready(1);
    assertThat(ann.take(reserve(1)).toldOne(Queue.Granted.class).now().free()).isZero();
    ann.take(released(ReleaseReason.BUSY)).assertNothingTold(Queue.Announce.class);
    assertDeclined(reserve(2), DeclineReason.RESTING);

    ann.advance(Duration.ofSeconds(5));

    assertThat(ann.toldOne(Queue.Announce.class).now().free()).isEqualTo(1);
    ann.take(reserve(3)).assertPersisted(Agent.Reserved.class);
  }

  @Test
  void shouldEndItsRestWhenTheAgentSaysReadyAgain() {
    ready(1);
    ann.take(reserve(1)).take(released(ReleaseReason.BUSY));
    presence(Presence.NOT_READY);
    presence(Presence.READY);

    ann.take(reserve(2)).assertPersisted(Agent.Reserved.class);
  }

  @Test
  void shouldWrapUpAfterTheTalkAndBeIdleFromItsEnd() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.CONNECTED, null));
    ann.assertPersisted(Agent.TalkStarted.class);
    ann.take(verdict(1, Standing.OVER, null)).assertPersisted(Agent.WrapUpStarted.class);
    assertDeclined(reserve(2), DeclineReason.AT_CAPACITY);

    ann.advance(WRAP_UP).assertPersisted(Agent.WrapUpEnded.class);

    assertThat(view().idleSince()).isEqualTo(clock.now());
    assertThat(ann.take(new Agent.AnnounceTo(SUPPORT)).toldOne(Queue.Announce.class).now().free())
        .isEqualTo(1);
  }

  @Test
  void shouldEndTheWrapUpWhenTheAgentSaysReady() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.CONNECTED, null));
    ann.take(verdict(1, Standing.OVER, null));

    presence(Presence.READY);

    ann.assertPersisted(Agent.WrapUpEnded.class);
    assertThat(view().available()).isTrue();
  }

  @Test
  void shouldEndAWrapUpThatRanOutWhileItWasDown() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.OVER, null));
    clock.advance(Duration.ofMinutes(1));

    ann.restart().assertPersisted(Agent.WrapUpEnded.class);
  }

  @Test
  void shouldNotWrapUpWhereTheQueueWantsNone() {
    ready(1);
    ann.take(Given.reserve(OFFER, CALL, SUPPORT, RING, Duration.ZERO, clock.now().plusSeconds(5)));

    ann.take(verdict(1, Standing.OVER, null))
        .assertPersisted(Agent.TalkStarted.class, Agent.WrapUpEnded.class);
  }

  @Test
  void shouldTakeAVerdictOnceAndAcknowledgeItAlways() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.OVER, null));

    ann.take(verdict(1, Standing.OVER, null)).assertPersisted();
    assertThat(ann.toldOne(Call.Heard.class).key())
        .isEqualTo(verdict(1, Standing.OVER, null).key());
    // Old words about an offer that has gone on change nothing.
    ann.take(verdict(1, Standing.CONNECTED, null)).assertPersisted();
    ann.take(released(ReleaseReason.NO_ANSWER)).assertPersisted();
    ann.toldOne(Call.Heard.class);
  }

  // Questions: no timer frees a reservation.

  @Test
  void shouldAskTheCallFromTwoSecondsOnTwiceASecond() {
    ready(1);
    ann.take(reserve(1));

    ann.advance(Duration.ofMillis(1900)).assertNothingTold(Call.AboutOffer.class);
    ann.advance(Duration.ofMillis(1200));
    assertThat(ann.told(Call.AboutOffer.class, new ToCall(CALL)))
        .hasSize(3)
        .containsOnly(new Call.AboutOffer(OFFER, ANN, SUPPORT, 1));
  }

  @Test
  void shouldHoldAReservationForEverWhileNobodyAnswers() {
    ready(1);
    ann.take(reserve(1));

    ann.advance(Duration.ofMinutes(5)).assertPersisted();

    assertThat(view().offers()).hasSize(1);
  }

  @Test
  void shouldAskLessOftenOnceTheCallSaidThatItHasTheOffer() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.HELD, null));
    ann.assertNothingTold(Call.Heard.class);

    ann.advance(Duration.ofSeconds(9));

    assertThat(ann.told(Call.AboutOffer.class)).hasSizeBetween(2, 3);
  }

  @Test
  void shouldAskEveryThirtySecondsWhileTalking() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.CONNECTED, null));

    ann.advance(Duration.ofMinutes(2));

    assertThat(ann.told(Call.AboutOffer.class)).hasSizeBetween(3, 5);
  }

  @Test
  void shouldAskAtOnceAfterARecovery() {
    ready(1);
    ann.take(reserve(1));
    clock.advance(Duration.ofSeconds(3));

    ann.restart();

    assertThat(ann.told(Call.AboutOffer.class, new ToCall(CALL))).hasSize(1);
    ann.advance(Duration.ofMillis(500));
    assertThat(ann.told(Call.AboutOffer.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Presence.class,
      names = {"OFFLINE", "NOT_READY"})
  void shouldTellTheCallAtOnceThatItNoLongerWantsTheOffer(Presence presence) {
    ready(1);
    ann.take(reserve(1));

    presence(presence);

    assertThat(ann.toldOne(Call.Withdrawn.class))
        .isEqualTo(new Call.Withdrawn(OFFER, ANN, SUPPORT, 1));
    assertThat(view().offers()).as("only the call ends it").hasSize(1);
    ann.advance(Duration.ofMillis(1100));
    assertThat(ann.told(Call.Withdrawn.class)).as("until it is answered").hasSize(2);
    ann.take(released(ReleaseReason.WITHDRAWN)).assertPersisted(Agent.Released.class);
    assertThat(view().presence()).isEqualTo(presence);
  }

  @Test
  void shouldNotWithdrawFromATalk() {
    ready(1);
    ann.take(reserve(1)).take(verdict(1, Standing.CONNECTED, null));

    presence(Presence.OFFLINE);

    ann.assertNothingTold(Call.Withdrawn.class);
    assertThat(view().offers()).hasSize(1);
  }

  // Announcements, and the directory.

  @Test
  void shouldAnnounceItselfToItsQueuesWhenSomethingChangedAndNowAndThen() {
    save(1, SUPPORT, SALES);
    assertThat(ann.told(Queue.Announce.class)).hasSize(2);
    presence(Presence.READY);
    assertThat(ann.told(Queue.Announce.class, new ToQueue(SALES)))
        .singleElement()
        .satisfies(said -> assertThat(said.now().free()).isEqualTo(1));

    ann.advance(Duration.ofSeconds(29)).assertNothingTold(Queue.Announce.class);
    ann.advance(Duration.ofSeconds(8));
    assertThat(ann.told(Queue.Announce.class)).hasSize(2);
  }

  @Test
  void shouldTellAQueueThatItHasLeft() {
    save(1, SUPPORT, SALES);

    save(1, SUPPORT);

    assertThat(ann.told(Queue.Announce.class, new ToQueue(SALES)))
        .singleElement()
        .satisfies(said -> assertThat(said.now().member()).isFalse());
  }

  @Test
  void shouldTellAQueueNowAndThenThatItHasLeft() {
    save(1, SUPPORT, SALES);
    save(1, SUPPORT);

    ann.advance(Duration.ofSeconds(37));

    assertThat(ann.told(Queue.Announce.class, new ToQueue(SALES)))
        .isNotEmpty()
        .allSatisfy(said -> assertThat(said.now().member()).isFalse());
  }

  @Test
  void shouldAnnounceGrowingVersions() {
    ready(1);
    long before = ann.toldOne(Queue.Announce.class).now().version();
    ann.take(reserve(1));
    assertThat(ann.toldOne(Queue.Granted.class).now().version()).isGreaterThan(before);
  }

  @Test
  void shouldNotTellAQueueWhatItKnows() {
    save(1, SUPPORT, SALES);
    presence(Presence.READY);

    ann.take(reserve(1));
    assertThat(ann.told(Queue.Announce.class, new ToQueue(SUPPORT)))
        .as("the grant has told it")
        .isEmpty();
    assertThat(ann.told(Queue.Announce.class, new ToQueue(SALES)))
        .singleElement()
        .satisfies(said -> assertThat(said.now().free()).isZero());

    ann.take(verdict(1, Standing.CONNECTED, null)).assertPersisted(Agent.TalkStarted.class);
    ann.assertNothingTold(Queue.Announce.class);
  }

  @Test
  void shouldListItselfUntilTheDirectoryHasHeard() {
    save(1);
    ann.toldOne(Directory.Register.class);
    ann.advance(Duration.ofSeconds(2));
    assertThat(ann.told(Directory.Register.class)).isNotEmpty();

    ann.take(new Agent.Heard("register"));
    ann.advance(Duration.ofMinutes(1)).assertNothingTold(Directory.Register.class);
  }

  @Test
  void shouldAnswerWhoAsksForAnAgentThatIsNotThere() {
    assertThat(ann.take(new Agent.Get(null)).replied(Agent.GetReply.class).view()).isNull();
    ann.take(new Agent.SetPresence(Presence.READY, null, null)).assertPersisted();
    assertThat(ann.replied(Agent.PresenceReply.class)).isEqualTo(Agent.NoSuchAgent.NO_SUCH_AGENT);
    assertThat(ann.isFinished()).as("need not stay for that").isTrue();
  }

  @Test
  void shouldRefuseToMakeAnAgentTwice() {
    save(1);
    ann.take(new Agent.Save(profile(ANN, 2, SUPPORT), true, null)).assertPersisted();
    assertThat(ann.replied(Agent.SaveReply.class)).isEqualTo(Agent.AlreadyExists.ALREADY_EXISTS);
    assertThat(ann.isFinished()).isFalse();
  }

  @Test
  void shouldRememberAllThatMattersAcrossARestart() {
    ready(2);
    ann.take(reserve(1)).take(released(ReleaseReason.BUSY));
    presence(Presence.NOT_READY);
    presence(Presence.READY);
    ann.take(reserve(2)).take(verdict(2, Standing.CONNECTED, null));
    AgentState before = ann.state();

    ann.restart();

    assertThat(ann.state()).isEqualTo(before);
  }

  private void save(int capacity, QueueId... queues) {
    ann.take(
        new Agent.Save(
            profile(ANN, capacity, queues.length == 0 ? new QueueId[] {SUPPORT} : queues),
            false,
            null));
  }

  private void ready(int capacity) {
    save(capacity);
    presence(Presence.READY);
  }

  private void presence(Presence presence) {
    ann.take(new Agent.SetPresence(presence, null, null));
  }

  private Agent.Reserve reserve(int n) {
    return reserve(n, SUPPORT);
  }

  private Agent.Reserve reserve(int n, QueueId queue) {
    return Given.reserve(offer(n), call(n), queue, RING, WRAP_UP, clock.now().plusSeconds(5));
  }

  private static Agent.Verdict verdict(int n, Standing standing, ReleaseReason why) {
    return new Agent.Verdict(offer(n), call(n), standing, why);
  }

  private static Agent.Verdict released(ReleaseReason why) {
    return verdict(1, Standing.RELEASED, why);
  }

  private void assertDeclined(Agent.Reserve reserve, DeclineReason reason) {
    ann.take(reserve).assertPersisted();
    assertThat(ann.toldOne(Queue.Declined.class).reason()).isEqualTo(reason);
    assertThat(ann.told(Call.AgentReserved.class)).isEqualTo(List.of());
  }

  private AgentView view() {
    return ann.state().view(ANN, ann.state().profile(), clock.now());
  }
}
