package tandem.http.json;

import java.util.List;
import java.util.Map;
import tandem.persistence.readmodel.Sentences;
import tandem.router.call.Call;
import tandem.router.domain.select.Decision;

/** Tells why an agent was picked for a caller. */
final class OfferedText {
  private OfferedText() {}

  static String tell(Call.AgentOffered e, Map<String, Object> fields) {
    String agent = "agent " + e.agent().name();
    String queue = Sentences.queue(e.queue().name());
    Decision why = e.why();
    if (why == null) {
      return "%s was picked for %s, before it was kept why agents are picked"
          .formatted(agent, queue);
    }
    if (why.plan() > 0) {
      fields.put("plan", why.plan());
    }
    fields.put("strategy", Words.of(why.strategy()));
    fields.put("waiting", why.waiting());
    fields.put("priority", why.priority());
    fields.put("members", why.members());
    fields.put("excluded", why.excluded());
    fields.put("preferred", why.preferred());
    fields.put("order", why.order());
    fields.put("winner", e.agent().name());
    return "%s was picked for %s by %s%s: %s; %s waiting, and this one had priority %s"
        .formatted(
            agent,
            queue,
            Words.of(why.strategy()),
            why.plan() > 0 ? " (version " + why.plan() + " of the plan)" : " (no plan)",
            choice(why),
            why.waiting() == 1 ? "1 caller was" : why.waiting() + " callers were",
            plain(why.priority()));
  }

  private static String choice(Decision why) {
    int out = why.excluded().values().stream().mapToInt(Integer::intValue).sum();
    StringBuilder text = new StringBuilder("of ").append(why.members());
    text.append(why.members() == 1 ? " member " : " members ").append(out == 0 ? "none" : out);
    text.append(out > 1 ? " were passed over" : " was passed over");
    if (out > 0) {
      List<String> reasons =
          why.excluded().entrySet().stream()
              .filter(reason -> reason.getValue() > 0)
              .map(reason -> reason.getValue() + " " + reason(reason.getKey()))
              .toList();
      text.append(" (").append(Sentences.all(reasons)).append(')');
    }
    if (why.preferred() > 0) {
      text.append(", ").append(why.preferred()).append(" of the rest preferred");
    }
    if (!why.order().isEmpty()) {
      text.append(why.order().size() == 1 ? ", and the best was " : ", and the best were ")
          .append(String.join(", ", why.order()));
    }
    return text.toString();
  }

  private static String reason(String excluded) {
    return switch (excluded) {
      case "not-free" -> "not free";
      case "requirement" -> "not as required";
      case "tier" -> "of a later tier";
      case "tried" -> "tried before";
      case "later" -> "whom another queue has first";
      case "sticky" -> "other than the caller's last agent";
      default -> excluded;
    };
  }

  private static String plain(double priority) {
    long whole = Math.round(priority);
    return priority == whole
        ? Long.toString(whole)
        : Double.toString(Math.round(priority * 100) / 100.0);
  }
}
