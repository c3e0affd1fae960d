package tandem.persistence.projection;

import akka.projection.HandlerRecoveryStrategy;
import akka.projection.ProjectionId;
import akka.projection.StatusObserver;
import akka.projection.eventsourced.EventEnvelope;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.router.call.Call;

/** Tells how the projections are doing: how far behind they are, and how often they failed. */
final class ProjectionMetrics extends StatusObserver<EventEnvelope<Call.Event>> {
  private static final Logger log = LoggerFactory.getLogger(ProjectionMetrics.class);
  private static final Gauge LAG =
      Metrics.gauge(
          "tandem_projection_lag_seconds",
          "Age of the signal a projection has done last, when it had done it.",
          "projection",
          "tag");
  private static final Counter SIGNALS =
      Metrics.counter(
          "tandem_projection_signals_total",
          "Signals of calls that a projection has done.",
          "projection");
  private static final Counter FAILURES =
      Metrics.counter(
          "tandem_projection_failures_total",
          "Times a projection failed and was started again with a pause.",
          "projection");

  private final Clock clock;

  ProjectionMetrics(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void started(ProjectionId id) {
    log.debug("Projection {} started", id.id());
  }

  @Override
  public void failed(ProjectionId id, Throwable cause) {
    FAILURES.labels(id.name()).inc();
    log.warn("Projection {} failed and starts again: {}", id.id(), cause.toString());
  }

  @Override
  public void stopped(ProjectionId id) {
    log.debug("Projection {} stopped", id.id());
  }

  @Override
  public void beforeProcess(ProjectionId id, EventEnvelope<Call.Event> envelope) {}

  @Override
  public void afterProcess(ProjectionId id, EventEnvelope<Call.Event> envelope) {
    SIGNALS.labels(id.name()).inc();
    LAG.labels(id.name(), id.key()).set((clock.millis() - envelope.timestamp()) / 1e3);
  }

  @Override
  public void offsetProgress(ProjectionId id, EventEnvelope<Call.Event> envelope) {}

  @Override
  public void error(
      ProjectionId id,
      EventEnvelope<Call.Event> envelope,
      Throwable cause,
      HandlerRecoveryStrategy strategy) {
    log.debug("Projection {} could not do {}", id.id(), envelope.persistenceId(), cause);
  }
}
