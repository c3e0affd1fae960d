package tandem.router.guide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Makes a whole plan of a fragment: the guide's house with the fragment in its place. */
final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String house;

  Documents(String house) {
    this.house = house;
  }

  /** The example's plan as a document. */
  String of(Example example) {
    return of(example.kind(), example.json());
  }

  String next(Example example) {
    return of("part", example.next());
  }

  private String of(String kind, String json) {
    if (kind.equals("plan") || kind.equals("wrong")) {
      return json;
    }
    ObjectNode plan = (ObjectNode) read(house);
    JsonNode part = read(json);
    switch (kind) {
      case "part" -> merge(plan, part);
      case "rules" -> plan.withObject("flows").set("main", part);
      case "wait" -> plan.withObject("flows").putArray("main").addObject().set("do", part);
      case "queue" -> plan.withObject("queues").set("support", part);
      case "calendar" -> plan.withObject("calendars").set("office", part);
      default -> throw new IllegalArgumentException("no example is '" + kind + "'");
    }
    return plan.toPrettyString();
  }

  /** What is named in both is the fragment's; sections are put together name by name. */
  private static void merge(ObjectNode plan, JsonNode part) {
    for (Map.Entry<String, JsonNode> section : part.properties()) {
      JsonNode before = plan.get(section.getKey());
      if (before instanceof ObjectNode into && section.getValue().isObject()) {
        section.getValue().properties().forEach(e -> into.set(e.getKey(), e.getValue()));
      } else {
        plan.set(section.getKey(), section.getValue());
      }
    }
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
