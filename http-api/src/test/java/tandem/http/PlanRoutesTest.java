package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.http.TestApi.Answer;

/** Published versions and the way back to them, each exchange held against openapi.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanRoutesTest {
  private static final String ALL = "/api/v1/plans";
  private static final String DRAFT = Plans.DRAFT;
  private static final String COMMENT = "{\"comment\":\"because\"}";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("tandem.http.body-timeout = 2s");
  }

  @AfterAll
  void everyDocumentedOperationWasExercised() {
    List<String> left = new ArrayList<>(api.contract.left(ALL));
    api.close();
    assertThat(left)
        .as("ExplainTest, SimulateRoutesTest and DraftRoutesTest have the rest")
        .containsExactly(
            "POST /api/v1/plans/validate",
            "POST /api/v1/plans/{version}/explain",
            "POST /api/v1/plans/{version}/simulate");
  }

  @BeforeEach
  void empty() {
    api.router.plans.clear();
    api.router.silent(false);
  }

  @Test
  void shouldListVersionsFromTheNewestInPages() {
    for (int i = 0; i < 5; i++) {
      Plans.publish(api, "{\"queues\": {\"q" + i + "\": {}}}");
    }

    List<Long> seen = new ArrayList<>();
    List<Long> current = new ArrayList<>();
    int pages = 0;
    for (String next = ""; next != null; pages++) {
      JsonNode page = api.get(ALL + "?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next)).body();
      for (JsonNode item : page.get("items")) {
        seen.add(item.get("version").asLong());
        if (item.get("current").asBoolean()) {
          current.add(item.get("version").asLong());
        }
      }
      next = page.has("next") ? page.get("next").asText() : null;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(current).containsExactly(5L);
  }

  @Test
  void shouldRollBackToAnOldVersion() {
    Plans.publish(api, Plans.MAIN);
    Plans.publish(api, "{}");
    HttpRequest.Builder request =
        api.with("If-Match", "\"v2\"", "POST", ALL + "/1/rollback", COMMENT)
            .setHeader("Authorization", "Bearer " + TestApi.ANNA_TOKEN);

    Answer back = api.send(request, true);

    assertThat(back.status()).isEqualTo(201);
    assertThat(back.header("Location")).isEqualTo(ALL + "/3");
    assertThat(back.body().get("from").asLong()).isEqualTo(1);
    assertThat(back.body().get("author").asText()).isEqualTo("anna@example.com");
    assertThat(api.get(ALL + "/current").raw().body()).isEqualTo(Plans.MAIN);
    assertThat(api.get(ALL + "/2").raw().body()).as("the archive has it").isEqualTo("{}");
    assertThat(api.get(DRAFT).raw().body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|\"v1\"|412|\"v2\"",
        "1|\"d2\"|412|\"v2\"",
        "9|\"v2\"|404|'9'",
        "draft|\"v2\"|400|version: must be the number of a version",
        "current|\"v2\"|400|version: must be the number of a version",
        "0|\"v2\"|400|version: must be the number of a version",
        "1|v2|400|If-Match"
      })
  void shouldRollBackOnlyFromWhatTheAuthorKnows(String to, String tag, int status, String says) {
    Plans.publish(api, Plans.MAIN);
    Plans.publish(api, "{}");

    Answer answer =
        api.send(api.with("If-Match", tag, "POST", ALL + '/' + to + "/rollback", COMMENT), false);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().get("detail").asText()).contains(says);
    assertThat(api.get(ALL).body().get("items")).hasSize(2);
  }

  @Test
  void shouldAskWhichVersionARollBackReplaces() {
    Plans.publish(api, Plans.MAIN);

    Answer answer = api.send(api.request("POST", ALL + "/1/rollback", COMMENT), false);

    assertThat(answer.status()).isEqualTo(428);
    assertThat(answer.body().get("detail").asText()).contains("\"v3\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.0", "01", "1e3", "9999999999999999999", "DRAFT", "%20"})
  void shouldNameAWrongVersion(String version) {
    Answer one = api.bad("GET", ALL + '/' + version, null);
    assertThat(one.status()).isEqualTo(400);
    assertThat(one.field(0)).isEqualTo("version");
    Answer diff = api.bad("GET", ALL + '/' + version + "/diff", null);
    assertThat(diff.status()).isEqualTo(400);
    Answer to = api.bad("GET", ALL + "/draft/diff?to=" + version, null);
    assertThat(to.field(0)).isEqualTo("to");
  }

  @Test
  void shouldAskTheArchiveForNothingThatWasNeverPublished() {
    assertThat(api.get(ALL + "/1").status()).isEqualTo(404);
    Plans.publish(api, Plans.MAIN);
    int archived = api.router.plans.archived();

    assertThat(api.get(ALL + "/2").status()).isEqualTo(404);
    assertThat(api.get(ALL + "/999999999999999999").status()).isEqualTo(404);
    assertThat(api.router.plans.archived()).isEqualTo(archived);
  }

  @Test
  void shouldAskToComeBackForAVersionThatIsOnItsWayIntoTheArchive() {
    api.router.plans.archiveDown();
    Plans.publish(api, Plans.MAIN);
    assertThat(api.get(ALL + "/1").status()).as("in force, it needs no archive").isEqualTo(200);
    Plans.publish(api, "{}");

    assertThat(api.get(ALL + "/1").status()).isEqualTo(503);
    assertThat(api.get(ALL + "/current").status()).isEqualTo(200);
  }

  @Test
  void shouldTellWhatDiffersBetweenTwoPlans() {
    Plans.publish(api, Plans.MAIN);
    Plans.publish(api, Plans.MAIN.replace("\"priority\": 50", "\"priority\": 60"));
    save("If-Match", "\"d2\"", "{}");

    JsonNode diff = api.get(ALL + "/1/diff").body();
    assertThat(diff.get("from").asText()).isEqualTo("1");
    assertThat(diff.get("to").asText()).isEqualTo("2");
    JsonNode change = diff.get("changes").get(0);
    assertThat(diff.get("changes")).hasSize(1);
    assertThat(change.get("path").asText()).isEqualTo("flows.main[1].do.priority");
    assertThat(change.get("kind").asText()).isEqualTo("changed");
    assertThat(change.get("before").asText()).isEqualTo("50");
    assertThat(change.get("after").asText()).isEqualTo("60");
    JsonNode draft = api.get(ALL + "/current/diff?to=draft").body();
    assertThat(draft.get("from").asText()).isEqualTo("2");
    assertThat(draft.get("to").asText()).isEqualTo("draft");
    assertThat(draft.get("changes").get(0).get("kind").asText()).isEqualTo("removed");
    assertThat(draft.get("changes").get(0).has("after")).isFalse();
    assertThat(api.get(ALL + "/2/diff?to=2").body().get("changes")).isEmpty();
    assertThat(api.get(ALL + "/3/diff?to=draft").status()).isEqualTo(404);
  }

  @Test
  void shouldGiveTheSchemaToAnybody() {
    Answer schema = api.send(HttpRequest.newBuilder(api.root.resolve(ALL + "/schema")), true);

    assertThat(schema.status()).isEqualTo(200);
    assertThat(schema.header("Content-Type")).startsWith("application/schema+json");
    assertThat(schema.body().get("$schema").asText()).contains("2020-12");
  }

  @Test
  void shouldKeepTenantsApart() {
    Plans.publish(api, Plans.MAIN);

    for (String path : List.of(DRAFT, ALL + "/1", ALL + "/current")) {
      HttpRequest.Builder other =
          api.request("GET", path, null)
              .setHeader("Authorization", "Bearer " + TestApi.OTHER_TOKEN);
      assertThat(api.send(other, true).status()).isEqualTo(404);
    }
    HttpRequest.Builder nobody = HttpRequest.newBuilder(api.root.resolve(DRAFT));
    assertThat(api.send(nobody, true).status()).isEqualTo(401);
  }

  private Answer save(String header, String value, String text) {
    return api.send(api.with(header, value, "PUT", DRAFT, text), false);
  }
}
