package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each ready-made flow can be copied into a plan that has what it needs, and nothing else. */
class IvrTemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SECTIONS =
      Map.of(
          "queues",
          "{}",
          "calendars",
          "{\"timeZone\": \"UTC\", \"hours\": {\"mon-fri\": [\"09:00-17:00\"]}}");

  private static Stream<JsonNode> templates() throws Exception {
    JsonNode all = JSON.readTree(IvrTemplates.json()).get("templates");
    return StreamSupport.stream(all.spliterator(), false);
  }

  @TestFactory
  Stream<DynamicTest> shouldBeRightInAPlanThatHasWhatItNeeds() throws Exception {
    return templates()
        .map(
            template ->
                DynamicTest.dynamicTest(
                    template.get("name").asText(),
                    () -> assertThat(PlanReader.read(plan(template)).problems()).isEmpty()));
  }

  @Test
  void shouldHaveTheNameOfItsFlow() throws Exception {
    assertThat(templates())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            template -> {
              assertThat(template.get("ivr").has(template.get("name").asText())).isTrue();
              assertThat(template.get("description").asText()).isNotBlank();
            });
  }

  private static String plan(JsonNode template) throws Exception {
    ObjectNode plan = JSON.createObjectNode();
    for (Map.Entry<String, String> section : SECTIONS.entrySet()) {
      ObjectNode names = plan.putObject(section.getKey());
      JsonNode needed = template.get("needs").path(section.getKey());
      for (JsonNode name : needed) {
        names.set(name.asText(), JSON.readTree(section.getValue()));
      }
    }
    String name = template.get("name").asText();
    ObjectNode ivrs = plan.putObject("ivr");
    ivrs.setAll((ObjectNode) template.get("ivr"));
    boolean visited = template.get("ivr").toString().contains("\"return\"");
    if (visited) {
      ivrs.set(
          "caller",
          JSON.readTree(
              "{\"start\": \"a\", \"nodes\": {\"a\": {\"ivr\": \"%s\", \"next\": \"b\"}, \"b\": {\"do\": {\"hangup\": \"USER_BUSY\"}}}}"
                  .formatted(name)));
    }
    plan.putArray("numbers").addObject().put("match", "+1*").put("flow", "main");
    plan.putObject("flows")
        .putArray("main")
        .addObject()
        .putObject("do")
        .put("ivr", visited ? "caller" : name);
    return plan.toString();
  }
}
