package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tandem.cli.client.ApiClient.Answer;

/** What people do with a call, as their phones see and hear it. */
@ExtendWith(SharedFloor.class)
class ControlIT {
  private final Floor floor;
  private final Phone anna;
  private final Phone ben;
  private final Phone cleo;

  ControlIT(Floor floor) {
    this.floor = floor;
    this.anna = floor.phone("anna");
    this.ben = floor.phone("ben");
    this.cleo = floor.phone("cleo");
  }

  @Test
  void shouldPlayMusicToAHeldCallerAndBringTheTwoTogetherAgain() throws Exception {
    Floor.Visitor caller = floor.talk();

    JsonNode held = floor.does(caller.id(), "POST", "hold", Map.of());
    assertThat(Floor.has("anna", "held")).accepts(held);
    caller.phone().awaitHears();
    anna.awaitHears();
    await("the caller hears music")
        .atMost(Handset.PATIENCE)
        .until(() -> floor.playing(caller.id()).startsWith("tone_stream://"));

    floor.does(caller.id(), "POST", "resume", Map.of());
    caller.phone().awaitHears("anna");
    anna.awaitHears("caller");
    Answer again = floor.tries(caller.id(), "resume", Map.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("reason").asText()).isEqualTo("not-held");

    caller.phone().hangUp();
    anna.awaitHungUp();
    assertThat(anna.sip().count("rings")).isEqualTo(1);
  }

  @Test
  void shouldGiveACallerToASecondAgentWhoKeepsItToTheEnd() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "transfer", Map.of("to", Map.of("agent", "ben")));
    anna.awaitHungUp();
    ben.sip().await("talks", 1);
    caller.phone().awaitHears("ben");
    ben.awaitHears("caller");
    assertThat(floor.get(caller.id()).path("agent").asText()).isEqualTo("ben");

    ben.hangUp();
    caller.phone().awaitHungUp();
    JsonNode ended = floor.awaitState(caller.id(), "ended");
    assertThat(ended.path("outcome").asText()).isEqualTo("answered");
    assertThat(anna.sip().count("rings")).isEqualTo(1);
  }

  @Test
  void shouldGiveACallerToAnExtensionAndToAQueue() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "transfer", Map.of("to", Map.of("extension", "103")));
    caller.phone().awaitHears("cleo");
    floor.does(caller.id(), "POST", "transfer", Map.of("to", Map.of("queue", "back")));
    cleo.awaitHungUp();
    caller.phone().awaitHears("ben");

    floor.does(caller.id(), "POST", "hangup", Map.of());
    caller.phone().awaitHungUp();
    ben.awaitHungUp();
  }

  @Test
  void shouldBringACallerBackWhomNobodyTakes() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "transfer", Map.of("to", Map.of("agent", Floor.ABSENT)));
    anna.awaitHungUp();
    anna.sip().await("rings", 2);
    caller.phone().awaitHears("anna");
    anna.awaitHears("caller");
    assertThat(floor.timeline(caller.id()))
        .containsSubsequence("connected", "given-away", "invited", "invite-ended", "invited");

    anna.hangUp();
    caller.phone().awaitHungUp();
  }

  @Test
  void shouldLetAnAgentTalkToAnotherBeforeItGivesTheCallerAway() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "consult", Map.of("to", Map.of("agent", "ben")));
    anna.awaitHears("ben");
    ben.awaitHears("anna");
    caller.phone().awaitHears();

    floor.does(caller.id(), "POST", "consult/swap", Map.of());
    anna.awaitHears("caller");
    caller.phone().awaitHears("anna");
    ben.awaitHears();

    floor.does(caller.id(), "POST", "consult/complete", Map.of());
    anna.awaitHungUp();
    caller.phone().awaitHears("ben");
    ben.awaitHears("caller");

    caller.phone().hangUp();
    ben.awaitHungUp();
    assertThat(floor.awaitState(caller.id(), "ended").path("outcome").asText())
        .isEqualTo("answered");
  }

  @Test
  void shouldReturnToTheCallerWhenTheOneConsultedIsNotWanted() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "consult", Map.of("to", Map.of("agent", "cleo")));
    anna.awaitHears("cleo");
    floor.does(caller.id(), "DELETE", "consult", null);
    cleo.awaitHungUp();
    anna.awaitHears("caller");
    caller.phone().awaitHears("anna");

    caller.phone().hangUp();
    anna.awaitHungUp();
  }

  @Test
  void shouldTalkInThreesMuteOneAndSendOneOut() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "people", Map.of("agent", "cleo"));
    caller.phone().awaitHears("anna", "cleo");
    anna.awaitHears("caller", "cleo");
    cleo.awaitHears("anna", "caller");

    JsonNode three = floor.get(caller.id());
    floor.does(caller.id(), "PATCH", "people/" + Floor.leg(three, "anna"), Map.of("muted", true));
    caller.phone().awaitHears("cleo");
    anna.awaitHears("caller", "cleo");
    floor.does(caller.id(), "PATCH", "people/" + Floor.leg(three, "anna"), Map.of("muted", false));
    caller.phone().awaitHears("anna", "cleo");

    floor.does(caller.id(), "DELETE", "people/" + Floor.leg(three, "cleo"), null);
    cleo.awaitHungUp();
    caller.phone().awaitHears("anna");
    anna.awaitHears("caller");

    caller.phone().hangUp();
    anna.awaitHungUp();
  }

  @Test
  void shouldLetASupervisorListenWhisperAndSpeakToBoth() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "PUT", "supervisors/cleo", Map.of("ear", "monitor"));
    cleo.awaitHears("anna", "caller");
    anna.awaitHears("caller");
    floor.does(caller.id(), "PUT", "supervisors/cleo", Map.of("ear", "whisper"));
    anna.awaitHears("caller", "cleo");
    caller.phone().awaitHears("anna");
    floor.does(caller.id(), "PUT", "supervisors/cleo", Map.of("ear", "barge"));
    caller.phone().awaitHears("anna", "cleo");

    floor.does(caller.id(), "POST", "supervisors/cleo/take-over", Map.of());
    anna.awaitHungUp();
    caller.phone().awaitHears("cleo");
    cleo.awaitHears("caller");

    caller.phone().hangUp();
    cleo.awaitHungUp();
  }

  @Test
  void shouldSendAndTakeDigits() throws Exception {
    Floor.Visitor caller = floor.talk();

    floor.does(caller.id(), "POST", "digits", Map.of("digits", "12#"));
    await("the caller's phone gets them")
        .atMost(Handset.PATIENCE)
        .until(() -> caller.phone().voice().digits().equals("12#"));
    caller.phone().voice().press("47");
    floor.awaitCall(
        caller.id(),
        "has the digits",
        call -> call.path("remarks").path("digits").asText().equals("47"));

    anna.hangUp();
    caller.phone().awaitHungUp();
  }

  @Test
  void shouldCallOutsideOverTheNextTrunkWhenTheFirstIsBusy() {
    floor.cluster().type("sim gateway first NORMAL_CIRCUIT_CONGESTION");
    floor.cluster().type("sim phone +14155550177 ring=1 answer=50");
    try {
      Map<String, String> key = Map.of("Idempotency-Key", "desk-1");
      Map<String, String> wish = Map.of("agent", "anna", "to", "(415) 555-0177");
      Answer placed = floor.api().send("POST", "/api/v1/calls", key, wish);
      assertThat(placed.status()).isEqualTo(201);
      String call = placed.body().path("id").asText();
      anna.sip().await("talks", 1);
      JsonNode talking = floor.awaitState(call, "connected");
      assertThat(talking.path("calledNumber").asText()).isEqualTo("+14155550177");
      assertThat(floor.played()).containsEntry("+14155550177", 1);
      assertThat(floor.story(call)).contains("NORMAL_CIRCUIT_CONGESTION");

      Answer again = floor.api().send("POST", "/api/v1/calls", key, wish);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.body().path("id").asText()).isEqualTo(call);

      anna.hangUp();
      assertThat(floor.awaitState(call, "ended").path("outcome").asText()).isEqualTo("answered");
      assertThat(anna.sip().count("rings")).isEqualTo(1);
    } finally {
      floor.cluster().type("sim gateway first up");
    }
  }

  @Test
  void shouldSayWhyNobodyOutsideWasReached() {
    floor.cluster().type("sim phone +14155550178 busy=1");
    Answer placed =
        floor.api().send("POST", "/api/v1/calls", Map.of("agent", "anna", "to", "+14155550178"));
    String call = placed.body().path("id").asText();
    anna.awaitHungUp();
    JsonNode ended = floor.awaitState(call, "ended");
    assertThat(ended.path("outcome").asText()).isEqualTo("unreached");
    assertThat(ended.path("cause").asText()).isEqualTo("USER_BUSY");
  }

  @Test
  void shouldLetAgentsFinishWhenTheCallerLeavesDuringAConsultation() throws IOException {
    Floor.Visitor caller = floor.talk();
    floor.does(caller.id(), "POST", "consult", Map.of("to", Map.of("agent", "ben")));
    anna.awaitHears("ben");

    caller.phone().hangUp();
    Answer late = floor.tries(caller.id(), "consult/complete", Map.of());
    assertThat(late.status()).as("nobody is left to be given away: %s", late.body()).isEqualTo(409);
    ben.awaitHears("anna");

    ben.hangUp();
    anna.awaitHungUp();
    assertThat(floor.awaitState(caller.id(), "ended").path("outcome").asText())
        .isEqualTo("answered");
  }
}
