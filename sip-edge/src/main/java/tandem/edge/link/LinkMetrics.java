package tandem.edge.link;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import tandem.cluster.Metrics;
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

  /** This node no longer has the link: its figures would stand still here. */
  void stopped() {
    for (LinkState state : LinkState.values()) {
      STATE.remove(id, state.name());
    }
    CALLS.remove(id);
    RATE.remove(id);
  }
}
