package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An interactive flow, through which callers go by the keys of their phones (RFC 4733). */
@ExtendWith(SharedFloor.class)
class MenuIT {
  private final Floor floor;

  MenuIT(Floor floor) {
    this.floor = floor;
  }

  @Test
  void shouldLeadACallerWhereTheKeySays() throws Exception {
    Floor.Visitor caller = floor.call(Floor.MENU);
    caller.phone().sip().await("answered", 1);
    floor.awaitAsked(caller.id(), "");
    caller.phone().voice().press("2");

    caller.phone().awaitHears("ben");
    floor.phone("ben").awaitHears("caller");
    JsonNode call = floor.get(caller.id());
    assertThat(call.path("queue").asText()).isEqualTo("back");
    assertThat(call.path("priority").asInt()).isEqualTo(30);
    assertThat(floor.timeline(caller.id()))
        .containsSubsequence("node-entered", "digits-entered", "flow-left", "queued", "connected");

    caller.phone().hangUp();
    floor.phone("ben").awaitHungUp();
  }

  @Test
  void shouldAskAgainAfterAKeyThatIsNoneOfThose() throws Exception {
    Floor.Visitor caller = floor.call(Floor.MENU);
    caller.phone().sip().await("answered", 1);
    String first = floor.awaitAsked(caller.id(), "");
    caller.phone().voice().press("9");
    floor.awaitAsked(caller.id(), first);
    caller.phone().voice().press("1");

    caller.phone().awaitHears("anna");
    assertThat(floor.get(caller.id()).path("queue").asText()).isEqualTo("desk");

    floor.phone("anna").hangUp();
    caller.phone().awaitHungUp();
  }
}
