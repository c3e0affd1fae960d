package tandem.edge.sim;

import java.util.List;

/**
 * A picture of the ledger.
 *
 * @param placed calls that came in
 * @param refused calls that limits or a pause turned away (503)
 * @param answered of the placed, answered by anybody or anything
 * @param bridged of the placed, bridged at least once
 * @param ended of the placed, over
 * @param abandoned of the ended, by the caller before any bridge
 * @param offers INVITEs to agents
 * @param overlaps phones that had more than one call at once, by name
 * @param latencies caller's INVITE to first agent's INVITE of every offered call, microseconds,
 *     sorted
 * @param live calls that are still up
 * @param over the last ended calls, oldest first, as many as the settings keep
 */
public record SimLedger(
    long placed,
    long refused,
    long answered,
    long bridged,
    long ended,
    long abandoned,
    long offers,
    List<String> overlaps,
    Latencies latencies,
    List<SimCall> live,
    List<SimCall> over) {

  /** One JSON object; with {@code calls} each call is listed, else only counts and latencies. */
  public String json(boolean calls) {
    SimJson json =
        SimJson.object(new StringBuilder())
            .put("placed", placed)
            .put("refused", refused)
            .put("answered", answered)
            .put("bridged", bridged)
            .put("ended", ended)
            .put("abandoned", abandoned)
            .put("offers", offers)
            .put("live", live.size())
            .put("offerP50Micros", latencies.micros(0.50))
            .put("offerP99Micros", latencies.micros(0.99))
            .put("offerMaxMicros", latencies.most());
    StringBuilder names = new StringBuilder("[");
    for (String user : overlaps) {
      SimJson.string(names.length() > 1 ? names.append(',') : names, user);
    }
    json.raw("overlaps", names.append(']').toString());
    if (calls) {
      json.raw("liveCalls", list(live)).raw("overCalls", list(over));
    }
    return json.end().toString();
  }

  private static String list(List<SimCall> calls) {
    StringBuilder out = new StringBuilder("[");
    for (SimCall call : calls) {
      call.json(out.length() > 1 ? out.append(',') : out);
    }
    return out.append(']').toString();
  }
}
