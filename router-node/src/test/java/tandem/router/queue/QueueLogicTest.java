package tandem.router.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CHO;
import static tandem.router.kit.Given.RING;
import static tandem.router.kit.Given.SETTINGS;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.WRAP_UP;
import static tandem.router.kit.Given.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.plan.Plans;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.FeedItem;
import tandem.router.feed.QueueView;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.queue.Queue.PlaceStatus;

class QueueLogicTest {
  private final HandClock clock = new HandClock();
  private final Played<Queue.Command, Queue.Event, QueueState> queue =
      new Played<>(clock, () -> new QueueLogic(SUPPORT, QueueTimings.DEFAULT, Plans.NONE));
  private long version;

  QueueLogicTest() {
    queue.take(new Queue.Configure(SETTINGS, true, null));
    queue.take(new Queue.Heard("register"));
  }

  // Order.

  @Test
  void shouldReserveAnAgentForACaller() {
    announce(ANN, 1, clock.now());

    queue.take(enqueue(CALL, 50)).assertPersisted(Queue.CallerQueued.class);

    assertThat(queue.toldOne(Call.Heard.class).key()).isEqualTo("enqueue:1:support");
    Agent.Reserve reserve = queue.toldOne(Agent.Reserve.class);
    assertThat(reserve.call()).isEqualTo(CALL);
    assertThat(reserve.ringTimeout()).isEqualTo(RING);
    assertThat(reserve.wrapUp()).isEqualTo(WRAP_UP);
    assertThat(reserve.notAfter()).isEqualTo(clock.now().plusSeconds(5));
  }

  @Test
  void shouldServeByPriorityThenArrivalThenId() {
    Instant early = clock.now();
    queue.take(Given.enqueue(call(4), 1, 50, early.plusSeconds(1)));
    queue.take(Given.enqueue(call(3), 1, 50, early));
    queue.take(Given.enqueue(call(2), 1, 50, early));
    queue.take(Given.enqueue(call(1), 1, 80, early.plusSeconds(9)));

    announce(ANN, 4, early);

    assertThat(queue.told(Agent.Reserve.class))
        .extracting(Agent.Reserve::call)
        .containsExactly(call(1), call(2), call(3), call(4));
  }

  @Test
  void shouldPickWhoIsIdleLongestAndTheLowerIdOnATie() {
    announce(CHO, 1, clock.now().minusSeconds(10));
    announce(BOB, 1, clock.now().minusSeconds(30));
    announce(ANN, 1, clock.now().minusSeconds(10));

    assertThat(List.of(reserved(1), reserved(2), reserved(3))).containsExactly(BOB, ANN, CHO);
  }

  @Test
  void shouldGoRoundFromTheAgentReservedLast() {
    queue.take(
        new Queue.Configure(new QueueSettings(Strategy.ROUND_ROBIN, RING, WRAP_UP), false, null));
    announce(ANN, 2, clock.now());
    announce(BOB, 2, clock.now());
    announce(CHO, 2, clock.now());

    assertThat(List.of(reserved(1), reserved(2), reserved(3), reserved(4)))
        .containsExactly(ANN, BOB, CHO, ANN);
  }

  @Test
  void shouldLeaveAnAgentWhoseClockIsAheadAloneForAMoment() {
    announce(ANN, 1, clock.now());
    Agent.Reserve reserve = reserve(call(1));

    queue.take(
        new Queue.Declined(
            reserve.offer(), call(1), ANN, Agent.DeclineReason.TOO_LATE, announcement(1)));
    queue.assertNothingTold(Agent.Reserve.class).assertNothingTold(Agent.AnnounceTo.class);

    queue.advance(QueueTimings.DEFAULT.askPlace());
    queue.assertNothingTold(Agent.Reserve.class);
    queue.toldOne(Agent.AnnounceTo.class);
    announce(ANN, 1, clock.now());
    queue.toldOne(Agent.Reserve.class);
  }

  @Test
  void shouldNotReserveAnAgentForMoreThanItsFreeSlots() {
    announce(ANN, 1, clock.now());
    queue.take(enqueue(call(1), 50));
    queue.take(enqueue(call(2), 50)).assertNothingTold(Agent.Reserve.class);

    announce(ANN, 1, clock.now());
    queue.assertNothingTold(Agent.Reserve.class);
  }

  @Test
  void shouldBelieveANewerAnnouncementOverAnOlder() {
    queue.take(new Queue.Announce(ANN, Given.announcement(7, true, 0, clock.now())));
    queue.take(new Queue.Announce(ANN, Given.announcement(6, true, 1, clock.now())));

    queue.take(enqueue(CALL, 50)).assertNothingTold(Agent.Reserve.class);
  }

  // Answers to a reserve.

  @Test
  void shouldTryTheNextAgentWhenOneDeclinesAndRepairItsPicture() {
    announce(ANN, 1, clock.now().minusSeconds(2));
    announce(BOB, 1, clock.now());
    Agent.Reserve first = reserve(CALL);

    queue.take(
        new Queue.Declined(
            first.offer(), CALL, ANN, Agent.DeclineReason.NOT_READY, announcement(0)));

    Agent.Reserve second = queue.toldOne(Agent.Reserve.class);
    assertThat(queue.told(Agent.Reserve.class, new ToAgent(BOB))).containsExactly(second);
    assertThat(second.offer()).isNotEqualTo(first.offer());
    queue.take(enqueue(call(2), 50)).assertNothingTold(Agent.Reserve.class);
  }

  @Test
  void shouldRepeatAReserveTwiceASecondWithTheSameOffer() {
    announce(ANN, 1, clock.now());
    Agent.Reserve first = reserve(CALL);

    queue.advance(Duration.ofMillis(1100));

    assertThat(queue.told(Agent.Reserve.class)).hasSize(2).containsOnly(first);
  }

  @Test
  void shouldNotRepeatWhatWasGranted() {
    announce(ANN, 1, clock.now());
    Agent.Reserve first = reserve(CALL);
    granted(first, ANN);

    queue.advance(Duration.ofSeconds(10)).assertNothingTold(Agent.Reserve.class);
    assertThat(view().offered()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpAnAgentThatDoesNotAnswerAndOfferAnew() {
    announce(ANN, 1, clock.now().minusSeconds(2));
    Agent.Reserve first = reserve(CALL);
    announce(BOB, 1, clock.now());

    queue.advance(Duration.ofSeconds(6));

    assertThat(queue.told(Agent.Reserve.class, new ToAgent(BOB)))
        .isNotEmpty()
        .allSatisfy(second -> assertThat(second.offer()).isNotEqualTo(first.offer()));
    assertThat(queue.told(Agent.AnnounceTo.class, new ToAgent(ANN))).isNotEmpty();
  }

  @Test
  void shouldIgnoreALateAnswerToAnOfferItGaveUp() {
    announce(ANN, 1, clock.now());
    Agent.Reserve first = reserve(CALL);
    queue.advance(Duration.ofSeconds(6));

    granted(first, ANN);
    queue.assertPersisted();

    queue.take(
        new Queue.Declined(first.offer(), CALL, ANN, Agent.DeclineReason.OVER, announcement(1)));
    assertThat(queue.told(Agent.Reserve.class)).hasSize(1);
  }

  // Places: the call alone ends them.

  @Test
  void shouldReserveNobodyForAHeldPlaceAndGoOnWhenItWaitsAgain() {
    queue.take(enqueue(CALL, 50));
    queue.take(Given.place(CALL, 1, 1, PlaceStatus.HELD));
    announce(ANN, 1, clock.now());
    queue.assertNothingTold(Agent.Reserve.class);

    queue.take(Given.place(CALL, 1, 2, PlaceStatus.WAITING));

    assertThat(queue.toldOne(Call.Heard.class).key()).isEqualTo("place:1:support:2:WAITING");
    assertThat(queue.toldOne(Agent.Reserve.class).call()).isEqualTo(CALL);
  }

  @Test
  void shouldIgnoreAnOldWordAboutAPlaceAndOneOfAnotherRound() {
    queue.take(enqueue(CALL, 50));
    queue.take(Given.place(CALL, 1, 5, PlaceStatus.HELD));
    announce(ANN, 1, clock.now());

    queue.take(Given.place(CALL, 1, 4, PlaceStatus.WAITING));
    queue.assertNothingTold(Agent.Reserve.class);
    queue.take(Given.place(CALL, 2, 9, PlaceStatus.WAITING));
    queue.assertNothingTold(Agent.Reserve.class);
    queue.assertNothingTold(Call.Heard.class);
  }

  @Test
  void shouldNotEndAnOfferOnARepeatOfTheWordItAnswered() {
    queue.take(enqueue(CALL, 50));
    queue.take(Given.place(CALL, 1, 1, PlaceStatus.WAITING));
    announce(ANN, 1, clock.now());
    announce(BOB, 1, clock.now());

    queue.take(Given.place(CALL, 1, 1, PlaceStatus.WAITING));

    queue.assertNothingTold(Agent.Reserve.class);
    assertThat(view().offered()).isEqualTo(1);
  }

  @Test
  void shouldOfferAnewWhenTheCallWaitsAgainAfterAnOfferFailed() {
    announce(ANN, 1, clock.now());
    Agent.Reserve first = reserve(CALL);
    granted(first, ANN);
    announce(BOB, 1, clock.now());

    queue.take(Given.place(CALL, 1, 1, PlaceStatus.WAITING));

    assertThat(queue.told(Agent.Reserve.class, new ToAgent(BOB))).hasSize(1);
  }

  @Test
  void shouldEndAPlaceOnceWhenServedOrLeft() {
    queue.take(enqueue(call(1), 50));
    queue.take(enqueue(call(2), 50));
    queue.take(Given.served(call(1), 1, ANN)).assertPersisted(Queue.CallerServed.class);
    queue.take(Given.served(call(1), 1, ANN)).assertPersisted();
    assertThat(queue.toldOne(Call.Heard.class).key()).isEqualTo("served:1:support");
    queue.take(Given.leave(call(2), 1)).assertPersisted(Queue.CallerLeft.class);
    queue.take(Given.leave(call(2), 1)).assertPersisted();
    assertThat(queue.toldOne(Call.Heard.class).key()).isEqualTo("leave:1:support");

    QueueView view = view();
    assertThat(view.waiting()).isZero();
    assertThat(view.served()).isEqualTo(1);
    assertThat(view.abandoned()).isEqualTo(1);
  }

  @Test
  void shouldReplaceALowerRoundAndIgnoreAnOldOne() {
    queue.take(enqueue(CALL, 50));
    queue.take(Given.enqueue(CALL, 2, 80, clock.now())).assertPersisted(Queue.CallerQueued.class);
    queue.take(enqueue(CALL, 50)).assertPersisted();
    queue.take(Given.leave(CALL, 1)).assertPersisted();

    assertThat(view().waiting()).isEqualTo(1);
  }

  @Test
  void shouldFreeTheAgentForOthersWhenTheCallerLeavesBeforeTheGrant() {
    announce(ANN, 1, clock.now());
    reserve(CALL);
    queue.take(enqueue(call(2), 50));

    queue.take(Given.leave(CALL, 1));

    assertThat(queue.toldOne(Agent.Reserve.class).call()).isEqualTo(call(2));
  }

  @Test
  void shouldAskTheCallOfAPlaceThatWasSilentForThirtySeconds() {
    announce(ANN, 1, clock.now());
    Agent.Reserve first = reserve(CALL);
    granted(first, ANN);

    queue.advance(Duration.ofSeconds(29)).assertNothingTold(Call.AboutPlace.class);
    queue.advance(Duration.ofSeconds(12));
    assertThat(queue.told(Call.AboutPlace.class, new ToCall(CALL)))
        .isNotEmpty()
        .containsOnly(new Call.AboutPlace(SUPPORT, 1));
  }

  // Recovery.

  @Test
  void shouldAskCallsAndMembersAfterARecoveryAndReserveNobodyBefore() {
    announce(ANN, 1, clock.now());
    announce(BOB, 0, clock.now());
    Agent.Reserve before = reserve(CALL);

    queue.restart();

    assertThat(queue.told(Call.AboutPlace.class, new ToCall(CALL)))
        .containsExactly(new Call.AboutPlace(SUPPORT, 1));
    assertThat(queue.told(Agent.AnnounceTo.class)).hasSize(2);
    announce(ANN, 1, clock.now());
    queue.assertNothingTold(Agent.Reserve.class);
    queue.take(Given.place(CALL, 1, 0, PlaceStatus.WAITING));
    assertThat(queue.toldOne(Agent.Reserve.class).offer()).isNotEqualTo(before.offer());
  }

  @Test
  void shouldWaitAfterARecoveryForThoseWhoCameFirstButNotForEver() {
    announce(ANN, 0, clock.now());
    queue.take(enqueue(CALL, 80)).take(enqueue(call(2), 50));
    queue.restart();
    announce(ANN, 1, clock.now());

    queue.take(Given.place(call(2), 1, 0, PlaceStatus.WAITING));
    queue.assertNothingTold(Agent.Reserve.class);

    queue.advance(Duration.ofMillis(10_100));
    assertThat(queue.told(Agent.Reserve.class).get(0).call()).isEqualTo(call(2));
  }

  @Test
  void shouldAskAgainEachSecondUntilTheyHaveAnswered() {
    queue.take(enqueue(CALL, 50));
    announce(ANN, 0, clock.now());
    queue.restart();

    queue.advance(Duration.ofMillis(2100));

    assertThat(queue.told(Call.AboutPlace.class)).hasSize(2);
    assertThat(queue.told(Agent.AnnounceTo.class)).hasSize(2);
    queue.take(Given.place(CALL, 1, 0, PlaceStatus.HELD));
    announce(ANN, 0, clock.now());
    queue.advance(Duration.ofSeconds(5)).assertNothingTold(Call.AboutPlace.class);
    queue.assertNothingTold(Agent.AnnounceTo.class);
  }

  @Test
  void shouldRecoverWhenACommandComesBeforeItsWake() {
    queue.take(enqueue(CALL, 50));

    queue.restartWith(enqueue(call(2), 50));

    assertThat(queue.told(Call.AboutPlace.class, new ToCall(CALL))).hasSize(1);
    assertThat(view().waiting()).isEqualTo(2);
  }

  @Test
  void shouldKeepOrderFiguresAndMembersInASnapshot() {
    queue.take(enqueue(call(2), 50));
    queue.take(enqueue(call(1), 80));
    queue.take(enqueue(call(3), 50)).take(Given.served(call(3), 1, ANN));
    announce(BOB, 0, clock.now());

    QueueState again = QueueState.of(queue.state().snapshot());

    assertThat(again.snapshot().places())
        .containsExactlyInAnyOrderElementsOf(queue.state().snapshot().places());
    assertThat(again.longestWaitSince()).isEqualTo(queue.state().longestWaitSince());
    assertThat(again.members()).containsExactly(BOB);
    assertThat(again.served()).isEqualTo(1);
    assertThat(again.lastServer()).isEqualTo(ANN);
    assertThat(again.settings()).isEqualTo(SETTINGS);
  }

  // Members, figures, settings.

  @Test
  void shouldPersistWhoItsMembersAreWhenThatChanges() {
    queue.take(new Queue.Announce(ANN, announcement(1))).assertPersisted(Queue.MemberJoined.class);
    queue.take(new Queue.Announce(ANN, announcement(0))).assertPersisted();
    queue
        .take(new Queue.Announce(ANN, Given.announcement(++version, false, 0, clock.now())))
        .assertPersisted(Queue.MemberLeft.class);
    queue
        .take(new Queue.Announce(ANN, Given.announcement(++version, false, 0, clock.now())))
        .assertPersisted();

    queue.take(enqueue(CALL, 50)).assertNothingTold(Agent.Reserve.class);
  }

  @Test
  void shouldShowItsFiguresButNotMoreOftenThanFourTimesASecond() {
    queue.advance(Duration.ofSeconds(1));
    queue.take(enqueue(call(1), 50));
    assertThat(queue.published()).hasSize(1);
    FeedItem first = queue.published().get(0);
    queue.take(enqueue(call(2), 50));
    queue.take(enqueue(call(3), 50));
    assertThat(queue.published()).isEmpty();

    queue.advance(Duration.ofMillis(250));

    assertThat(queue.published())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.seq()).isGreaterThan(first.seq());
              assertThat(((QueueView) item.view()).waiting()).isEqualTo(3);
            });
    queue.advance(Duration.ofSeconds(5));
    assertThat(queue.published()).as("nothing new").isEmpty();
  }

  @Test
  void shouldSayHowLongTheFirstOneWaits() {
    Instant since = clock.now();
    queue.take(enqueue(CALL, 50));
    clock.advance(Duration.ofSeconds(7));
    queue.take(enqueue(call(2), 50));

    assertThat(view().longestWaitSince()).isEqualTo(since);
  }

  @Test
  void shouldConfigureOnceWhenItMustBeNew() {
    QueueSettings other =
        new QueueSettings(Strategy.ROUND_ROBIN, Duration.ofSeconds(20), Duration.ZERO);

    queue.take(new Queue.Configure(other, true, null)).assertPersisted();
    assertThat(queue.replied(Queue.ConfigureReply.class))
        .isEqualTo(Queue.AlreadyExists.ALREADY_EXISTS);
    queue
        .take(new Queue.Configure(other, false, null))
        .assertPersisted(Queue.QueueConfigured.class);
    queue.take(new Queue.Configure(other, false, null)).assertPersisted();
    assertThat(view().settings()).isEqualTo(other);
  }

  @Test
  void shouldListItselfUntilTheDirectoryHasHeard() {
    queue.restart();
    queue.toldOne(Directory.Register.class);
    queue.take(new Queue.Heard("register"));
    queue.advance(Duration.ofMinutes(1)).assertNothingTold(Directory.Register.class);
  }

  @Test
  void shouldAnswerWhoAsksForAQueueThatIsNotThere() {
    var nobody =
        new Played<Queue.Command, Queue.Event, QueueState>(
            clock, () -> new QueueLogic(SUPPORT, QueueTimings.DEFAULT, Plans.NONE));

    assertThat(nobody.take(new Queue.Get(null)).replied(Queue.GetReply.class).view()).isNull();
  }

  private Queue.Enqueue enqueue(CallId call, int priority) {
    return Given.enqueue(call, 1, priority, clock.now());
  }

  private Queue.Announcement announcement(int free) {
    return Given.announcement(++version, true, free, clock.now());
  }

  private void announce(AgentId agent, int free, Instant idleSince) {
    queue.take(new Queue.Announce(agent, Given.announcement(++version, true, free, idleSince)));
  }

  private Agent.Reserve reserve(CallId call) {
    return queue.take(enqueue(call, 50)).toldOne(Agent.Reserve.class);
  }

  /** Who is reserved for the n-th caller. */
  private AgentId reserved(int n) {
    Agent.Reserve reserve = reserve(call(n));
    return List.of(ANN, BOB, CHO).stream()
        .filter(agent -> queue.told(Agent.Reserve.class, new ToAgent(agent)).contains(reserve))
        .findFirst()
        .orElseThrow();
  }

  private void granted(Agent.Reserve reserve, AgentId agent) {
    queue.take(new Queue.Granted(reserve.offer(), reserve.call(), agent, announcement(0)));
  }

  private QueueView view() {
    return queue.take(new Queue.Get(null)).replied(Queue.GetReply.class).view();
  }
}
