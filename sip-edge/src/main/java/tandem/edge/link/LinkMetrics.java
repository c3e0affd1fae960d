package tandem.edge.link;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tandem.cluster.Metrics;
import tandem.router.domain.Quality;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkQuery.LinkState;

/** One link's figures. Single owner of their names. */
final class LinkMetrics {
  private static final Gauge STATE =
      Metrics.gauge(
          "tandem_link_state",
          "1 for the state a switch link is in, 0 for others",
          "switch",
          "state");
  private static final Gauge CALLS =
      Metrics.gauge("tandem_link_calls", "Calls that a switch link carries", "switch");
  private static final Gauge RATE =
      Metrics.gauge(
          "tandem_originate_rate", "Originates a second that pacing allows now", "switch");
  private static final Counter ORIGINATES =
      Metrics.counter(
          "tandem_originates_total",
          "Ordered legs by what became of them: answered, failed, refused",
          "switch",
          "outcome");
  private static final Counter TURNED_AWAY =
      Metrics.counter(
          "tandem_callers_turned_away_total",
          "Callers hung up at once: unknown-number, draining, invalid",
          "switch",
          "reason");
  private static final Histogram OFFER_LATENCY =
      Metrics.latency(
          "tandem_offer_latency_seconds",
          "From a caller's park seen to its first originate written",
          "switch");

  private static final Histogram MOS =
      Metrics.histogram(
          "tandem_leg_mos",
          "Mean opinion score of what the switch received of a leg, 1 to 4.5",
          new double[] {1.5, 2, 2.5, 3, 3.3, 3.6, 3.8, 4, 4.2, 4.3, 4.4, 4.5},
          "switch",
          "direction");
  private static final Histogram JITTER =
      Metrics.histogram(
          "tandem_leg_jitter_milliseconds",
          "Jitter of what the switch received of a leg",
          new double[] {1, 2, 5, 10, 20, 30, 50, 75, 100, 200, 500},
          "switch",
          "direction");
  private static final Histogram LOSS =
      Metrics.histogram(
          "tandem_leg_loss_ratio",
          "Share of the packets of a leg that never came, 0 to 1",
          new double[] {0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1},
          "switch",
          "direction");

  private final String id;

  LinkMetrics(SwitchId id) {
    this.id = id.value();
  }

  void state(LinkState now) {
    for (LinkState state : LinkState.values()) {
      STATE.labels(id, state.name()).set(state == now ? 1 : 0);
    }
  }

  void calls(int count) {
    CALLS.labels(id).set(count);
  }

  void rate(double originates) {
    RATE.labels(id).set(originates);
  }

  void originate(String outcome) {
    ORIGINATES.labels(id, outcome).inc();
  }

  void turnedAway(String reason) {
    TURNED_AWAY.labels(id, reason).inc();
  }

  void offered(Duration after) {
    OFFER_LATENCY.labels(id).observe(after.toNanos() / 1e9);
  }

  /**
   * How a leg was heard that has ended.
   *
   * @param quality null when nobody knows
   */
  void heard(Leg.Role role, @Nullable Quality quality) {
    if (quality != null) {
      String direction = role == Leg.Role.CALLER ? "inbound" : "outbound";
      MOS.labels(id, direction).observe(quality.mos());
      JITTER.labels(id, direction).observe(quality.jitter());
      LOSS.labels(id, direction).observe(quality.loss());
    }
  }

  /** This node no longer has the link: its figures would stand still here. */
  void stopped() {
    for (LinkState state : LinkState.values()) {
      STATE.remove(id, state.name());
    }
    CALLS.remove(id);
    RATE.remove(id);
  }
}
