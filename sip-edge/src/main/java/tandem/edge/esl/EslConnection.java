package tandem.edge.esl;

import akka.stream.stage.AsyncCallback;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.FutureConverters;

/**
 * The handle of one ready connection. It holds no state: every call becomes an order to the
 * connection's stage, and orders of one thread are written in their order. Safe to use from any
 * thread; never blocks. Futures complete on the connection's own thread, so what hangs on them
 * hands over and returns (pipeToSelf).
 */
public final class EslConnection {
  /** What the stage is asked to do. */
  sealed interface Order {}

  record Submit(PendingReplies.Slot reply, PendingJobs.@Nullable Slot job) implements Order {
    void fail(EslException cause) {
      reply.promise().completeExceptionally(cause);
      if (job != null) {
        job.promise().completeExceptionally(cause);
      }
    }
  }

  record Nudge() implements Order {}

  record Close() implements Order {}

  private static final Nudge NUDGE = new Nudge();

  private final AsyncCallback<Order> orders;
  private final Duration replyTimeout;
  private final CompletableFuture<EslCloseReason> closed;

  EslConnection(
      AsyncCallback<Order> orders,
      Duration replyTimeout,
      CompletableFuture<EslCloseReason> closed) {
    this.orders = orders;
    this.replyTimeout = replyTimeout;
    this.closed = closed;
  }

  /**
   * Writes a command at once, whatever is still unanswered.
   *
   * @return its reply, be it {@code -ERR} or not; fails with {@link EslException} when none comes
   *     in time
   */
  public CompletionStage<EslReply> send(EslCommand command) {
    return send(command, replyTimeout);
  }

  /** The same with a deadline of its own. */
  public CompletionStage<EslReply> send(EslCommand command, Duration deadline) {
    PendingReplies.Slot slot = slot(command, deadline, null);
    submit(new Submit(slot, null));
    return slot.promise().minimalCompletionStage();
  }

  /**
   * Runs an API command in place. Only for those that are quick: nothing else is answered until it
   * is done.
   */
  public CompletionStage<EslReply> api(String text) {
    return send(EslCommand.api(text));
  }

  /**
   * Runs an API command in the background under an id of its own.
   *
   * @param deadline for the job's result
   */
  public EslJob bgapi(String text, Duration deadline) {
    return bgapi(UUID.randomUUID().toString(), text, deadline);
  }

  /** The same with the job's id given, which must not be that of a job still running. */
  public EslJob bgapi(String jobId, String text, Duration deadline) {
    PendingReplies.Slot reply = slot(EslCommand.bgapi(jobId, text), replyTimeout, jobId);
    PendingJobs.Slot job =
        new PendingJobs.Slot(jobId, deadline, deadlineIn(deadline), new CompletableFuture<>());
    submit(new Submit(reply, job));
    return new EslJob(
        jobId, reply.promise().minimalCompletionStage(), job.promise().minimalCompletionStage());
  }

  /**
   * Wakes the switch's listener with a bare line end, so that events do not wait for its next turn
   * (up to 20 ms). No reply.
   */
  public void nudge() {
    orders.invoke(NUDGE);
  }

  /** Closes it; everything pending fails. */
  public void close() {
    orders.invoke(new Close());
  }

  /** Completes, never exceptionally, when the connection is over. */
  public CompletionStage<EslCloseReason> closed() {
    return closed.minimalCompletionStage();
  }

  private static PendingReplies.Slot slot(
      EslCommand command, Duration patience, @Nullable String job) {
    return new PendingReplies.Slot(
        command, patience, deadlineIn(patience), new CompletableFuture<>(), job);
  }

  private static long deadlineIn(Duration patience) {
    return System.nanoTime() + patience.toNanos();
  }

  /** An order that finds the stage gone comes back, and would otherwise never be answered. */
  private void submit(Submit order) {
    var unused =
        FutureConverters.asJava(orders.invokeWithFeedback(order))
            .whenComplete(
                (done, gone) -> {
                  if (gone != null) {
                    order.fail(
                        new EslException.Closed(closed.getNow(new EslCloseReason.Stopped())));
                  }
                });
  }
}
