package tandem.router.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.estimate.WaitEstimate;
import tandem.router.domain.estimate.WaitSettings;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;
import tandem.router.entity.Turn;
import tandem.router.feed.FeedItem;
import tandem.router.feed.QueueView;

/** What a queue tells of itself: its live figures, how long a wait will be, and that it is full. */
final class QueueFigures {
  /** Callbacks of one queue (count): more would be memory that no plan bounds. */
  static final int MOST_CALLBACKS = 20_000;

  private final QueueId id;
  private final QueueTimings timings;
  private final Matcher<CallId> matcher;
  private final Places places;
  private final WaitEstimate<Wants> waits = new WaitEstimate<>(WaitSettings.STANDARD);
  private final Map<Wants, Integer> waiting = new HashMap<>();
  private Instant lastShown = Instant.EPOCH;
  private @Nullable QueueView shown;
  private long shownSeq;

  QueueFigures(QueueId id, QueueTimings timings, Matcher<CallId> matcher, Places places) {
    this.id = id;
    this.timings = timings;
    this.matcher = matcher;
    this.places = places;
  }

  /**
   * A place has come, or may have changed. A callback is among those who wait only while it may get
   * an agent: it must not look as if agents left it waiting while it is kept for later.
   */
  void noted(Places.Place place, Instant now) {
    Wants wants = place.waiter.wants();
    boolean inLine = place.isInLine() || !place.at.callback();
    if (inLine && !place.counted) {
      begins(wants, now);
    } else if (!inLine && place.counted) {
      waits.pauses(wants, now);
      less(wants);
    }
    place.counted = inLine;
  }

  private void begins(Wants wants, Instant now) {
    waits.agents(wants, matcher.fitting(wants), now);
    waits.begins(wants, now);
    waiting.merge(wants, 1, Integer::sum);
  }

  /** Gone, or about to want something else. */
  void leaves(Places.Place place, Instant now) {
    if (place.counted) {
      waits.leaves(place.waiter.wants(), now);
      less(place.waiter.wants());
      place.counted = false;
    }
  }

  void handedOut(Places.Place place, Instant now) {
    Wants wants = place.waiter.wants();
    if (!place.counted) {
      begins(wants, now);
    }
    waits.agents(wants, matcher.fitting(wants), now);
    waits.handedOut(wants, now);
    less(wants);
    place.counted = false;
  }

  private void less(Wants wants) {
    waiting.computeIfPresent(wants, (same, count) -> count == 1 ? null : count - 1);
  }

  /** Why this call gets no place, and what its plan does then; empty when it gets one. */
  Optional<Call.NoPlace> refusal(
      Turn<QueueState, Queue.Event> turn, QueueRule rule, long plan, Queue.Enqueue m) {
    int callbacks = turn.state().callbacks();
    if (m.callback()) {
      // Limits are about people on the line. No plan says anything of this one.
      return callbacks < MOST_CALLBACKS
          ? Optional.empty()
          : Optional.of(
              new Call.NoPlace(
                  id, m.round(), Call.NoPlaceReason.FULL, 0, QueueRule.Limits.NONE.onLength()));
    }
    QueueRule.Limits limits = rule.limits();
    if (turn.state().size() - callbacks >= limits.length()) {
      return Optional.of(
          new Call.NoPlace(id, m.round(), Call.NoPlaceReason.FULL, plan, limits.onLength()));
    }
    Duration most = limits.estimatedWait();
    if (most == null || estimate(m.wants(), turn.now()).compareTo(most) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Call.NoPlace(
            id, m.round(), Call.NoPlaceReason.ESTIMATED_WAIT, plan, limits.onEstimatedWait()));
  }

  /** How long one more caller who wants this would wait; zero while nothing is known. */
  private Duration estimate(Wants wants, Instant now) {
    int before = waiting.getOrDefault(wants, 0);
    if (before == 0 && matcher.available() > 0) {
      return Duration.ZERO;
    }
    return waits.estimate(wants, before + 1, now).orElse(Duration.ZERO);
  }

  /** How a place stands: one look at each place, since nobody asks often. */
  Queue.Position position(Places.Place place, Instant now) {
    Comparator<Matcher.Waiter<CallId>> order = matcher.order(now);
    Wants wants = place.waiter.wants();
    int before = 0;
    int alike = 0;
    for (Places.Place other : places.all()) {
      if (other.isInLine() && order.compare(other.waiter, place.waiter) < 0) {
        before++;
        alike += other.waiter.wants().equals(wants) ? 1 : 0;
      }
    }
    Optional<Duration> wait =
        place.isInLine() ? waits.estimate(wants, alike + 1, now) : Optional.empty();
    return new Queue.Position(
        before + 1, wait.map(exact -> exact.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
  }

  Queue.GetReply answer(
      Turn<QueueState, Queue.Event> turn, QueueRule rule, long plan, boolean exists) {
    return new Queue.GetReply(exists ? view(turn, rule, plan) : null, shownSeq);
  }

  Queue.Configured configured(Turn<QueueState, Queue.Event> turn, QueueRule rule, long plan) {
    return new Queue.Configured(view(turn, rule, plan), shownSeq);
  }

  /** Shows the figures when they have changed, but not more often than people can read. */
  @Nullable Instant show(Turn<QueueState, Queue.Event> turn, QueueRule rule, long plan) {
    Instant due = lastShown.plus(timings.publish());
    if (due.isAfter(turn.now())) {
      // Not even worked out before: that alone is a fifth of a turn.
      return due;
    }
    QueueView view = view(turn, rule, plan);
    if (view.equals(shown)) {
      return null;
    }
    shown = view;
    lastShown = turn.now();
    shownSeq = Math.max(shownSeq + 1, turn.now().toEpochMilli());
    turn.publish(new FeedItem(id.tenant(), id.value(), shownSeq, view));
    return null;
  }

  private QueueView view(Turn<QueueState, Queue.Event> turn, QueueRule rule, long plan) {
    QueueState state = turn.state();
    return new QueueView(
        id,
        rule.settings(),
        plan,
        state.size(),
        state.callbacks(),
        places.out(),
        state.longestWaitSince(),
        estimate(Wants.ANYBODY, turn.now()).truncatedTo(ChronoUnit.SECONDS),
        state.members().size(),
        matcher.available(),
        state.served(),
        state.abandoned());
  }
}
