package tandem.persistence.projection;

import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import tandem.cluster.Metrics;
import tandem.router.call.Call;
import tandem.router.record.Recorder;

/** Tells how the record is doing: how late it is, and how often it failed. */
final class RecordMetrics {
  private static final Histogram DELAY =
      Metrics.latency(
          "tandem_record_delay_seconds",
          "From a call's latest event to the moment its record had it.");
  private static final Counter FAILURES =
      Metrics.counter(
          "tandem_record_failures_total",
          "Times a call's history could not be written; the call says it again.");

  private final Clock clock;

  RecordMetrics(Clock clock) {
    this.clock = clock;
  }

  void recorded(Recorder.Note note) {
    List<Call.Event> events = note.events();
    if (!events.isEmpty()) {
      Duration late = Duration.between(events.get(events.size() - 1).at(), clock.instant());
      DELAY.observe(Math.max(0, late.toNanos() / 1e9));
    }
  }

  void failed() {
    FAILURES.inc();
  }
}
