package tandem.persistence.projection;

import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.record.Recorder;

/** Tells how a node's record is doing: how late it is, and how often it failed. */
final class RecordMetrics {
  private static final Logger log = LoggerFactory.getLogger(RecordMetrics.class);
  private static final Duration WARN_EVERY = Duration.ofMinutes(1);
  private static final Histogram DELAY =
      Metrics.latency(
          "tandem_record_delay_seconds", "From a call's end to the moment the history had it.");
  private static final Counter FAILURES =
      Metrics.counter(
          "tandem_record_failures_total",
          "Times a call could not be recorded; the call says it again.");

  private final Clock clock;
  private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);

  RecordMetrics(Clock clock) {
    this.clock = clock;
  }

  void written(Recorder.Note note) {
    List<Call.Event> events = note.events();
    // A living call that has recovered says old news again: only the end tells the delay.
    if (!events.isEmpty() && events.get(events.size() - 1) instanceof Call.Ended end) {
      DELAY.observe(Math.max(0, Duration.between(end.at(), clock.instant()).toNanos() / 1e9));
    }
  }

  void failed(CallId call, Throwable why) {
    FAILURES.inc();
    long now = clock.millis();
    long quiet = quietUntil.get();
    if (now >= quiet && quietUntil.compareAndSet(quiet, now + WARN_EVERY.toMillis())) {
      log.warn(
          "Calls cannot be recorded and will be tried again, {} first: {}", call, why.toString());
    } else {
      log.debug("{} is not recorded", call, why);
    }
  }
}
