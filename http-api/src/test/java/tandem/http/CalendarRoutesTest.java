package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import tandem.router.domain.time.Manual;

/** Calendars of the plan in force, each exchange held against openapi.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CalendarRoutesTest {
  private static final TenantId DEMO = new TenantId("demo");
  private static final String ALL = "/api/v1/calendars";
  private static final String OVERRIDE = ALL + "/always/override";
  private static final String IMPORT = ALL + "/import?fromYear=2026&toYear=2027";

  private static final String FEED =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//test//test//EN
      BEGIN:VEVENT
      UID:1
      DTSTART;VALUE=DATE:20261225
      DTEND;VALUE=DATE:20261226
      SUMMARY:Christmas
      RRULE:FREQ=YEARLY
      END:VEVENT
      BEGIN:VEVENT
      UID:2
      DTSTART;VALUE=DATE:20260703
      SUMMARY:Independence Day (observed)
      END:VEVENT
      BEGIN:VEVENT
      UID:3
      DTSTART:20260704T090000Z
      SUMMARY:Parade
      END:VEVENT
      END:VCALENDAR
      """;

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
  }

  @AfterAll
  void everyDocumentedOperationWasExercised() {
    var left = api.contract.left(ALL);
    api.close();
    assertThat(left).isEmpty();
  }

  @BeforeEach
  void empty() {
    api.router.plans.clear();
  }

  @Test
  void shouldListNoneWithoutAPlan() {
    assertThat(api.get(ALL).body().get("items")).isEmpty();
    assertThat(api.get(ALL + "/office").status()).isEqualTo(404);
  }

  @Test
  void shouldTellWhetherSomebodyIsThereAndWhy() {
    Plans.publish(api, Plans.MAIN);

    JsonNode items = api.get(ALL).body().get("items");

    assertThat(items)
        .extracting(item -> item.get("name").asText())
        .containsExactly("always", "office");
    assertThat(items.get(0).get("open").asBoolean()).isTrue();
    assertThat(items.get(0).get("why").asText()).isEqualTo("open: weekly hours");
    assertThat(items.get(0).has("changesAt")).as("it never closes").isFalse();
    assertThat(items.get(0).has("manual")).isFalse();
    JsonNode office = api.get(ALL + "/office").body();
    assertThat(office.get("timeZone").asText()).isEqualTo("America/New_York");
    assertThat(Instant.parse(office.get("changesAt").asText()))
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(5)));
  }

  @Test
  void shouldCloseAndOpenByHand() {
    Plans.publish(api, Plans.MAIN);
    Instant until = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    Answer closed = api.call("PUT", OVERRIDE, "{\"state\":\"closed\",\"until\":\"" + until + "\"}");

    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.body().get("open").asBoolean()).isFalse();
    assertThat(closed.body().get("why").asText()).isEqualTo("closed: set by hand");
    assertThat(closed.body().get("changesAt").asText()).isEqualTo(until.toString());
    assertThat(closed.body().get("manual").get("until").asText()).isEqualTo(until.toString());
    assertThat(api.get(ALL + "/always").body()).isEqualTo(closed.body());
    Answer open = api.call("PUT", OVERRIDE, "{\"state\":\"open\",\"until\":null}");
    assertThat(open.body().get("manual").toString()).isEqualTo("{\"state\":\"open\"}");

    assertThat(api.call("DELETE", OVERRIDE, null).status()).isEqualTo(204);
    assertThat(api.get(ALL + "/always").body().has("manual")).isFalse();
    assertThat(api.call("DELETE", OVERRIDE, null).status()).as("again").isEqualTo(204);
  }

  @Test
  void shouldNotShowAnOverrideThatIsOver() {
    Plans.publish(api, Plans.MAIN);
    api.router.setManual(DEMO, "always", new Manual(false, Instant.now().minusSeconds(1)), "x");

    JsonNode calendar = api.get(ALL + "/always").body();

    assertThat(calendar.get("open").asBoolean()).isTrue();
    assertThat(calendar.has("manual")).isFalse();
  }

  @Test
  void shouldTakeBackTheOverrideOfACalendarThatIsNoMore() {
    Plans.publish(api, Plans.MAIN);
    api.call("PUT", OVERRIDE, "{\"state\":\"closed\"}");
    Plans.publish(api, "{}");

    assertThat(api.call("PUT", OVERRIDE, "{\"state\":\"open\"}").status()).isEqualTo(404);
    assertThat(api.call("DELETE", OVERRIDE, null).status()).isEqualTo(204);
    assertThat(api.call("DELETE", OVERRIDE, null).status()).isEqualTo(404);
    assertThat(api.router.currentPlan(DEMO).toCompletableFuture().join().manuals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|state|is required",
        "{\"state\":\"OPEN\"}|state|must be one of open, closed",
        "{\"state\":true}|state|must be a text",
        "{\"state\":\"open\",\"until\":\"2020-01-01T00:00:00Z\"}|until|must be in the future",
        "{\"state\":\"open\",\"until\":\"tomorrow\"}|until|must be an instant such as",
        "{\"state\":\"open\",\"until\":\"+1000000000-12-31T00:00:00Z\"}|until|must be within",
        "{\"state\":\"open\",\"until\":99}|until|must be a text",
        "{\"state\":\"open\",\"for\":\"2h\"}|for|is unknown"
      })
  void shouldNameWhatIsWrongWithAnOverride(String body, String field, String says) {
    Plans.publish(api, Plans.MAIN);

    Answer answer = api.bad("PUT", OVERRIDE, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).contains(says);
    assertThat(api.router.currentPlan(DEMO).toCompletableFuture().join().manuals()).isEmpty();
  }

  @Test
  void shouldKnowOnlyThePlansCalendars() {
    Plans.publish(api, Plans.MAIN);

    assertThat(api.get(ALL + "/nowhere").status()).isEqualTo(404);
    assertThat(api.call("DELETE", ALL + "/nowhere/override", null).status()).isEqualTo(404);
    assertThat(api.call("PUT", ALL + "/nowhere/override", "{\"state\":\"open\"}").status())
        .isEqualTo(404);
    assertThat(api.bad("GET", ALL + "/NO", null).field(0)).isEqualTo("id");
    assertThat(api.bad("GET", ALL + "?x=1", null).field(0)).isEqualTo("x");
  }

  @Test
  void shouldSayWhenThePlanInForceCannotBeRead() {
    api.router.savePlanDraft(DEMO, "{\"flows\": 7}", 0, "an older release");
    api.router.publishPlan(DEMO, 1, "an older release", "then", java.util.List.of());

    Answer answer = api.get(ALL);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().get("detail").asText()).contains("Version 1");
  }

  @Test
  void shouldMakeHolidaysThatAPlanTakes() {
    Answer answer = api.send(feed(IMPORT, FEED.replace("\n", "\r\n")), true);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().get("holidays").toString())
        .isEqualTo(
            "[{\"date\":\"12-25\",\"name\":\"Christmas\"},"
                + "{\"date\":\"2026-07-03\",\"name\":\"Independence Day (observed)\"}]");
    assertThat(answer.body().get("skipped").get(0).get("summary").asText()).isEqualTo("Parade");
    String plan =
        "{\"calendars\": {\"office\": {\"timeZone\": \"UTC\", \"hours\": {\"mon-fri\":"
            + " [\"09:00-17:00\"]}, \"holidays\": "
            + answer.body().get("holidays")
            + "}}}";
    Answer validated = api.call("POST", "/api/v1/plans/validate", plan);
    assertThat(validated.body().get("valid").asBoolean()).isTrue();
  }

  @Test
  void shouldImportThisYearAndTheNextUnlessToldOtherwise() {
    Answer answer = api.send(feed(ALL + "/import", FEED), true);

    assertThat(answer.body().get("holidays").get(0).get("date").asText()).isEqualTo("12-25");
    Answer past = api.send(feed(ALL + "/import?fromYear=1990&toYear=1991", FEED), true);
    assertThat(past.body().get("holidays")).isEmpty();
    assertThat(past.body().get("outside").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no calendar", "BEGIN:VCALENDAR", "{\"holidays\":[]}"})
  void shouldSayWhatIsNoCalendarFile(String text) {
    HttpRequest.Builder request =
        api.request("POST", IMPORT, null)
            .header("Content-Type", "text/calendar")
            .POST(BodyPublishers.ofString(text));

    Answer answer = api.send(request, false);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).startsWith("The body cannot be imported: ");
  }

  @ParameterizedTest
  @CsvSource({
    "fromYear=1899,fromYear",
    "fromYear=x,fromYear",
    "fromYear=2026&toYear=2025,toYear",
    "fromYear=2026&toYear=2076,toYear",
    "toYear=2201,toYear",
    "year=2026,year"
  })
  void shouldNameAWrongYear(String query, String field) {
    Answer answer = api.send(feed(ALL + "/import?" + query, FEED), false);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
  }

  @Test
  void shouldBoundAnImport() {
    Answer tooLarge = api.send(feed(IMPORT, "x".repeat(1024 * 1024 + 1)), false);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.body().get("detail").asText()).contains("1048576 bytes");
    Answer tooLong = api.send(feed(IMPORT, "x".repeat(1024 * 1024)), false);
    assertThat(tooLong.status()).isEqualTo(400);
    Answer json = api.send(api.request("POST", IMPORT, "{}"), false);
    assertThat(json.status()).isEqualTo(415);
    assertThat(json.body().get("detail").asText()).contains("text/calendar");
  }

  private HttpRequest.Builder feed(String path, String text) {
    return api.request("POST", path, null)
        .header("Content-Type", "text/calendar; charset=utf-8")
        .POST(BodyPublishers.ofString(text));
  }
}
