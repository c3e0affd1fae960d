package tandem.edge.esl;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The commands written and not yet answered, in their order, which is all that tells whose a reply
 * is. A command that is past its deadline keeps its place, else the next one would get its answer.
 */
final class PendingReplies {
  /**
   * One command's place. The deadline is an instant of {@link System#nanoTime()}.
   *
   * @param job the id of the job that the command starts, or null
   */
  record Slot(
      EslCommand command,
      Duration patience,
      long deadline,
      CompletableFuture<EslReply> promise,
      @Nullable String job) {}

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();

  void add(Slot slot) {
    slots.add(slot);
  }

  int size() {
    return slots.size();
  }

  /** Answers the oldest and returns its place; null when there is none. */
  @Nullable Slot answer(EslReply reply) {
    Slot slot = slots.poll();
    if (slot != null) {
      slot.promise().complete(reply);
    }
    return slot;
  }

  void expire(long now) {
    for (Slot slot : slots) {
      if (now - slot.deadline() >= 0 && !slot.promise().isDone()) {
        slot.promise()
            .completeExceptionally(
                new EslException.TimedOut(slot.command().toString(), slot.patience()));
      }
    }
  }

  void failAll(EslException cause) {
    for (Slot slot = slots.poll(); slot != null; slot = slots.poll()) {
      slot.promise().completeExceptionally(cause);
    }
  }
}
