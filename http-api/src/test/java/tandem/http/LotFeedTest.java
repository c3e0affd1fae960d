package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;

/** Park lots, and what people do with calls, in the feed. */
class LotFeedTest {
  @Test
  void shouldShowLotsAndTellEachChange() {
    try (TestApi api = new TestApi("")) {
      CallId call = Views.newCall();
      api.router.put(Views.lot("lobby"));
      api.router.put(Views.lot("garage", call));
      try (FeedClient client = FeedClient.open(api, "")) {
        JsonNode lots = client.next().at("/data/lots");
        assertThat(lots)
            .extracting(lot -> lot.get("id").asText())
            .containsExactly("garage", "lobby");
        assertThat(lots.at("/0/slots/0/call").asText()).isEqualTo(call.channel());

        api.feed.publish(api.router.put(Views.lot("lobby", call)));
        JsonNode change = client.next();
        assertThat(change.get("event").asText()).isEqualTo("lot-update");
        assertThat(change.get("id").asText()).isEqualTo("lobby");
        assertThat(change.at("/data/slots/0/slot").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldTellWhoIsInACallAtOnce() {
    try (TestApi api = new TestApi("")) {
      CallId call = Views.newCall();
      LegId leg = new LegId("00000000-0000-4000-8000-0000000000b1");
      try (FeedClient client = FeedClient.open(api, "")) {
        client.next();
        api.feed.publish(api.router.put(Views.busy(call, leg)));
        JsonNode data = client.next().get("data");
        assertThat(data.at("/people/0/is").asText()).isEqualTo("talking");
        assertThat(data.at("/people/1/number").asText()).isEqualTo("+14155550177");
        assertThat(data.at("/remarks/attributes/order").asText()).isEqualTo("4711");
      }
    }
  }
}
