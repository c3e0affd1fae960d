package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tandem.http.TestApi.Answer;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;

/** Park lots over REST and in the feed, each exchange held against the document. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LotRoutesTest {
  private static final String ALL = "/api/v1/lots";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("");
    Plans.publish(
        api,
        """
        {"lots": {"garage": {"slots": "1-9", "then": {"hangup": "NO_ANSWER"}},
                  "lobby": {"slots": "1-9", "then": {"hangup": "NO_ANSWER"}}}}
        """);
  }

  @AfterAll
  void everyOperationWasExercised() {
    List<String> left = List.copyOf(api.contract.left(ALL));
    api.close();
    assertThat(left).isEmpty();
  }

  @BeforeEach
  void empty() {
    api.router.lots.clear();
    api.router.started.clear();
    api.router.silent(false);
  }

  @Test
  void shouldListTheLotsOfThePlanAndThoseWhereCallsAre() {
    CallId one = Views.newCall();
    CallId two = Views.newCall();
    api.router.put(Views.lot("lobby", one, two));
    api.router.put(Views.lot("old"));

    JsonNode first = api.get(ALL + "?limit=2").body();
    assertThat(first.get("items"))
        .extracting(lot -> lot.get("id").asText())
        .containsExactly("garage", "lobby");
    assertThat(first.at("/items/0/slots")).isEmpty();
    assertThat(first.at("/items/1/slots").toString())
        .isEqualTo(
            "[{\"slot\":1,\"call\":\"%s\",\"since\":\"2026-11-20T09:00:00Z\"},{\"slot\":2,\"call\":\"%s\",\"since\":\"2026-11-20T09:00:00Z\"}]"
                .formatted(one.channel(), two.channel()));
    JsonNode rest = api.get(ALL + "?limit=2&cursor=" + first.get("next").asText()).body();
    assertThat(rest.get("items")).extracting(lot -> lot.get("id").asText()).containsExactly("old");
    assertThat(rest.has("next")).isFalse();
  }

  @Test
  void shouldShowALotAndAskOnlyThoseThatWereEverUsed() {
    api.router.put(Views.lot("lobby", Views.newCall()));
    assertThat(api.get(ALL + "/lobby").body().get("slots")).hasSize(1);
    assertThat(api.get(ALL + "/garage").body().get("slots")).isEmpty();
    Answer nowhere = api.get(ALL + "/nowhere");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.body().get("detail").asText()).isEqualTo("There is no lot 'nowhere'.");
    assertThat(api.bad("GET", ALL + "/No!", null).status()).isEqualTo(400);
    assertThat(api.router.started).containsExactly(new LotId(Views.DEMO, "lobby"));
  }

  @Test
  void shouldSayThatTheRouterIsOutOfReach() {
    api.router.silent(true);
    assertThat(api.get(ALL).status()).isEqualTo(503);
    assertThat(api.get(ALL + "/lobby").status()).isEqualTo(503);
  }
}
