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
import org.jspecify.annotations.Nullable;
import tandem.persistence.readmodel.RecordSession;
import tandem.router.domain.CallId;

/**
 * The calls Kafka is owed, while it is away for longer than a call can wait: by slice and by the
 * hour in which they were noted. A whole hour is deleted at once, so that a long outage leaves a
 * few tombstones and not one a call.
 */
final class UnpublishedCalls {
  /** Calls published side by side when Kafka is back (count): beside what comes anew. */
  private static final int AT_ONCE = 8;

  /**
   * By how much the clocks of two nodes may differ. What was noted later than this before a look is
   * published again with the next one: another node may be noting with an earlier time.
   */
  private static final Duration SKEW = Duration.ofSeconds(10);

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
        "INSERT INTO %s.unpublished_calls (slice, hour, call) VALUES (?, ?, ?) USING TIMESTAMP ?",
        slice, now.truncatedTo(ChronoUnit.HOURS), call.value(), micros(now));
  }

  /**
   * Gives each noted call of a slice to a publisher, and forgets an hour when all of it is
   * published.
   *
   * @return fails with the first call that could not be published; the rest stays noted
   */
  CompletionStage<Done> publish(int slice, Function<CallId, CompletionStage<Done>> publisher) {
    Instant forgettable = clock.instant().minus(SKEW);
    return session
        .select("SELECT hour, call FROM %s.unpublished_calls WHERE slice = ?", List.of(slice))
        .mapAsync(AT_ONCE, row -> published(row, publisher))
        // A last hour that never was, so that the true last one is followed by another, too.
        .concat(Source.single(Instant.MAX))
        .runWith(
            Sink.foldAsync(Instant.MAX, (before, hour) -> passed(slice, before, hour, forgettable)),
            session.materializer())
        .thenApply(done -> Done.getInstance());
  }

  private static CompletionStage<Instant> published(
      Row row, Function<CallId, CompletionStage<Done>> publisher) {
    CallId call = CallId.parse(Objects.requireNonNull(row.getString("call")));
    @Nullable Instant hour = row.getInstant("hour");
    return publisher.apply(call).thenApply(done -> Objects.requireNonNull(hour));
  }

  private CompletionStage<Instant> passed(
      int slice, Instant before, Instant hour, Instant forgettable) {
    if (before.equals(hour) || before.equals(Instant.MAX)) {
      return CompletableFuture.completedStage(hour);
    }
    return session
        .write(
            "DELETE FROM %s.unpublished_calls USING TIMESTAMP ? WHERE slice = ? AND hour = ?",
            micros(forgettable), slice, before)
        .thenApply(done -> hour);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
