package tandem.persistence.projection;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tandem.persistence.readmodel.RecordSession;
import tandem.router.domain.CallId;

/**
 * The calls Kafka is owed, while it is away for longer than a call can wait: by slice and by the
 * five minutes in which they were noted. Those of one period are deleted at once, so that a long
 * outage leaves a few tombstones and not one a call, and a look that breaks off begins again with
 * the period it was in.
 */
final class UnpublishedCalls {
  /** Seconds. */
  private static final long PERIOD = 300;

  /** Calls of a slice published side by side (count): 64 in all, beside what comes anew. */
  private static final int AT_ONCE = 2;

  /**
   * How long a note may be under way, by clocks that differ a little. What was noted later than
   * this before a look stays, and is published again with the next one: another note of that time
   * may not be there yet.
   */
  private static final Duration UNDER_WAY = Duration.ofSeconds(30);

  /** A last period that never was, so that the true last one is followed by another, too. */
  private static final Instant NEVER = Instant.MAX;

  private final RecordSession session;
  private final Clock clock;

  UnpublishedCalls(ActorSystem<?> system, Clock clock) {
    this.session = RecordSession.of(system);
    this.clock = clock;
  }

  /** Notes a call of a slice; noted twice is noted once. */
  CompletionStage<Done> note(int slice, CallId call) {
    Instant now = clock.instant();
    return session.write(
        "INSERT INTO %s.unpublished_calls (slice, period, call) VALUES (?, ?, ?) USING TIMESTAMP ?",
        slice,
        Instant.ofEpochSecond(now.getEpochSecond() / PERIOD * PERIOD),
        call.value(),
        micros(now));
  }

  /**
   * Gives each noted call of a slice to a publisher, and forgets a period when all of it is
   * published.
   *
   * @return fails with the first call that could not be published; the rest stays noted
   */
  CompletionStage<Done> publish(int slice, Function<CallId, CompletionStage<Done>> publisher) {
    Instant forgettable = clock.instant().minus(UNDER_WAY);
    return session
        .select("SELECT period, call FROM %s.unpublished_calls WHERE slice = ?", List.of(slice))
        .mapAsync(AT_ONCE, row -> published(row, publisher))
        .concat(Source.single(NEVER))
        .runWith(
            Sink.foldAsync(NEVER, (before, period) -> passed(slice, before, period, forgettable)),
            session.materializer())
        .thenApply(done -> Done.getInstance());
  }

  private static CompletionStage<Instant> published(
      Row row, Function<CallId, CompletionStage<Done>> publisher) {
    CallId call = CallId.parse(Objects.requireNonNull(row.getString("call")));
    Instant period = Objects.requireNonNull(row.getInstant("period"));
    return publisher.apply(call).thenApply(done -> period);
  }

  private CompletionStage<Instant> passed(
      int slice, Instant before, Instant period, Instant forgettable) {
    if (before.equals(period) || before.equals(NEVER)) {
      return CompletableFuture.completedStage(period);
    }
    return session
        .write(
            "DELETE FROM %s.unpublished_calls USING TIMESTAMP ? WHERE slice = ? AND period = ?",
            micros(forgettable), slice, before)
        .thenApply(done -> period);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
