package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.http.TestApi.Answer;
import tandem.router.domain.AgentId;
import tandem.router.domain.TenantId;

/** What plans decide by: agents' skills, languages, teams and attributes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraitsTest {
  private static final String AGENTS = "/api/v1/agents";
  private static final String ANNA = AGENTS + "/anna";
  private static final String WHO = "\"displayName\":\"Anna\",\"contact\":\"sip:1@sim.invalid\"";
  private static final String TRAITS =
      "\"skills\":{\"billing\":7,\"spanish\":0},\"languages\":[\"pt-br\",\"es\"],"
          + "\"teams\":[\"night\"],"
          + "\"attributes\":{\"vip\":true,\"floor\":3,\"share\":0.5,\"desk\":\"N 4\"}";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @BeforeEach
  void empty() {
    api.router.agents.clear();
  }

  private Answer create(String more) {
    return api.call("POST", AGENTS, "{\"id\":\"anna\"," + WHO + more + "}");
  }

  @Test
  void shouldKeepThem() {
    Answer created = create("," + TRAITS);

    assertThat(created.status()).isEqualTo(201);
    JsonNode anna = api.get(ANNA).body();
    assertThat(anna).isEqualTo(created.body());
    assertThat(anna.get("skills").toString()).isEqualTo("{\"billing\":7,\"spanish\":0}");
    assertThat(anna.get("languages").toString()).isEqualTo("[\"es\",\"pt-br\"]");
    assertThat(anna.get("teams").toString()).isEqualTo("[\"night\"]");
    assertThat(anna.get("attributes").toString())
        .isEqualTo("{\"desk\":\"N 4\",\"floor\":3,\"share\":0.5,\"vip\":true}");
    assertThat(
            api.router
                .agents
                .get(new AgentId(new TenantId("demo"), "anna"))
                .view()
                .traits()
                .skill("billing"))
        .isEqualTo(7);
  }

  @Test
  void shouldLeaveThemAloneInAPatchAndEmptyThemInAPut() {
    create("," + TRAITS);

    JsonNode patched =
        api.call("PATCH", ANNA, "{\"teams\":[\"day\"],\"skills\":null,\"displayName\":\"A\"}")
            .body();
    assertThat(patched.get("teams").toString()).isEqualTo("[\"day\"]");
    assertThat(patched.get("skills").get("billing").asInt()).isEqualTo(7);
    assertThat(patched.get("attributes")).hasSize(4);
    JsonNode cleared = api.call("PATCH", ANNA, "{\"skills\":{},\"languages\":[]}").body();
    assertThat(cleared.get("skills")).isEmpty();
    assertThat(cleared.get("languages")).isEmpty();
    assertThat(cleared.get("teams")).hasSize(1);

    JsonNode replaced = api.call("PUT", ANNA, "{" + WHO + "}").body();
    assertThat(replaced.get("teams")).isEmpty();
    assertThat(replaced.get("attributes")).isEmpty();
    assertThat(create("").status()).as("there is one already").isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"skills\":{\"billing\":12}|skills.billing|must be 0 to 10, got 12",
        "\"skills\":{\"billing\":-1}|skills.billing|must be 0 to 10, got -1",
        "\"skills\":{\"billing\":1.5}|skills.billing|must be a whole number, got 1.5",
        "\"skills\":{\"billing\":\"7\"}|skills.billing|must be a whole number, got a text",
        "\"skills\":{\"billing\":null}|skills.billing|must be a whole number, got null",
        "\"skills\":{\"Billing\":7}|skills.Billing|must be 1 to 64 of a-z",
        "\"skills\":{\"\":7}|skills.|must be 1 to 64 of a-z",
        "\"skills\":[\"billing\"]|skills|must be an object, got a list",
        "\"languages\":\"es\"|languages|must be a list of texts, got a text",
        "\"languages\":[\"ES\"]|languages[0]|must be 1 to 64 of a-z",
        "\"languages\":[\"es\",\"es\"]|languages|must not name one twice",
        "\"teams\":[\"night\",7]|teams[1]|must be a text, got a number",
        "\"attributes\":{\"a\":[1]}|attributes.a|must be a text, a number, or true or false, got a list",
        "\"attributes\":{\"a\":\"x\\ny\"}|attributes.a|must not contain control characters",
        "\"attributes\":{\"A\":1}|attributes.A|must be 1 to 64 of a-z"
      })
  void shouldNameTheFieldThatIsWrong(String traits, String field, String says) {
    Answer answer = api.bad("POST", AGENTS, "{\"id\":\"anna\"," + WHO + "," + traits + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).contains(says);
    assertThat(api.router.agents).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"skills", "languages", "teams", "attributes"})
  void shouldBoundTheirNumber(String field) {
    boolean list = field.equals("languages") || field.equals("teams");
    int most = field.equals("attributes") ? 50 : 100;
    assertThat(create("," + many(field, list, most)).status()).isEqualTo(201);
    api.router.agents.clear();

    Answer answer =
        api.bad(
            "POST", AGENTS, "{\"id\":\"anna\"," + WHO + "," + many(field, list, most + 1) + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).isEqualTo("must be at most " + most + ", got " + (most + 1));
    assertThat(api.router.agents).isEmpty();
  }

  private static String many(String field, boolean list, int count) {
    String items =
        IntStream.range(0, count)
            .mapToObj(i -> "\"n" + i + '"' + (list ? "" : ":1"))
            .collect(Collectors.joining(","));
    return '"' + field + "\":" + (list ? '[' + items + ']' : '{' + items + '}');
  }

  @Test
  void shouldBoundTheTextOfAnAttribute() {
    assertThat(create(",\"attributes\":{\"a\":\"" + "é".repeat(500) + "\"}").status())
        .isEqualTo(201);
    Answer answer = api.bad("PATCH", ANNA, "{\"attributes\":{\"a\":\"" + "é".repeat(501) + "\"}}");
    assertThat(answer.field(0)).isEqualTo("attributes.a");
    assertThat(answer.message(0)).isEqualTo("at most 500 characters");
  }
}
