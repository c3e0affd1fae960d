package tandem.persistence.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Change;

/**
 * Where a call waits and by which steps, event by event: a step's event only says its place among
 * those of the wait before it.
 */
public final class WaitTrail {
  private Action.@Nullable Wait wait;
  private List<QueueId> queues = List.of();
  private @Nullable QueueId last;

  /** Where a callback waits, which no plan is asked about. */
  private @Nullable CallbackPromise promise;

  /** Takes a call's next event. */
  public void see(Call.Event event) {
    if (event instanceof Call.Arrived e) {
      promise = e.arrival().callback();
    } else if (event instanceof Call.Routed e) {
      wait = e.routing().action() instanceof Action.Wait now ? now : null;
    } else if (event instanceof Call.Queued e) {
      queues = taken(e.queue());
      last = e.queue();
    } else if (event instanceof Call.PlaceRefused e) {
      queues = queues.stream().filter(queue -> !queue.equals(e.queue())).toList();
      last = queues.isEmpty() ? e.queue() : queues.get(0);
    } else if (event instanceof Call.StepTaken e) {
      step(e).ifPresent(this::take);
    }
  }

  /** The places that are taken, of which the event names the first. */
  private List<QueueId> taken(QueueId first) {
    List<String> names =
        promise != null ? promise.queues() : wait != null ? wait.queues() : List.of(first.name());
    return names.stream().map(name -> new QueueId(first.tenant(), name)).toList();
  }

  private void take(Action.Step step) {
    List<QueueId> now = new ArrayList<>(queues);
    for (Change change : step.changes()) {
      if (change instanceof Change.AlsoQueue also && last != null) {
        now.add(new QueueId(last.tenant(), also.queue()));
      }
    }
    queues = List.copyOf(now);
    last = queues.isEmpty() ? last : queues.get(0);
  }

  /** The step of an event; empty when the events before it do not tell. */
  public Optional<Action.Step> step(Call.StepTaken event) {
    return wait == null || event.step() >= wait.steps().size()
        ? Optional.empty()
        : Optional.of(wait.steps().get(event.step()));
  }

  /** What a callback was promised; null for a call that somebody has made. */
  public @Nullable CallbackPromise promise() {
    return promise;
  }

  /** Queues that have, or are to have, a place for the call now; none once all refused. */
  public List<QueueId> queues() {
    return queues;
  }

  /** The queue where the call waits, or waited last; null when it never did. */
  public @Nullable QueueId last() {
    return last;
  }
}
