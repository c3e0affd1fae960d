package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import tandem.router.domain.TenantId;

/** The draft until it is published, each exchange held against openapi.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftRoutesTest {
  private static final TenantId DEMO = new TenantId("demo");
  private static final String ALL = "/api/v1/plans";
  private static final String DRAFT = Plans.DRAFT;
  private static final String PUBLISH = DRAFT + "/publish";
  private static final String COMMENT = "{\"comment\":\"because\"}";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("tandem.http.body-timeout = 2s");
  }

  @AfterAll
  void everyDocumentedOperationWasExercised() {
    var left = api.contract.left(DRAFT, ALL + "/validate");
    api.close();
    assertThat(left).isEmpty();
  }

  @BeforeEach
  void empty() {
    api.router.plans.clear();
    api.router.silent(false);
  }

  @Test
  void shouldKeepADraftExactlyAsItWasWritten() {
    String text = Plans.MAIN + "\r\n\t ";
    Answer saved = save("If-None-Match", "*", text);

    assertThat(saved.status()).isEqualTo(201);
    assertThat(saved.header("Location")).isEqualTo(DRAFT);
    assertThat(saved.header("ETag")).isEqualTo("\"d1\"");
    assertThat(saved.body().get("revision").asInt()).isEqualTo(1);
    assertThat(saved.body().get("author").asText()).isEqualTo("token of demo");
    Answer found = api.get(DRAFT);
    assertThat(found.raw().body()).isEqualTo(text);
    assertThat(found.header("ETag")).isEqualTo("\"d1\"");
    assertThat(found.header("Tandem-Plan-Author")).isEqualTo("token of demo");
    assertThat(found.header("Last-Modified")).endsWith("GMT");
  }

  @Test
  void shouldCountRevisionsAndNameTheAuthorOfEach() {
    save("If-None-Match", "*", Plans.MAIN);
    HttpRequest.Builder request =
        api.with("If-Match", "\"d1\"", "PUT", DRAFT, "{}")
            .setHeader("Authorization", "Bearer " + TestApi.ZOE_TOKEN);

    Answer saved = api.send(request, true);

    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.header("ETag")).isEqualTo("\"d2\"");
    assertThat(saved.body().get("author").asText()).isEqualTo("Zoë 100%");
    assertThat(api.get(DRAFT).header("Tandem-Plan-Author")).isEqualTo("Zo%C3%AB 100%25");
  }

  @Test
  void shouldSayWhatIsProbablyNotMeantSoAndSaveItAllTheSame() {
    String text = "{\"flows\": {\"main\": [{\"do\": {\"hangup\": \"USER_BUSY\"}}]}}";

    Answer saved = save("If-None-Match", "*", text);

    assertThat(saved.status()).isEqualTo(201);
    JsonNode warning = saved.body().get("warnings").get(0);
    assertThat(warning.get("path").asText()).isEqualTo("flows.main");
    assertThat(warning.get("severity").asText()).isEqualTo("warning");
    assertThat(warning.get("line").asInt()).isEqualTo(1);
  }

  @Test
  void shouldLetOnlyOneOfTwoAuthorsWithTheSameTagIn() {
    save("If-None-Match", "*", Plans.MAIN);

    List<CompletableFuture<Answer>> both =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> save("If-Match", "\"d1\"", "{\"queues\": {\"q" + i + "\": {}}}")))
            .toList();
    List<Answer> answers = both.stream().map(CompletableFuture::join).toList();

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
    Answer refused = answers.stream().filter(a -> a.status() == 412).findFirst().orElseThrow();
    assertThat(refused.body().get("detail").asText()).contains("revision 2", "\"d2\"");
    int winner = answers.get(0).status() == 200 ? 0 : 1;
    assertThat(api.get(DRAFT).raw().body()).contains("q" + winner);
  }

  @Test
  void shouldRefuseASecondFirstDraft() {
    save("If-None-Match", "*", Plans.MAIN);

    Answer second = save("If-None-Match", "*", "{}");

    assertThat(second.status()).isEqualTo(412);
    assertThat(second.body().get("detail").asText()).contains("revision 1");
    assertThat(api.get(DRAFT).raw().body()).isEqualTo(Plans.MAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "If-Match|\"d7\"|412|revision 1",
        "If-Match|\"d0\"|412|revision 1",
        "If-Match|\"v1\"|412|revision 1",
        "If-Match|\"d01\"|412|revision 1",
        "If-Match|\"d99999999999999999999\"|412|revision 1",
        "If-Match|\"\"|412|revision 1",
        "If-Match|*|400|If-Match: must be one entity tag",
        "If-Match|d1|400|If-Match: must be one entity tag",
        "If-Match|W/\"d1\"|412|revision 1",
        "If-Match|\"d1\", \"d2\"|400|If-Match: must be one entity tag",
        "If-None-Match|\"d1\"|400|If-None-Match: must be *",
        "X-Nothing|1|428|If-None-Match: *"
      })
  void shouldRefuseWhoDoesNotKnowTheDraft(String header, String value, int status, String says) {
    save("If-None-Match", "*", Plans.MAIN);

    Answer answer = api.send(api.with(header, value, "PUT", DRAFT, "{}"), false);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().get("detail").asText()).contains(says);
    assertThat(api.get(DRAFT).raw().body()).isEqualTo(Plans.MAIN);
  }

  @Test
  void shouldRefuseBothPreconditionsAtOnce() {
    HttpRequest.Builder request =
        api.with("If-Match", "\"d1\"", "PUT", DRAFT, "{}").header("If-None-Match", "*");

    assertThat(api.send(request, false).field(0)).isEqualTo("If-None-Match");
    assertThat(api.get(DRAFT).status()).isEqualTo(404);
  }

  @Test
  void shouldRefuseATagWhereThereIsNoDraft() {
    Answer answer = save("If-Match", "\"d1\"", Plans.MAIN);

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.body().get("detail").asText()).contains("no draft yet", "If-None-Match: *");
  }

  @Test
  void shouldNameEveryErrorOfADocumentWithItsPlaceAndSaveNothing() {
    String text =
        """
        {
          "queues": {"support": {"strategy": "fifo"}},
          "flows": {"main": [
            {"when": "call.contry == 'ES'", "do": {"queue": "suport"}}
          ]}
        }
        """;

    Answer answer = save("If-None-Match", "*", text);

    assertThat(answer.status()).isEqualTo(400);
    JsonNode errors = answer.body().get("errors");
    List<String> places = new ArrayList<>();
    errors.forEach(
        e -> places.add(e.get("field").asText() + " " + e.get("line") + ":" + e.get("column")));
    assertThat(places)
        .containsExactly(
            "queues.support.strategy 2:38",
            "flows.main[0].when 4:20",
            "flows.main[0].do.queue 4:53");
    assertThat(answer.message(0)).contains("must be one of longest-idle");
    assertThat(answer.body().get("detail").asText()).contains("line 2, column 38");
    assertThat(api.get(DRAFT).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "null",
        "7",
        "{",
        "{} {}",
        "{\"flows\": {}, \"flows\": {}}",
        "{'flows': {}}",
        "{\"colour\": 1}",
        "\u0000",
        "{\"flows\": {\"\\u0000\": [{\"do\": {\"hangup\": \"USER_BUSY\"}}]}}",
        "{\"queues\": {\"\\ud83c\": {}}}",
        "{\"flows\": {\"main\": [{\"do\": {\"set\": {\"a\": \"\\ud83c\"}}}]}}",
        "{\"queues\": {\"agent.anna\": {}}}",
        "{\"queues\": {\"../../etc/passwd\": {}}}"
      })
  void shouldTakeNothingThatIsNoPlan(String text) {
    HttpRequest.Builder request =
        api.request("PUT", DRAFT, null)
            .header("If-None-Match", "*")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(text));

    Answer answer = api.send(request, false);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("errors").get(0).get("line").asInt()).isPositive();
    assertThat(api.get(DRAFT).status()).isEqualTo(404);
  }

  @Test
  void shouldBoundADocument() {
    String deep = "{\"queues\":" + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_001);
    assertThat(save("If-None-Match", "*", deep).status()).isEqualTo(400);
    String large = "{}" + " ".repeat(256 * 1024);
    Answer tooLarge = save("If-None-Match", "*", large);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.body().get("detail").asText()).contains("262144 bytes");
    HttpRequest.Builder chunked =
        api.request("PUT", DRAFT, null)
            .header("If-None-Match", "*")
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))));
    assertThat(api.send(chunked, false).status()).isEqualTo(413);
    assertThat(api.get(DRAFT).status()).isEqualTo(404);

    String largest = "{}" + " ".repeat(256 * 1024 - 2);
    assertThat(save("If-None-Match", "*", largest).status()).isEqualTo(201);
    assertThat(api.get(DRAFT).raw().body()).isEqualTo(largest);
  }

  @Test
  void shouldTakeOnlyUncompressedJsonInUtf8() {
    HttpRequest.Builder latin =
        api.request("PUT", DRAFT, null)
            .header("If-None-Match", "*")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xe9, '}'}));
    Answer answer = api.send(latin, false);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("not UTF-8");

    HttpRequest.Builder yaml =
        api.with("If-None-Match", "*", "PUT", DRAFT, "{}").setHeader("Content-Type", "text/yaml");
    assertThat(api.send(yaml, false).status()).isEqualTo(415);
    HttpRequest.Builder gzip =
        api.with("If-None-Match", "*", "PUT", DRAFT, "{}").header("Content-Encoding", "gzip");
    assertThat(api.send(gzip, false).status()).isEqualTo(415);
    assertThat(api.get(DRAFT).status()).isEqualTo(404);
  }

  @Test
  void shouldValidateWithoutSaving() {
    Answer good = api.call("POST", ALL + "/validate", Plans.MAIN);
    assertThat(good.body().get("valid").asBoolean()).isTrue();
    assertThat(good.body().get("problems")).isEmpty();

    Answer bad = api.bad("POST", ALL + "/validate", "{\n \"flows\": 7\n}");
    assertThat(bad.status()).isEqualTo(200);
    assertThat(bad.body().get("valid").asBoolean()).isFalse();
    JsonNode problem = bad.body().get("problems").get(0);
    assertThat(problem.get("path").asText()).isEqualTo("flows");
    assertThat(problem.get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("severity").asText()).isEqualTo("error");
    assertThat(api.get(DRAFT).status()).isEqualTo(404);
  }

  @Test
  void shouldPublishADraft() {
    save("If-None-Match", "*", Plans.MAIN);

    Answer published = publish("\"d1\"", "{\"comment\":\"Öffnung 🎉\"}");

    assertThat(published.status()).isEqualTo(201);
    assertThat(published.header("Location")).isEqualTo(ALL + "/1");
    assertThat(published.header("ETag")).isEqualTo("\"v1\"");
    assertThat(published.body().get("comment").asText()).isEqualTo("Öffnung 🎉");
    assertThat(published.body().get("current").asBoolean()).isTrue();
    for (String path : List.of(ALL + "/1", ALL + "/current")) {
      Answer found = api.get(path);
      assertThat(found.raw().body()).isEqualTo(Plans.MAIN);
      assertThat(found.header("ETag")).isEqualTo("\"v1\"");
      assertThat(found.header("Tandem-Plan-Version")).isEqualTo("1");
      assertThat(found.header("Tandem-Plan-Author")).isEqualTo("token of demo");
    }
    assertThat(api.get(DRAFT).header("ETag")).as("the draft stays").isEqualTo("\"d1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"comment\":null}",
        "{\"comment\":\"\"}",
        "{\"comment\":\"  \"}",
        "{\"comment\":7}",
        "{\"comment\":\"a\\nb\"}",
        "{\"comment\":\"a\\ud83cb\"}"
      })
  void shouldAskForAComment(String body) {
    save("If-None-Match", "*", Plans.MAIN);

    Answer answer = publish("\"d1\"", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo("comment");
    assertThat(api.get(ALL).body().get("items")).isEmpty();
  }

  @Test
  void shouldBoundAComment() {
    save("If-None-Match", "*", Plans.MAIN);

    assertThat(publish("\"d1\"", "{\"comment\":\"" + "a".repeat(501) + "\"}").status())
        .isEqualTo(400);
    assertThat(publish("\"d1\"", "{\"comment\":\"" + "a".repeat(500) + "\"}").status())
        .isEqualTo(201);
  }

  @Test
  void shouldPublishOnlyTheDraftTheAuthorHasSeen() {
    assertThat(publish("\"d1\"", COMMENT).status()).isEqualTo(404);
    save("If-None-Match", "*", Plans.MAIN);
    save("If-Match", "\"d1\"", "{}");

    Answer late = publish("\"d1\"", COMMENT);
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.body().get("detail").asText()).contains("\"d2\"");
    Answer without = api.send(api.request("POST", PUBLISH, COMMENT), false);
    assertThat(without.status()).isEqualTo(428);
    assertThat(without.body().get("detail").asText()).contains("If-Match");
    assertThat(api.get(ALL).body().get("items")).isEmpty();
    assertThat(api.get(ALL + "/current").status()).isEqualTo(404);
  }

  @Test
  void shouldNotPublishWhatItCanNoLongerRead() {
    api.router.savePlanDraft(DEMO, "{\n  \"flows\": 7}", 0, "an older release");

    Answer answer = publish("\"d1\"", COMMENT);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.field(0)).isEqualTo("flows");
    assertThat(answer.body().get("errors").get(0).get("line").asInt()).isEqualTo(2);
    assertThat(api.get(ALL).body().get("items")).isEmpty();
  }

  @Test
  void shouldAnswer503WhenTheRouterIsSilent() {
    api.router.silent(true);

    assertThat(api.get(ALL).status()).isEqualTo(503);
    assertThat(api.get(DRAFT).status()).isEqualTo(503);
    assertThat(save("If-None-Match", "*", Plans.MAIN).status()).isEqualTo(503);
    api.router.silent(false);
    assertThat(api.get(DRAFT).status()).isEqualTo(404);
  }

  private Answer save(String header, String value, String text) {
    return api.send(api.with(header, value, "PUT", DRAFT, text), false);
  }

  private Answer publish(String tag, String body) {
    return api.send(api.with("If-Match", tag, "POST", PUBLISH, body), false);
  }
}
