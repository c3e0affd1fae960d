package tandem.router.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Caller;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Router;
import tandem.router.domain.plan.Wants;

/**
 * A stay in queues: in one, or in several at once.
 *
 * @param tenant whose queues they are
 * @param queues those that have, or are to have, a place for the call; none when all refused
 * @param round counts the call's stays
 * @param since since when it waits, from the first stay on: its place in line
 * @param begun since when its steps count
 * @param taken steps that were taken, by their place
 * @param otherwise what becomes of it when no queue has a place; null unless one refused
 */
public record Stay(
    TenantId tenant,
    List<QueueId> queues,
    int round,
    int priority,
    Instant since,
    Instant begun,
    Wants wants,
    List<Action.Step> steps,
    Set<Integer> taken,
    @Nullable Otherwise otherwise) {
  /**
   * What becomes of a call for which no queue has a place.
   *
   * @param plan the version that says so
   */
  public record Otherwise(Action then, long plan) {}

  public Stay {
    queues = List.copyOf(queues);
    steps = List.copyOf(steps);
    taken = Set.copyOf(taken);
  }

  /** In one queue, without any steps. */
  static Stay plain(QueueId queue, int round, int priority, Instant since) {
    return new Stay(
        queue.tenant(),
        List.of(queue),
        round,
        priority,
        since,
        since,
        Wants.ANYBODY,
        List.of(),
        Set.of(),
        null);
  }

  static Stay of(
      Action.Wait wait, TenantId tenant, int round, int priority, Instant since, Instant begun) {
    return new Stay(
        tenant,
        wait.queues().stream().map(name -> new QueueId(tenant, name)).toList(),
        round,
        priority,
        since,
        begun,
        wait.wants(),
        wait.steps(),
        Set.of(),
        null);
  }

  /** Of a callback, whose way is what was promised, without steps. */
  static Stay promised(CallbackPromise promise, TenantId tenant, int round, Instant begun) {
    return new Stay(
        tenant,
        promise.queues().stream().map(name -> new QueueId(tenant, name)).toList(),
        round,
        promise.priority(),
        promise.since(),
        begun,
        promise.wants(),
        List.of(),
        Set.of(),
        null);
  }

  boolean isIn(QueueId queue, int inRound) {
    return round == inRound && queues.contains(queue);
  }

  Stay refusedBy(QueueId queue, Otherwise then) {
    return new Stay(
        tenant,
        queues.stream().filter(one -> !one.equals(queue)).toList(),
        round,
        priority,
        since,
        begun,
        wants,
        steps,
        taken,
        then);
  }

  Stay inNoQueue() {
    return new Stay(
        tenant, List.of(), round, priority, since, begun, wants, steps, taken, otherwise);
  }

  /** After a step; what it does beyond the stay is not told here. */
  Stay after(int step, @Nullable Caller caller) {
    List<QueueId> in = new ArrayList<>(queues);
    String require = wants.require();
    String prefer = wants.prefer();
    int nowPriority = priority;
    for (Change change : steps.get(step).changes()) {
      if (change instanceof Change.Require c) {
        require = c.expression();
      } else if (change instanceof Change.Prefer c) {
        prefer = c.expression();
      } else if (change instanceof Change.SetPriority c) {
        nowPriority = c.priority();
      } else if (change instanceof Change.AlsoQueue c) {
        QueueId also = new QueueId(tenant, c.queue());
        if (!in.contains(also)) {
          in.add(also);
        }
      }
    }
    Set<Integer> nowTaken = new TreeSet<>(taken);
    nowTaken.add(step);
    Wants nowWants =
        caller == null
            ? new Wants(require, prefer, wants.call())
            : Router.bind(require, prefer, caller);
    return new Stay(
        tenant, in, round, nowPriority, since, begun, nowWants, steps, nowTaken, otherwise);
  }

  /**
   * The next step that is due at some time, or now because so many did not answer.
   *
   * @param unanswered offers of this stay that rang to their end
   */
  Optional<Due> next(int unanswered) {
    Due first = null;
    for (int i = 0; i < steps.size(); i++) {
      Action.Step step = steps.get(i);
      Instant at = null;
      if (taken.contains(i)) {
        continue;
      } else if (step.after() != null) {
        at = begun.plus(step.after());
      } else if (step.unanswered() != null && unanswered >= step.unanswered()) {
        at = Instant.EPOCH;
      }
      if (at != null && (first == null || at.isBefore(first.at()))) {
        first = new Due(i, at);
      }
    }
    return Optional.ofNullable(first);
  }

  /** A step and when to take it. */
  public record Due(int step, Instant at) {}
}
