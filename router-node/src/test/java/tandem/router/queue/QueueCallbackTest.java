package tandem.router.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER_NUMBER;
import static tandem.router.kit.Given.SETTINGS;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.call;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Wants;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.QueueView;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.HandPlans;
import tandem.router.kit.Played;
import tandem.router.queue.Queue.PlaceStatus;

/** Places with nobody on the line. */
class QueueCallbackTest {
  private final HandClock clock = new HandClock();
  private final HandPlans plans = new HandPlans();
  private final Played<Queue.Command, Queue.Event, QueueState> queue =
      new Played<>(clock, () -> new QueueLogic(SUPPORT, QueueTimings.DEFAULT, plans));
  private long version;

  QueueCallbackTest() {
    queue.take(new Queue.Configure(SETTINGS, true, null));
    queue.take(new Queue.Heard("register"));
  }

  // A place as a caller's.

  @Test
  void shouldReserveNobodyForACallbackBeforeItsCallSaysSo() {
    announce(1);
    queue.take(callback(CALL, clock.now())).assertNothingTold(Agent.Reserve.class);
    assertThat(queue.toldOne(Call.Heard.class).key()).isEqualTo("enqueue:1:support");

    queue.take(Given.place(CALL, 1, 0, PlaceStatus.HELD)).assertNothingTold(Agent.Reserve.class);
    queue.advance(Duration.ofMinutes(30)).assertNothingTold(Agent.Reserve.class);
    queue.take(Given.place(CALL, 1, 1, PlaceStatus.WAITING));

    assertThat(queue.toldOne(Agent.Reserve.class).call()).isEqualTo(CALL);
  }

  @Test
  void shouldAskACallbackThatSaysNothingOfItsPlace() {
    queue.take(enqueue(call(2))).take(Given.place(call(2), 1, 0, PlaceStatus.WAITING));
    queue.take(callback(CALL, clock.now())).assertNothingTold(Call.AboutPlace.class);

    queue.advance(QueueTimings.DEFAULT.askPlace());

    assertThat(queue.told(Call.AboutPlace.class, new ToCall(CALL)))
        .containsExactly(new Call.AboutPlace(SUPPORT, 1));
    assertThat(queue.told(Call.AboutPlace.class, new ToCall(call(2)))).isEmpty();
  }

  @Test
  void shouldServeACallbackByThePlaceItsCallerHad() {
    Instant promised = clock.now();
    clock.advance(Duration.ofMinutes(3));
    queue.take(enqueue(call(2)));
    queue.take(callback(CALL, promised)).take(Given.place(CALL, 1, 0, PlaceStatus.WAITING));

    announce(2);

    assertThat(queue.told(Agent.Reserve.class))
        .extracting(Agent.Reserve::call)
        .containsExactly(CALL, call(2));
  }

  // Limits.

  @Test
  void shouldNeitherRefuseACallbackForItsLengthNorCountIt() {
    plans.publish("{\"queues\": {\"support\": {\"maxLength\": 1}}}");
    queue.take(Queue.PlanChanged.PLAN_CHANGED);
    queue.take(callback(call(1), clock.now())).assertPersisted(Queue.CallerQueued.class);
    queue.take(enqueue(call(2))).assertPersisted(Queue.CallerQueued.class);
    queue.take(callback(call(3), clock.now())).assertPersisted(Queue.CallerQueued.class);

    queue.take(enqueue(call(4))).assertPersisted();

    assertThat(queue.toldOne(Call.NoPlace.class).why()).isEqualTo(Call.NoPlaceReason.FULL);
    assertThat(view().waiting()).isEqualTo(3);
    assertThat(view().callbacks()).isEqualTo(2);
  }

  @Test
  void shouldNotRefuseACallbackForItsEstimatedWait() {
    plans.publish("{\"queues\": {\"support\": {\"maxEstimatedWait\": \"5s\"}}}");
    queue.take(Queue.PlanChanged.PLAN_CHANGED);
    handOutOneAMinute(10);

    queue.take(enqueue(call(90)));
    assertThat(queue.toldOne(Call.NoPlace.class).why())
        .isEqualTo(Call.NoPlaceReason.ESTIMATED_WAIT);

    queue.take(callback(call(91), clock.now())).assertPersisted(Queue.CallerQueued.class);
    queue.assertNothingTold(Call.NoPlace.class);
  }

  @Test
  void shouldHaveRoomForManyCallbacksButNotForAnyNumber() {
    for (int n = 0; n < QueueFigures.MOST_CALLBACKS; n++) {
      queue.take(callback(call(n), clock.now()));
    }
    queue.take(callback(call(99_999), clock.now())).assertPersisted();

    Call.NoPlace no = queue.toldOne(Call.NoPlace.class);
    assertThat(no.why()).isEqualTo(Call.NoPlaceReason.FULL);
    assertThat(no.plan()).isZero();
    assertThat(no.then()).isInstanceOf(Action.HangUp.class);
    queue.take(enqueue(call(99_998))).assertPersisted(Queue.CallerQueued.class);
    queue.take(left(call(0), Queue.LeaveReason.MOVED));
    queue.take(callback(call(99_999), clock.now())).assertPersisted(Queue.CallerQueued.class);
  }

  // Figures.

  @Test
  void shouldNotCountACallbackAsAnAbandonedCaller() {
    queue.take(callback(call(1), clock.now()));
    queue.take(enqueue(call(2)));
    queue.take(left(call(1), Queue.LeaveReason.ABANDONED)).assertPersisted(Queue.CallerLeft.class);
    assertThat(view().abandoned()).isZero();

    queue.take(left(call(2), Queue.LeaveReason.ABANDONED));
    assertThat(view().abandoned()).isEqualTo(1);
    queue.restart();
    assertThat(view().abandoned()).isEqualTo(1);
  }

  @Test
  void shouldSayHowLongThoseOnTheLineWait() {
    Instant promised = clock.now();
    queue.take(callback(call(1), promised));
    assertThat(view().longestWaitSince()).isNull();

    clock.advance(Duration.ofSeconds(30));
    Instant second = clock.now();
    queue.take(enqueue(call(2)));
    clock.advance(Duration.ofSeconds(30));
    queue.take(Given.enqueue(call(3), 1, 90, clock.now()));

    assertThat(view().longestWaitSince()).as("whatever its priority").isEqualTo(second);
    queue.take(left(call(2), Queue.LeaveReason.ABANDONED));
    assertThat(view().longestWaitSince()).isEqualTo(clock.now());
  }

  @Test
  void shouldNotLengthenTheEstimateByACallbackThatIsKeptForLater() {
    plans.publish("{\"queues\": {\"support\": {\"maxEstimatedWait\": \"2m\"}}}");
    queue.take(Queue.PlanChanged.PLAN_CHANGED);
    handOutOneAMinute(10);
    for (int n = 200; n < 220; n++) {
      queue.take(callback(call(n), clock.now())).take(Given.place(call(n), 1, 0, PlaceStatus.HELD));
    }
    queue.take(enqueue(call(90))).assertNothingTold(Call.NoPlace.class);
    Duration before = estimateOf(call(90));

    queue.advance(Duration.ofHours(1));

    assertThat(estimateOf(call(90)))
        .as("nobody was handed out for an hour, with one in line")
        .isGreaterThan(before);
    queue.take(left(call(90), Queue.LeaveReason.MOVED));
    Duration alone = view().estimatedWait();
    queue.advance(Duration.ofHours(2));
    assertThat(view().estimatedWait()).as("with nobody in line").isLessThanOrEqualTo(alone);
  }

  @Test
  void shouldCountACallbackInLineWhileItMayGetAnAgent() {
    handOutOneAMinute(10);
    Duration none = view().estimatedWait();
    queue.take(callback(CALL, clock.now()));
    assertThat(view().estimatedWait()).isEqualTo(none);

    queue.take(Given.place(CALL, 1, 0, PlaceStatus.WAITING));
    assertThat(view().estimatedWait()).isGreaterThan(none);

    queue.take(Given.place(CALL, 1, 1, PlaceStatus.HELD));
    assertThat(view().estimatedWait()).isEqualTo(none);
    queue.take(Given.served(CALL, 1, ANN));
    assertThat(view().estimatedWait()).isEqualTo(none);
  }

  // What is kept.

  @Test
  void shouldKnowItsCallbacksAfterARecoveryAndFromASnapshot() {
    queue.take(callback(call(1), clock.now()));
    queue.take(enqueue(call(2)));

    QueueState again = QueueState.of(queue.state().snapshot());
    assertThat(again.callbacks()).isEqualTo(1);
    assertThat(again.snapshot().places())
        .containsExactlyInAnyOrderElementsOf(queue.state().snapshot().places());

    queue.restart();
    assertThat(view().callbacks()).isEqualTo(1);
    assertThat(view().waiting()).isEqualTo(2);
    assertThat(queue.state().place(call(1)))
        .isNotNull()
        .satisfies(at -> assertThat(at.callback()).isTrue());
  }

  @Test
  void shouldCountAPlaceOnceWhenACallComesBackInAnotherRound() {
    queue.take(callback(CALL, clock.now()));
    queue.take(
        new Queue.Enqueue(
            CALL, SUPPORT.name(), 2, 50, clock.now(), Wants.ANYBODY, CALLER_NUMBER, true));
    assertThat(view().callbacks()).isEqualTo(1);
    assertThat(view().waiting()).isEqualTo(1);

    queue.take(new Queue.Leave(CALL, SUPPORT.name(), 2, Queue.LeaveReason.MOVED));
    assertThat(view().callbacks()).isZero();
    assertThat(view().waiting()).isZero();
  }

  // The feed.

  @Test
  void shouldShowTheLastChangeOfMany() {
    queue.advance(Duration.ofSeconds(1));
    for (int n = 1; n <= 40; n++) {
      queue.take(enqueue(call(n)));
      clock.advance(Duration.ofMillis(1));
    }
    queue.advance(Duration.ofSeconds(1));

    assertThat(queue.published())
        .last()
        .satisfies(item -> assertThat(((QueueView) item.view()).waiting()).isEqualTo(40));
    queue.advance(Duration.ofMillis(300)).take(left(call(1), Queue.LeaveReason.MOVED));
    queue.take(enqueue(call(1))).advance(Duration.ofSeconds(1));
    assertThat(queue.published())
        .last()
        .satisfies(item -> assertThat(((QueueView) item.view()).waiting()).isEqualTo(40));
  }

  /** Callers wait from the first second on; an agent takes the next one each minute. */
  private void handOutOneAMinute(int times) {
    announce(0);
    for (int n = 0; n <= times; n++) {
      queue.take(enqueue(call(100 + n)));
    }
    for (int n = 0; n <= times; n++) {
      queue.advance(Duration.ofMinutes(1));
      announce(1);
      queue.take(
          new Queue.Granted(
              queue.toldOne(Agent.Reserve.class).offer(), call(100 + n), ANN, announcement(0)));
      queue.take(Given.served(call(100 + n), 1, ANN));
    }
    assertThat(view().waiting()).isZero();
  }

  private Duration estimateOf(CallId call) {
    Queue.Position position =
        queue.take(new Queue.GetPlace(call, null)).replied(Queue.PlaceReply.class).position();
    assertThat(position).isNotNull();
    assertThat(position.estimatedWait()).isNotNull();
    return position.estimatedWait();
  }

  private Queue.Enqueue enqueue(CallId call) {
    return Given.enqueue(call, 1, 50, clock.now());
  }

  private static Queue.Enqueue callback(CallId call, Instant since) {
    return new Queue.Enqueue(
        call, SUPPORT.name(), 1, 50, since, Wants.ANYBODY, CALLER_NUMBER, true);
  }

  private static Queue.Leave left(CallId call, Queue.LeaveReason why) {
    return new Queue.Leave(call, SUPPORT.name(), 1, why);
  }

  private Queue.Announcement announcement(int free) {
    return Given.announcement(++version, true, free, clock.now());
  }

  private void announce(int free) {
    queue.take(new Queue.Announce(ANN, announcement(free)));
  }

  private QueueView view() {
    return queue.take(new Queue.Get(null)).replied(Queue.GetReply.class).view();
  }
}
