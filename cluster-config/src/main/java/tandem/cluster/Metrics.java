package tandem.cluster;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's metrics. Single owner of the names in the default registry: asking for a metric again
 * gives the one that is there, so several nodes in the JVM of a test share theirs.
 */
public final class Metrics {
  /**
   * Bounds of latency histograms, in seconds: fine around the 50 ms of an offer, up to a minute.
   */
  private static final double[] LATENCY_BUCKETS = {
    .0005, .001, .0025, .005, .0075, .01, .015, .025, .05, .075, .1, .25, .5, 1, 2.5, 5, 10, 30, 60
  };

  private static final ConcurrentMap<String, Collector> byName = new ConcurrentHashMap<>();

  private Metrics() {}

  /** A count that only grows, e.g. {@code tandem_offers_total} with the label {@code outcome}. */
  public static Counter counter(String name, String help, String... labels) {
    return metric(
        name,
        Counter.class,
        () ->
            Counter.build(name, help)
                .labelNames(labels)
                .register(CollectorRegistry.defaultRegistry));
  }

  /** A value that goes up and down, e.g. {@code tandem_calls} with the label {@code state}. */
  public static Gauge gauge(String name, String help, String... labels) {
    return metric(
        name,
        Gauge.class,
        () ->
            Gauge.build(name, help).labelNames(labels).register(CollectorRegistry.defaultRegistry));
  }

  /** Durations in seconds, e.g. {@code tandem_offer_latency_seconds}. */
  public static Histogram latency(String name, String help, String... labels) {
    return metric(
        name,
        Histogram.class,
        () ->
            Histogram.build(name, help)
                .labelNames(labels)
                .buckets(LATENCY_BUCKETS)
                .register(CollectorRegistry.defaultRegistry));
  }

  /**
   * Values of any unit, e.g. {@code tandem_leg_mos}.
   *
   * @param bounds the upper bounds of its classes, rising
   */
  public static Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return metric(
        name,
        Histogram.class,
        () ->
            Histogram.build(name, help)
                .labelNames(labels)
                .buckets(bounds)
                .register(CollectorRegistry.defaultRegistry));
  }

  /** Adds the JVM's own figures (heap, collections, threads); once is enough, more does no harm. */
  public static void addJvm() {
    DefaultExports.initialize();
  }

  /**
   * Content type of {@link #render} for an {@code Accept} header.
   *
   * @param accept the header's value, null when the request has none
   */
  public static String contentType(@Nullable String accept) {
    return TextFormat.chooseContentType(accept);
  }

  /** All metrics as Prometheus reads them, in the given {@link #contentType}. */
  public static String render(String contentType) {
    StringWriter text = new StringWriter(16 * 1024);
    try {
      TextFormat.writeFormat(
          contentType, text, CollectorRegistry.defaultRegistry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be written", e);
    }
    return text.toString();
  }

  private static <M extends Collector> M metric(String name, Class<M> kind, Supplier<M> make) {
    if (!name.startsWith("tandem_")) {
      throw new IllegalArgumentException("metric '" + name + "' must begin with tandem_");
    }
    Collector there = byName.computeIfAbsent(name, absent -> make.get());
    if (!kind.isInstance(there)) {
      throw new IllegalArgumentException(
          "metric '" + name + "' is a " + there.getClass().getSimpleName() + " already");
    }
    return kind.cast(there);
  }
}
