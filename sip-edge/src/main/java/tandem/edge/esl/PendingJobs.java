package tandem.edge.esl;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The background jobs whose results are awaited, by the id we chose for each before it was written.
 */
final class PendingJobs {
  /** The deadline is an instant of {@link System#nanoTime()}. */
  record Slot(
      String id, Duration patience, long deadline, CompletableFuture<EslJob.Result> promise) {}

  private final Map<String, Slot> slots = new HashMap<>();

  /** False when a job of that id is awaited already. */
  boolean add(Slot slot) {
    return slots.putIfAbsent(slot.id(), slot) == null;
  }

  int size() {
    return slots.size();
  }

  /** Takes the result out of an event BACKGROUND_JOB, if the job is ours. */
  void finish(EslEvent event) {
    Slot slot = slots.remove(Objects.requireNonNullElse(event.header("Job-UUID"), ""));
    if (slot != null) {
      slot.promise().complete(EslJob.Result.of(event));
    }
  }

  void refuse(String id, String text) {
    Slot slot = slots.remove(id);
    if (slot != null) {
      slot.promise().completeExceptionally(new EslException.Refused(text));
    }
  }

  void expire(long now) {
    for (Iterator<Slot> all = slots.values().iterator(); all.hasNext(); ) {
      Slot slot = all.next();
      if (now - slot.deadline() >= 0) {
        all.remove();
        slot.promise()
            .completeExceptionally(new EslException.TimedOut("job " + slot.id(), slot.patience()));
      }
    }
  }

  void failAll(EslException cause) {
    Map<String, Slot> all = Map.copyOf(slots);
    slots.clear();
    all.values().forEach(slot -> slot.promise().completeExceptionally(cause));
  }
}
