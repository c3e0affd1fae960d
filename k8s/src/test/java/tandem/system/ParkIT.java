package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tandem.cli.client.ApiClient.Answer;

/** Callers in park lots, as they and the agents see and hear it. */
@ExtendWith(SharedFloor.class)
class ParkIT {
  private final Floor floor;
  private final Phone anna;
  private final Phone ben;
  private final Phone cleo;

  ParkIT(Floor floor) {
    this.floor = floor;
    this.anna = floor.phone("anna");
    this.ben = floor.phone("ben");
    this.cleo = floor.phone("cleo");
  }

  @Test
  void shouldGiveAParkedCallerToOneOfTwoWhoPickItUpAtTheSameMoment() throws Exception {
    Floor.Visitor caller = floor.talk();
    floor.does(caller.id(), "POST", "park", Map.of("lot", "lobby"));
    anna.awaitHungUp();
    JsonNode parked = floor.awaitState(caller.id(), "parked");
    assertThat(parked.path("slot").path("slot").asInt()).isEqualTo(701);
    assertThat(parked.path("slot").path("parker").asText()).isEqualTo("anna");
    assertThat(taken()).containsExactly(701);
    caller.phone().awaitHears();

    CompletableFuture<Answer> bens = CompletableFuture.supplyAsync(() -> pickUp(caller, "ben"));
    CompletableFuture<Answer> cleos = CompletableFuture.supplyAsync(() -> pickUp(caller, "cleo"));
    assertThat(List.of(bens.join().status(), cleos.join().status()))
        .containsExactlyInAnyOrder(200, 409);
    boolean benWon = bens.join().status() == 200;
    Phone winner = benWon ? ben : cleo;
    Phone loser = benWon ? cleo : ben;
    assertThat((benWon ? cleos : bens).join().body().path("reason").asText())
        .isIn("being-picked-up", "not-parked");

    caller.phone().awaitHears(winner.name());
    winner.awaitHears("caller");
    assertThat(loser.sip().count("rings")).as("rings of %s", loser.name()).isZero();
    assertThat(taken()).isEmpty();

    winner.hangUp();
    caller.phone().awaitHungUp();
  }

  @Test
  void shouldRingTheParkerWhenNobodyPicksTheCallerUp() throws Exception {
    Floor.Visitor caller = floor.talk();
    floor.does(caller.id(), "POST", "park", Map.of("lot", "brief"));
    anna.awaitHungUp();
    anna.sip().await("rings", 2);
    caller.phone().awaitHears("anna");
    anna.awaitHears("caller");
    assertThat(floor.timeline(caller.id())).containsOnlyOnce("recalled");

    anna.hangUp();
    caller.phone().awaitHungUp();
  }

  @Test
  void shouldLeadACallerOnWhenNobodyPicksItUpAndTheParkerHasGone() throws Exception {
    Floor.Visitor caller = floor.talk();
    floor.does(caller.id(), "POST", "park", Map.of("lot", "brief"));
    floor.api().send("PUT", "/api/v1/agents/anna/state", Map.of("presence", "offline"));
    caller.phone().awaitHears("ben");
    assertThat(anna.sip().count("rings")).isEqualTo(1);

    ben.hangUp();
    caller.phone().awaitHungUp();
  }

  @Test
  void shouldNeverGiveOneSlotToTwoCallers() throws Exception {
    Floor.Visitor first = floor.talk();
    Floor.Visitor second = floor.call(Floor.MENU);
    second.phone().sip().await("answered", 1);
    floor.awaitAsked(second.id(), "");
    second.phone().voice().press("2");
    second.phone().awaitHears("ben");

    Map<String, Object> wish = Map.of("lot", "lobby", "slot", 702);
    CompletableFuture<Answer> one =
        CompletableFuture.supplyAsync(() -> floor.tries(first.id(), "park", wish));
    CompletableFuture<Answer> other =
        CompletableFuture.supplyAsync(() -> floor.tries(second.id(), "park", wish));
    assertThat(List.of(one.join().status(), other.join().status()))
        .containsExactlyInAnyOrder(200, 409);
    boolean firstHasIt = one.join().status() == 200;
    Floor.Visitor in = firstHasIt ? first : second;
    Floor.Visitor out = firstHasIt ? second : first;
    assertThat((firstHasIt ? other : one).join().body().path("reason").asText())
        .isEqualTo("slot-taken");
    floor.awaitState(in.id(), "parked");
    assertThat(taken()).containsExactly(702);
    out.phone().awaitHears(firstHasIt ? "ben" : "anna");

    in.phone().hangUp();
    out.phone().hangUp();
    floor.awaitState(in.id(), "ended");
    assertThat(taken()).isEmpty();
  }

  private Answer pickUp(Floor.Visitor caller, String agent) {
    return floor.tries(caller.id(), "pickup", Map.of("agent", agent));
  }

  private List<Integer> taken() {
    return floor.api().get("/api/v1/lots/lobby").path("slots").findValues("slot").stream()
        .map(JsonNode::asInt)
        .toList();
  }
}
