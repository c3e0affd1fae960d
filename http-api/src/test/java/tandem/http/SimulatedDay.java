package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tandem.http.TestApi.Answer;

/** A day's calls, who works, a plan for them, and how simulations of it are asked and read. */
final class SimulatedDay {
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  static final String PLAN =
      """
      {
        "numbers": [{"match": "+1415*", "flow": "main"}],
        "calendars": {"always": {"timeZone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}}},
        "queues": {"support": {"wrapUp": "10s", "serviceLevel": {"target": 0.8, "within": "30s"}}},
        "flows": {"main": [
          {"when": "!open('always')", "do": {"voicemail": "closed"}},
          {"do": {"queue": "support", "escalate": [{"after": "3m", "to": {"voicemail": "late"}}]}}
        ]}
      }
      """;
  static final String AGENTS = "agent,queues\nana,support\nben,support\ncleo,support\n";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SimulatedDay() {}

  /** 200 calls, one every 20 s; each fifth was abandoned. */
  static String day() {
    StringBuilder csv = new StringBuilder("id,at,from,to,queue,wait,outcome,talk\n");
    for (int i = 0; i < 200; i++) {
      boolean abandoned = i % 5 == 4;
      csv.append(
              "c%d,%s,+14155557%03d,+14155550100,support,"
                  .formatted(i, NINE.plusSeconds(20L * i), i))
          .append(abandoned ? "%d,abandoned,".formatted(20 + i % 60) : "")
          .append(abandoned ? "" : "%d,answered,%d".formatted(i % 45, 20 + i * 37 % 60))
          .append('\n');
    }
    return csv.toString();
  }

  static String question(Map<String, ?> fields) {
    return JSON.valueToTree(fields).toString();
  }

  /** The day with its agents; {@code more} is fields after a comma. */
  static String withCsv(String more) {
    String traffic = question(Map.of("traffic", Map.of("csv", day())));
    String agents = question(Map.of("agents", Map.of("csv", AGENTS)));
    return traffic.substring(0, traffic.length() - 1)
        + ","
        + agents.substring(1, agents.length() - 1)
        + more
        + "}";
  }

  /** The lines of a run that has begun. */
  static List<JsonNode> lines(TestApi api, Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.raw().body().lines().map(api::read).toList();
  }

  /** The report of a run that has come to its end. */
  static JsonNode report(TestApi api, Answer answer) {
    List<JsonNode> lines = lines(api, answer);
    JsonNode report = lines.get(lines.size() - 1).path("report");
    assertThat(report.isObject()).as(answer.raw().body()).isTrue();
    return report;
  }
}
