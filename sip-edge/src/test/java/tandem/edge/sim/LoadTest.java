package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Played callers and phones in numbers, and the ledger that counts them. */
class LoadTest {

  private SwitchSim sim;

  @BeforeEach
  void start() {
    SimSettings settings = SimSettings.synthetic();
    sim = SwitchSim.start(settings.withTiming(settings.timing().fast()));
  }

  @AfterEach
  void stop() {
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  @Test
  void shouldServeFiveHundredCallsASecondThroughTheEventSocket() throws Exception {
    sim.phone("*", PhoneScript.answering(Span.of(20)));
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      Thread router = new Thread(() -> route(client), "test-router");
      router.setDaemon(true);
      router.start();
      long calls =
          sim.load(LoadPlan.parse("rate=500 calls=1000 talk=50..150 patience=20000 seed=7")).join();
      assertThat(calls).isEqualTo(1000);
      await().atMost(Duration.ofSeconds(20)).until(() -> sim.ledger().ended() == 1000);
    }
    SimLedger ledger = sim.ledger();
    assertThat(ledger.placed()).isEqualTo(1000);
    assertThat(ledger.bridged()).isEqualTo(1000);
    assertThat(ledger.abandoned()).isZero();
    assertThat(ledger.latencies().count()).isEqualTo(1000);
    assertThat(ledger.over()).allSatisfy(call -> assertThat(call.endedBy()).isEqualTo("caller"));
    await().until(() -> sim.channels().isEmpty());
  }

  /** The least router there is: each caller gets the next phone. */
  private static void route(SimClient client) {
    Map<String, String> callers = new HashMap<>();
    int seen = 0;
    int phone = 0;
    while (!client.closedByServer()) {
      var events = client.events();
      for (; seen < events.size(); seen++) {
        Map<String, String> event = events.get(seen);
        String uuid = event.get("Unique-ID");
        if ("inbound".equals(event.get("Call-Direction"))) {
          String leg = UUID.randomUUID().toString();
          callers.put(leg, uuid);
          client.api("sched_del " + uuid);
          client.api("uuid_answer " + uuid);
          client.send(
              "bgapi originate {origination_uuid="
                  + leg
                  + ",for="
                  + uuid
                  + "}sofia/external/p"
                  + phone++
                  + "@sim.invalid &park()");
        } else if (callers.containsKey(uuid)) {
          client.api("uuid_bridge " + uuid + " " + callers.remove(uuid));
        }
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldAbandonWhenPatienceEnds() {
    sim.placeCall("+15550001", "+14155550100", CallerScript.endless().withPatience(Span.of(100)));
    await().until(() -> sim.ledger().ended() == 1);
    assertThat(sim.ledger().abandoned()).isEqualTo(1);
    assertThat(sim.ledger().over())
        .singleElement()
        .satisfies(call -> assertThat(call.cause()).isEqualTo("ORIGINATOR_CANCEL"))
        .satisfies(call -> assertThat(call.endedBy()).isEqualTo("caller"));
  }

  @Test
  void shouldCountWhatEachPhoneGets() throws Exception {
    sim.phone("1001", PhoneScript.ignoring());
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PROGRESS")) {
      for (int i = 0; i < 2; i++) {
        String leg = UUID.randomUUID().toString();
        client.send(
            "bgapi originate {origination_uuid="
                + leg
                + "}sofia/external/1001@sim.invalid &park()");
        client.awaitEvent("CHANNEL_PROGRESS", leg);
      }
      assertThat(sim.phones()).containsExactly(new SimPhone("1001", 2, 2, 2, 0));
      assertThat(sim.ledger().overlaps()).containsExactly("1001");
      client.api("hupall");
      sim.clearLedger();
      assertThat(sim.phones()).containsExactly(new SimPhone("1001", 0, 0, 0, 0));
    }
  }

  @Test
  void shouldCountRefusedCalls() throws Exception {
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      client.api("fsctl pause inbound");
      sim.placeCall("+15550001", "+14155550100", CallerScript.endless());
    }
    assertThat(sim.ledger().refused()).isEqualTo(1);
    assertThat(sim.ledger().placed()).isZero();
  }

  @Test
  void shouldBeControlledOverTheEventSocket() throws Exception {
    try (SimClient client = SimClient.listening(sim, "CHANNEL_PARK")) {
      assertThat(client.api("sim phone 1001 answer=10 busy=0.5")).isEqualTo("+OK\n");
      String reply = client.api("sim call +15550001 +14155550100 patience=5000 talk=never");
      assertThat(reply).startsWith("+OK ");
      String uuid = reply.substring(4).trim();
      client.awaitEvent("CHANNEL_PARK", uuid);
      assertThat(client.api("sim ledger calls"))
          .contains("\"placed\":1", "\"uuid\":\"" + uuid + "\"");
      assertThat(client.api("sim hangup " + uuid)).isEqualTo("+OK\n");
      assertThat(client.api("sim load rate=100 calls=5 patience=10 talk=10 seed=3"))
          .isEqualTo("+OK 5 calls\n");
      await().until(() -> sim.ledger().ended() == 6);
      assertThat(client.api("sim phone 1001 anser=10")).isEqualTo("-ERR unknown: anser\n");
      assertThat(client.api("sim nonsense")).startsWith("-USAGE: sim call");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate=0",
        "rate=x",
        "calls=0",
        "to=",
        "talk=5..1",
        "patience=soon",
        "nonsense",
        "speed=3"
      })
  void shouldRefuseALoadPlanItDoesNotUnderstand(String text) {
    assertThatThrownBy(() -> LoadPlan.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void shouldDrawTheSameCallsFromTheSameSeed() {
    java.util.Random first = new java.util.Random(5);
    java.util.Random second = new java.util.Random(5);
    PhoneScript script = PhoneScript.parse("busy=0.3 decline=0.2 ignore=0.1 unreachable=0.1");
    for (int i = 0; i < 100; i++) {
      assertThat(script.mood(first)).isEqualTo(script.mood(second));
    }
  }
}
