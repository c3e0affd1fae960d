package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.http.TestApi.Answer;

/** Whatever is wrong with the question what would have come of a day is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulateProblemTest {
  private static final String CURRENT = "/api/v1/plans/current/simulate";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
    Plans.publish(api, SimulatedDay.PLAN);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|traffic|is required",
        "{\"traffic\":null}|traffic|is required, got null",
        "{\"traffic\":\"day.csv\"}|traffic|must be an object, got a text",
        "{\"traffic\":{}}|traffic|must have either csv, or from and to",
        "{\"traffic\":{\"csv\":\"at,to\",\"from\":\"2026-11-20T09:00:00Z\"}}|traffic|must have"
            + " either csv, or from and to",
        "{\"traffic\":{\"csv\":7}}|traffic.csv|must be a text, got a number",
        "{\"traffic\":{\"file\":\"x\",\"csv\":\"at\"}}|traffic.file|is unknown; known are csv,"
            + " from, to",
        "{\"traffic\":{\"from\":\"2026-11-20T09:00:00Z\"}}|traffic.to|is required",
        "{\"traffic\":{\"to\":\"2026-11-20T09:00:00Z\"}}|traffic.from|is required",
        "{\"traffic\":{\"from\":\"today\",\"to\":\"2026-11-20T09:00:00Z\"}}|traffic.from|must be an"
            + " instant such as",
        "{\"traffic\":{\"from\":\"2026-11-20T09:00:00Z\",\"to\":\"2026-11-20T09:00:00Z\"}}|traffic.from|must"
            + " be before to",
        "{\"traffic\":{\"from\":\"1999-11-20T09:00:00Z\",\"to\":\"1999-11-20T10:00:00Z\"}}|traffic.from|must"
            + " lie in the years 2000",
        "{\"traffic\":{\"from\":\"2026-10-20T09:00:00Z\",\"to\":\"2026-11-20T09:00:01Z\"}}|traffic.to|must"
            + " be at most 31 days after from",
        "{\"traffic\":{\"csv\":\"at\"},\"agents\":{}}|agents.csv|is required",
        "{\"traffic\":{\"csv\":\"at\"},\"agents\":[]}|agents|must be an object, got a list",
        "{\"traffic\":{\"csv\":\"at\"},\"seed\":-1}|seed|must be 0 to 9007199254740991, got -1",
        "{\"traffic\":{\"csv\":\"at\"},\"seed\":9007199254740992}|seed|must be 0 to"
            + " 9007199254740991",
        "{\"traffic\":{\"csv\":\"at\"},\"seed\":1.5}|seed|must be a whole number, got 1.5",
        "{\"traffic\":{\"csv\":\"at\"},\"seed\":99999999999999999999}|seed|must be a whole number",
        "{\"traffic\":{\"csv\":\"at\"},\"within\":20}|within|must be a text, got a number",
        "{\"traffic\":{\"csv\":\"at\"},\"within\":\"25h\"}|within|must be 0 s to 24 h",
        "{\"traffic\":{\"csv\":\"at\"},\"shortAbandon\":\"-PT1S\"}|shortAbandon|must be a duration"
            + " such as",
        "{\"traffic\":{\"csv\":\"at\"},\"callbackAnswer\":\"25h\"}|callbackAnswer|must be 0 s to"
            + " 24 h",
        "{\"traffic\":{\"csv\":\"at\"},\"formula\":\"ANSWERED_ONLY\"}|formula|must be one of"
            + " abandon-positive, answered-only",
        "{\"traffic\":{\"csv\":\"at\"},\"region\":\"usa\"}|region|must be a country's two letters",
        "{\"traffic\":{\"csv\":\"at\"},\"format\":\"json\"}|format|is unknown; known are traffic,"
            + " agents",
      })
  void shouldNameWhatIsWrongWithTheQuestion(String body, String field, String says) {
    Answer answer = api.bad("POST", CURRENT, body);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).contains(says);
  }

  @Test
  void shouldSayWhereTheCsvIsWrong() {
    Answer answer =
        api.call(
            "POST",
            CURRENT,
            SimulatedDay.question(
                Map.of(
                    "traffic",
                        Map.of("csv", "at,to,handle\n2026-11-20T09:00:00Z,+1415,60\ntoday,,x\n"),
                    "agents", Map.of("csv", "agent,noanswer\nana,0\nben,2\n"))));

    assertThat(answer.status()).isEqualTo(400);
    List<String> errors = new ArrayList<>();
    answer
        .body()
        .get("errors")
        .forEach(
            e ->
                errors.add(
                    e.get("field").asText()
                        + ' '
                        + e.get("line")
                        + ' '
                        + e.get("column")
                        + ' '
                        + e.get("message").asText().replaceAll(" .*", "")));
    assertThat(errors)
        .containsExactly(
            "traffic.csv 3 1 at:",
            "traffic.csv 3 7 to:",
            "traffic.csv 3 8 handle:",
            "agents.csv 3 5 noanswer:");
    assertThat(answer.body().get("detail").asText())
        .startsWith(
            "The CSV cannot be simulated; the first error is at line 3, column 1: at: must be an"
                + " instant");
  }

  @Test
  void shouldSayThatNobodyKnowsHowLongAgentsTalk() {
    Answer answer =
        api.call(
            "POST",
            CURRENT,
            SimulatedDay.question(
                Map.of(
                    "traffic", Map.of("csv", "at,to\n2026-11-20T09:00:00Z,+14155550100\n"),
                    "agents", Map.of("csv", SimulatedDay.AGENTS))));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message(0)).isEqualTo("no call says how long an agent talks with the caller");
  }
}
