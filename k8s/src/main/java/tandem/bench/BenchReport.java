package tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tandem.cli.text.Table;

/**
 * All figures of one bench.
 *
 * @param loadBefore the machine's load average before it began: above a fraction of the cores,
 *     others were at work
 * @param latency at 50 calls a second
 * @param enqueues into one queue, persisted
 * @param eventBytes the mean size of an event in the calls' journal
 * @param blobInsertsPerSecond plain asynchronous inserts of a key and {@code eventBytes}
 * @param rowInsertsPerSecond plain asynchronous inserts of whole rows of the calls' journal, which
 *     are about as large as those of the other entities
 */
record BenchReport(
    Instant at,
    String java,
    int cores,
    double loadBefore,
    String heaps,
    double codecMegabytesPerSecond,
    List<DecisionResult> decisions,
    LifecycleBench.Step latency,
    List<LifecycleBench.Step> ramp,
    LifecycleBench.Step best,
    EnqueueBench.Result enqueues,
    int eventBytes,
    double blobInsertsPerSecond,
    double rowInsertsPerSecond) {

  /** The best step's persisted events to plain inserts of their bytes. */
  double ratio() {
    return best.events() / blobInsertsPerSecond;
  }

  /** The best step's persisted events to plain inserts of whole journal rows. */
  double rowRatio() {
    return best.events() / rowInsertsPerSecond;
  }

  String json() {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode tree =
        mapper
            .createObjectNode()
            .put("at", at.toString())
            .put("java", java)
            .put("cores", cores)
            .put("loadBefore", loadBefore)
            .put("heaps", heaps)
            .put("codecMegabytesPerSecond", codecMegabytesPerSecond)
            .put("eventBytes", eventBytes)
            .put("lifecyclesPerSecond", best.lifecycles())
            .put("eventsPerSecond", best.events())
            .put("blobInsertsPerSecond", blobInsertsPerSecond)
            .put("rowInsertsPerSecond", rowInsertsPerSecond)
            .put("ratio", ratio())
            .put("rowRatio", rowRatio())
            .put("enqueuesPerSecond", enqueues.most())
            .put("enqueueP50Millis", enqueues.p50Millis())
            .put("enqueueP99Millis", enqueues.p99Millis())
            .put("offerLatencyP50Millis", latency.p50Millis())
            .put("offerLatencyP99Millis", latency.p99Millis());
    tree.set("decisions", mapper.valueToTree(decisions));
    tree.set("ramp", mapper.valueToTree(ramp));
    return tree.toPrettyString() + "\n";
  }

  String table() {
    Table table = new Table("WHAT", "FIGURE", "");
    table.row("Event Socket codec, one thread", number("%.0f MB/s", codecMegabytesPerSecond), "");
    for (DecisionResult each : decisions) {
      table.row(
          each.what(),
          number("%.0f /s", each.perSecond()),
          number("p50 %.1f us, ", each.p50Micros()) + number("p99 %.1f us", each.p99Micros()));
    }
    table.row(
        "offer latency at 50 calls/s",
        number("p50 %.1f ms", latency.p50Millis()),
        number("p99 %.1f ms", latency.p99Millis()));
    for (LifecycleBench.Step step : ramp) {
      table.row(
          "lifecycles at " + step.offered() + " calls/s",
          number("%.0f /s", step.lifecycles()),
          number("p50 %.1f ms, ", step.p50Millis())
              + number("p99 %.1f ms, ", step.p99Millis())
              + (step.sustained() ? "kept up" : "did not keep up"));
    }
    table.row("most lifecycles, every event persisted", number("%.0f /s", best.lifecycles()), "");
    table.row("persisted events meanwhile", number("%.0f /s", best.events()), "");
    table.row(
        "enqueues into one queue, " + EnqueueBench.WAITING + " callers in line",
        number("%.0f /s", enqueues.most()),
        number("to be %.0f /s or more", EnqueueBench.ENOUGH));
    table.row(
        "enqueues at " + EnqueueBench.ENOUGH + " /s, until persisted and heard",
        number("p50 %.1f ms", enqueues.p50Millis()),
        number("p99 %.1f ms", enqueues.p99Millis()));
    table.row(
        "plain asynchronous inserts of a key and " + eventBytes + " bytes",
        number("%.0f /s", blobInsertsPerSecond),
        number("events / inserts %.3f, to be 0.10 or more", ratio()));
    table.row(
        "plain asynchronous inserts of journal rows",
        number("%.0f /s", rowInsertsPerSecond),
        number("events / inserts %.3f", rowRatio()));
    return table
        + "\n  "
        + cores
        + " cores for everything, load average "
        + number("%.1f", loadBefore)
        + " before the start, "
        + java
        + ".\n  Heaps: "
        + heaps
        + ".\n  Offer latency: caller's INVITE to the agent's INVITE, at the simulated switch.\n"
        + "  Decisions of agents and callers with requirements are sampled by JMH, each in a JVM of its own.\n"
        + "  Enqueues: each caller leaves again, so there are twice as many events; no agent is there.\n"
        + "  Kept up: 93 % of the calls placed meanwhile ended; the simulator, on the same cores, places"
        + " fewer than offered.\n";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
