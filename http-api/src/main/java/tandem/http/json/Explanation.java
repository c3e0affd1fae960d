package tandem.http.json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.plan.Plan;

/**
 * Why a call went as it did, decision by decision, for machines and for people.
 *
 * @param call its id
 * @param decisions in their order
 * @param truncated whether there are more
 */
public record Explanation(String call, List<Decision> decisions, boolean truncated) {
  public Explanation {
    decisions = List.copyOf(decisions);
  }

  /**
   * One decision.
   *
   * @param kind what it is
   * @param text one sentence, on one line
   * @param fields the same for machines
   */
  public record Decision(Instant at, String kind, String text, Map<String, Object> fields) {}

  /**
   * Explains a call.
   *
   * @param events from the first on, in order
   * @param plans the plan's versions that the events speak of and that can still be read
   * @param truncated whether the call has more events
   */
  public static Explanation of(
      CallId call, List<Call.Event> events, Map<Long, Plan> plans, boolean truncated) {
    Explainer explainer = new Explainer(plans);
    events.forEach(explainer::tell);
    return new Explanation(call.channel(), explainer.decisions(), truncated);
  }

  /** What clients get as JSON. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("call", call);
    json.put("decisions", decisions.stream().map(Explanation::json).toList());
    json.put("truncated", truncated);
    return json;
  }

  private static Map<String, Object> json(Decision decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", decision.at());
    json.put("kind", decision.kind());
    json.put("text", decision.text());
    json.putAll(decision.fields());
    return json;
  }

  /** The sentences alone: one a line, after its time. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Decision decision : decisions) {
      text.append(decision.at()).append(' ').append(decision.text()).append('\n');
    }
    if (truncated) {
      text.append("The call has more events than are explained here.\n");
    }
    return text.toString();
  }
}
