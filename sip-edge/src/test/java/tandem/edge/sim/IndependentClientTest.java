package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import link.thingscloud.freeswitch.esl.IEslEventListener;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.ConnectState;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;
import link.thingscloud.freeswitch.esl.transport.event.EslEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client library that others wrote, and that knows nothing of this project, drives the simulator
 * as it would a switch.
 */
class IndependentClientTest {

  private final List<EslEvent> events = new CopyOnWriteArrayList<>();
  private SwitchSim sim;
  private InboundClient client;
  private String address;

  @BeforeEach
  void connect() {
    sim = SwitchSim.start(SimSettings.synthetic());
    ServerOption server = new ServerOption("127.0.0.1", sim.eslPort()).password(sim.password());
    address = server.addr();
    client =
        InboundClient.newInstance(
            new InboundClientOption()
                .defaultPassword(sim.password())
                .workerGroupThread(1)
                .publicExecutorThread(1)
                .privateExecutorThread(1)
                .callbackExecutorThread(1)
                .addServerOption(server)
                .addEvents("all")
                .addListener(
                    new IEslEventListener() {
                      @Override
                      public void eventReceived(String addr, EslEvent event) {
                        events.add(event);
                      }

                      @Override
                      public void backgroundJobResultReceived(String addr, EslEvent event) {
                        events.add(event);
                      }
                    }));
    client.start();
    await().until(() -> server.state() == ConnectState.AUTHED);
    await().until(() -> api("status", "").get(0).startsWith("UP 0 years"));
  }

  @AfterEach
  void disconnect() {
    client.shutdown();
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private List<String> api(String command, String arguments) {
    return client.sendSyncApiCommand(address, command, arguments).getBodyLines();
  }

  private EslEvent await_(String name, Predicate<Map<String, String>> wanted) {
    return await()
        .until(
            () ->
                events.stream()
                    .filter(event -> name.equals(event.getEventName()))
                    .filter(event -> wanted.test(event.getEventHeaders()))
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  @Test
  void shouldTakeACallFromItsArrivalThroughABridgeToItsEnd() {
    sim.phone("1001", PhoneScript.answering(Span.of(50)));
    String caller = sim.placeCall("+15550001", "+14155550100", CallerScript.endless());
    EslEvent parked = await_("CHANNEL_PARK", headers -> caller.equals(headers.get("Unique-ID")));
    assertThat(parked.getEventHeaders())
        .containsEntry("Caller-Destination-Number", "+14155550100")
        .containsEntry("Caller-Caller-ID-Number", "+15550001")
        .containsEntry("Answer-State", "ringing");
    assertThat(api("sched_del", caller)).containsExactly("+OK Deleted: 1");
    assertThat(api("uuid_answer", caller)).containsExactly("+OK");
    assertThat(api("uuid_setvar", caller + " park_after_bridge true")).containsExactly("+OK");
    assertThat(
            api("uuid_broadcast", caller + " playback::tone_stream://%(500,500,440);loops=-1 aleg"))
        .containsExactly("+OK Message sent");
    await_("PLAYBACK_START", headers -> caller.equals(headers.get("Unique-ID")));

    String agent = UUID.randomUUID().toString();
    String job =
        client.sendAsyncApiCommand(
            address,
            "originate",
            "{origination_uuid="
                + agent
                + ",ignore_early_media=true}sofia/external/1001@sim.invalid &park()");
    EslEvent result = await_("BACKGROUND_JOB", headers -> job.equals(headers.get("Job-UUID")));
    assertThat(result.getEventBodyLines()).containsExactly("+OK " + agent);
    await_("CHANNEL_PARK", headers -> agent.equals(headers.get("Unique-ID")));

    assertThat(api("uuid_bridge", agent + " " + caller)).containsExactly("+OK " + caller);
    EslEvent bridge =
        await_("CHANNEL_BRIDGE", headers -> agent.equals(headers.get("Bridge-A-Unique-ID")));
    assertThat(bridge.getEventHeaders())
        .containsEntry("Bridge-B-Unique-ID", caller)
        .containsEntry("Other-Leg-Unique-ID", caller);

    assertThat(api("uuid_kill", caller)).containsExactly("+OK");
    EslEvent end =
        await_("CHANNEL_HANGUP_COMPLETE", headers -> agent.equals(headers.get("Unique-ID")));
    assertThat(end.getEventHeaders()).containsEntry("variable_hangup_cause", "NORMAL_CLEARING");
    await().until(() -> sim.channels().isEmpty());
    assertThat(sim.ledger().over())
        .singleElement()
        .satisfies(call -> assertThat(call.agent()).isEqualTo("1001"))
        .satisfies(call -> assertThat(call.endedBy()).isEqualTo("switch"));
  }
}
