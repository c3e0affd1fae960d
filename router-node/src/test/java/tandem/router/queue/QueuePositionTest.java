package tandem.router.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALLER_NUMBER;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.domain.CallId;
import tandem.router.domain.plan.Wants;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.HandPlans;
import tandem.router.kit.Played;
import tandem.router.queue.Queue.PlaceStatus;

/** How a call stands in a queue. */
class QueuePositionTest {
  private static final String AGEING =
      "{\"queues\": {\"support\": {\"ageing\": [{\"after\": \"1m\", \"add\": 0},"
          + " {\"after\": \"3m\", \"add\": 40}]}}}";
  private static final Wants GERMAN =
      new Wants("skill('de') >= 5", "", Collections.emptySortedMap());

  private final HandClock clock = new HandClock();
  private final HandPlans plans = new HandPlans();
  private final Played<Queue.Command, Queue.Event, QueueState> queue =
      new Played<>(clock, () -> new QueueLogic(SUPPORT, QueueTimings.DEFAULT, plans));
  private long version;

  QueuePositionTest() {
    plans.publish(AGEING);
    queue.take(Queue.PlanChanged.PLAN_CHANGED);
  }

  @Test
  void shouldNumberPlacesByPriorityAndArrival() {
    Instant start = clock.now();
    enqueue(1, 50, start.plusSeconds(2));
    enqueue(2, 50, start.plusSeconds(1));
    enqueue(3, 60, start.plusSeconds(3));

    assertThat(List.of(number(3), number(2), number(1))).containsExactly(1, 2, 3);
    assertThat(position(9)).as("has no place").isNull();
    queue.take(Given.leave(call(3), 1));
    assertThat(position(3)).isNull();
    assertThat(number(1)).isEqualTo(2);
  }

  @Test
  void shouldNumberPlacesByWhatWaitingHasAddedByNow() {
    enqueue(1, 40, clock.now());
    clock.advance(Duration.ofSeconds(90));
    enqueue(2, 55, clock.now());
    assertThat(number(1)).as("50 against 55").isEqualTo(2);

    clock.advance(Duration.ofSeconds(31));
    assertThat(number(1)).as("more than 60 against 55").isEqualTo(1);
    assertThat(number(2)).isEqualTo(2);
  }

  @Test
  void shouldFollowAPriorityThatTheCallHasChanged() {
    enqueue(1, 50, clock.now());
    enqueue(2, 50, clock.now().plusSeconds(1));
    assertThat(number(2)).isEqualTo(2);

    queue.take(
        new Queue.Place(
            call(2),
            SUPPORT.name(),
            1,
            1,
            PlaceStatus.WAITING,
            80,
            Wants.ANYBODY,
            List.of(),
            List.of()));

    assertThat(number(2)).isEqualTo(1);
    assertThat(number(1)).isEqualTo(2);
  }

  @Test
  void shouldCountThoseBeingOfferedButNotThoseHeld() {
    Instant start = clock.now();
    enqueue(1, 50, start);
    enqueue(2, 50, start.plusSeconds(1));
    enqueue(3, 50, start.plusSeconds(2));
    announce(Given.announcement(++version, true, 1, start));
    assertThat(queue.toldOne(Agent.Reserve.class).call()).isEqualTo(call(1));
    assertThat(number(3)).isEqualTo(3);

    queue.take(Given.place(call(2), 1, 1, PlaceStatus.HELD));

    assertThat(number(3)).isEqualTo(2);
    assertThat(number(2)).as("as if it were not held").isEqualTo(2);
    assertThat(position(2).estimatedWait()).isNull();
  }

  @Test
  void shouldCountCallbacksOnceTheirTimeHasCome() {
    Instant start = clock.now();
    queue.take(callback(1, start));
    enqueue(2, 50, start.plusSeconds(1));
    assertThat(number(2)).isEqualTo(1);
    queue.take(Given.place(call(1), 1, 0, PlaceStatus.HELD));
    assertThat(number(2)).isEqualTo(1);

    queue.take(Given.place(call(1), 1, 1, PlaceStatus.WAITING));

    assertThat(number(1)).isEqualTo(1);
    assertThat(number(2)).isEqualTo(2);
  }

  @Test
  void shouldCountCallersWhoseCallsHaveNotSpokenAfterARecovery() {
    Instant start = clock.now();
    enqueue(1, 50, start);
    queue.take(callback(2, start.plusSeconds(1)));
    enqueue(3, 50, start.plusSeconds(2));
    queue.restart();

    assertThat(number(3)).isEqualTo(2);
  }

  @Test
  void shouldEstimateByHandOutsAmongThoseWhoWantTheSame() {
    announce(Given.announcement(++version, true, 0, clock.now()));
    enqueue(50, 50, clock.now());
    assertThat(position(50).estimatedWait()).as("too little is known").isNull();
    for (int n = 0; n < 20; n++) {
      enqueue(51 + n, 50, clock.now());
      queue.advance(Duration.ofMinutes(1));
      announce(Given.announcement(++version, true, 1, clock.now()));
      Agent.Reserve reserve = queue.toldOne(Agent.Reserve.class);
      queue.take(
          new Queue.Granted(
              reserve.offer(),
              reserve.call(),
              ANN,
              Given.announcement(++version, true, 0, clock.now())));
      queue.take(Given.served(reserve.call(), 1, ANN));
    }
    // One is left of those; nine wait before it who want somebody else.
    for (int n = 0; n < 9; n++) {
      queue.take(wanting(call(n), 90, GERMAN));
    }
    enqueue(80, 50, clock.now());

    Queue.Position first = position(70);
    Queue.Position second = position(80);
    assertThat(first.number()).isEqualTo(10);
    assertThat(second.number()).isEqualTo(11);
    assertThat(first.estimatedWait())
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(200))
        .isEqualTo(Duration.ofSeconds(first.estimatedWait().toSeconds()));
    assertThat(second.estimatedWait()).isGreaterThan(first.estimatedWait());
  }

  @Test
  void shouldNotAnswerBeforeThePlansHaveBeenRead() {
    enqueue(1, 50, clock.now());
    plans.notLoaded();
    queue.restart();
    queue.take(new Queue.GetPlace(call(1), null));
    assertThat(queue.replies()).isEmpty();
    queue.take(new Queue.Get(null));
    assertThat(queue.replies()).isEmpty();

    plans.loaded();
    assertThat(number(1)).isEqualTo(1);
    assertThat(queue.take(new Queue.Get(null)).replied(Queue.GetReply.class).view()).isNotNull();
  }

  /** Numbers are the order in which agents are then reserved. */
  @Property(tries = 300)
  void shouldNumberThemInTheOrderInWhichTheyAreServed(
      @ForAll("comers") List<Comer> comers, @ForAll("seconds") int later) {
    new QueuePositionTest().assertNumbered(comers, later);
  }

  private void assertNumbered(List<Comer> comers, int later) {
    Instant start = clock.now();
    for (int n = 0; n < comers.size(); n++) {
      Comer comer = comers.get(n);
      queue.take(
          new Queue.Enqueue(
              call(n),
              SUPPORT.name(),
              1,
              comer.priority,
              start.minusSeconds(comer.waited),
              Wants.ANYBODY,
              CALLER_NUMBER,
              comer.callback));
      if (comer.said != null) {
        queue.take(place(call(n), comer.said, comer.priority));
      }
    }
    clock.advance(Duration.ofSeconds(later));
    List<CallId> numbered = new ArrayList<>(Collections.nCopies(comers.size(), null));
    int inLine = 0;
    for (int n = 0; n < comers.size(); n++) {
      if (comers.get(n).isInLine()) {
        inLine++;
        int number = number(n);
        assertThat(numbered.set(number - 1, call(n))).as("each number once").isNull();
      }
    }

    announce(Given.announcement(++version, true, comers.size(), clock.now()));

    assertThat(queue.told(Agent.Reserve.class))
        .extracting(Agent.Reserve::call)
        .containsExactlyElementsOf(numbered.subList(0, inLine));
  }

  record Comer(int priority, int waited, boolean callback, @Nullable PlaceStatus said) {
    boolean isInLine() {
      return said == PlaceStatus.WAITING || (said == null && !callback);
    }
  }

  @Provide
  Arbitrary<List<Comer>> comers() {
    return Combinators.combine(
            Arbitraries.integers().between(4, 7).map(tens -> 10 * tens),
            Arbitraries.integers().between(0, 300),
            Arbitraries.of(true, false),
            Arbitraries.of(PlaceStatus.WAITING, PlaceStatus.HELD).injectNull(0.4))
        .as(Comer::new)
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<Integer> seconds() {
    return Arbitraries.integers().between(0, 200);
  }

  private void enqueue(int n, int priority, Instant since) {
    queue.take(Given.enqueue(call(n), 1, priority, since));
  }

  private static Queue.Enqueue callback(int n, Instant since) {
    return new Queue.Enqueue(
        call(n), SUPPORT.name(), 1, 50, since, Wants.ANYBODY, CALLER_NUMBER, true);
  }

  private Queue.Enqueue wanting(CallId call, int priority, Wants wants) {
    return new Queue.Enqueue(
        call, SUPPORT.name(), 1, priority, clock.now(), wants, CALLER_NUMBER, false);
  }

  private static Queue.Place place(CallId call, PlaceStatus status, int priority) {
    return new Queue.Place(
        call, SUPPORT.name(), 1, 0, status, priority, Wants.ANYBODY, List.of(), List.of());
  }

  private void announce(Queue.Announcement now) {
    queue.take(new Queue.Announce(ANN, now));
  }

  private int number(int n) {
    Queue.Position position = position(n);
    assertThat(position).as("place of %s", n).isNotNull();
    return position.number();
  }

  private Queue.@Nullable Position position(int n) {
    Queue.PlaceReply reply =
        queue.take(new Queue.GetPlace(call(n), null)).replied(Queue.PlaceReply.class);
    assertThat(reply.queue()).isEqualTo(SUPPORT);
    return reply.position();
  }
}
