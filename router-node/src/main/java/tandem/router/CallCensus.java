package tandem.router;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.GaugeMetricFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tandem.router.feed.CallView;
import tandem.router.feed.View;

/** How many calls of this process are in which state: the one place that counts living calls. */
final class CallCensus extends Collector {
  private static final CallCensus THIS_PROCESS =
      new CallCensus().register(CollectorRegistry.defaultRegistry);

  private final Map<String, CallView.Status> states = new ConcurrentHashMap<>();

  private CallCensus() {}

  static CallCensus ofThisProcess() {
    return THIS_PROCESS;
  }

  void saw(View view) {
    if (view instanceof CallView call) {
      String id = Shards.CALLS.name() + '|' + call.id().value();
      if (call.state() == CallView.Status.ENDED) {
        left(id);
      } else {
        states.put(id, call.state());
      }
    }
  }

  /** The entity has stopped here, for good or to go on elsewhere. */
  void left(String persistenceId) {
    states.remove(persistenceId);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Map<CallView.Status, Integer> counts = new EnumMap<>(CallView.Status.class);
    states.values().forEach(status -> counts.merge(status, 1, Integer::sum));
    GaugeMetricFamily calls =
        new GaugeMetricFamily(
            "tandem_calls_live", "Calls that live on this node, by state.", List.of("state"));
    for (CallView.Status status : CallView.Status.values()) {
      if (status != CallView.Status.ENDED) {
        calls.addMetric(
            List.of(status.name().toLowerCase(Locale.ROOT)), counts.getOrDefault(status, 0));
      }
    }
    return List.of(calls);
  }
}
