package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audio, telephone events and NOTIFY between the simulator and phones that speak real RTP. */
class SipAudioTest {

  @TempDir private Path recordings;

  private SwitchSim sim;
  private SimClient client;
  private RtpPeer caller;
  private RtpPeer phone;

  @BeforeEach
  void start() throws Exception {
    sim = SwitchSim.start(SimSettings.load().withPorts(0, 0).withRecordings(recordings.toString()));
    client = SimClient.listening(sim, "all");
    caller = new RtpPeer("alice");
    phone = new RtpPeer("bob");
  }

  @AfterEach
  void stop() throws Exception {
    caller.close();
    phone.close();
    client.close();
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private String called() throws IOException {
    caller.call(sim.sipPort());
    String uuid =
        client
            .awaitEvent(
                event ->
                    "CHANNEL_PARK".equals(event.get("Event-Name"))
                        && "alice".equals(event.get("Caller-Caller-ID-Number")))
            .get("Unique-ID");
    client.api("uuid_answer " + uuid);
    caller.answered(sim.sipPort());
    client.api("uuid_setvar " + uuid + " park_after_bridge true");
    return uuid;
  }

  private String ringing() throws IOException {
    String uuid = UUID.randomUUID().toString();
    client.send(
        "bgapi originate {origination_uuid="
            + uuid
            + ",ignore_early_media=true,park_after_bridge=true}sofia/external/bob@127.0.0.1:"
            + phone.port()
            + " &park()");
    return uuid;
  }

  private String together() throws IOException {
    String a = called();
    String b = ringing();
    phone.respond(phone.await("INVITE"), "200 OK");
    client.awaitEvent("CHANNEL_PARK", b);
    client.api("uuid_bridge " + b + " " + a);
    client.awaitEvent("CHANNEL_BRIDGE", b);
    return a;
  }

  /** Both speak until the other is heard. */
  private boolean reaches(RtpPeer from, RtpPeer to) throws IOException {
    for (int i = 0; i < 50; i++) {
      from.speak();
      byte[] packet = to.heard();
      if (packet.length == 172 && packet[1] == 0) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldCarryAudioBothWaysAndCountIt() throws Exception {
    String a = together();
    assertThat(reaches(caller, phone)).isTrue();
    assertThat(reaches(phone, caller)).isTrue();
    client.api("uuid_kill " + a);
    Map<String, String> over = client.awaitEvent("CHANNEL_HANGUP_COMPLETE", a);
    assertThat(Integer.parseInt(over.get("variable_rtp_audio_in_media_packet_count"))).isPositive();
    assertThat(Integer.parseInt(over.get("variable_rtp_audio_out_media_packet_count")))
        .isPositive();
    assertThat(over).containsEntry("variable_rtp_audio_in_mos", "4.50");
  }

  @Test
  void shouldSilenceWhoIsMuted() throws Exception {
    String a = together();
    assertThat(reaches(caller, phone)).isTrue();
    client.api("uuid_audio " + a + " start read mute -1");
    while (phone.heard().length > 0) {
      // What was on its way.
    }
    caller.speak();
    assertThat(phone.heard()).isEmpty();
  }

  @Test
  void shouldTakeTelephoneEventsAndPassThemOn() throws Exception {
    String a = together();
    caller.press(5);
    assertThat(client.awaitEvent("DTMF", a))
        .containsEntry("DTMF-Digit", "5")
        .containsEntry("DTMF-Duration", "800")
        .containsEntry("DTMF-Source", "RTP");
    byte[] event = phone.heard();
    assertThat(event).hasSize(16);
    assertThat(event[1] & 0x7F).isEqualTo(96);
    assertThat(event[12]).isEqualTo((byte) 5);
    assertThat(client.events())
        .filteredOn(each -> "DTMF".equals(each.get("Event-Name")))
        .hasSize(1);
  }

  @Test
  void shouldRecordWhatIsSaidButNotWhatIsMasked() throws Exception {
    String a = together();
    String file = recordings.resolve("talk.wav").toString();
    client.api("uuid_record " + a + " start " + file);
    assertThat(reaches(caller, phone)).isTrue();
    client.api("uuid_record " + a + " mask " + file);
    assertThat(reaches(caller, phone)).isTrue();
    int masked = loud(file, client, a);
    assertThat(masked).isBetween(1, 50 * 160);
  }

  /** Stops the recording; how many of its samples are not silent. */
  private static int loud(String file, SimClient client, String uuid) throws IOException {
    client.api("uuid_record " + uuid + " stop " + file);
    Map<String, String> stop = client.awaitEvent("RECORD_STOP", uuid);
    ByteBuffer wav =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(stop).containsEntry("variable_record_file_size", "" + wav.capacity());
    int loud = 0;
    for (int at = 44; at + 1 < wav.capacity(); at += 2) {
      loud += wav.getShort(at) == 0 ? 0 : 1;
    }
    return loud;
  }

  @Test
  void shouldAskARingingPhoneToPickUpByItself() throws Exception {
    String b = ringing();
    String invite = phone.await("INVITE");
    phone.respond(invite, "180 Ringing");
    client.awaitEvent("CHANNEL_PROGRESS", b);
    assertThat(client.api("uuid_phone_event " + b + " talk")).isEqualTo("+OK Success\n");
    String notify = phone.await("NOTIFY");
    assertThat(RtpPeer.header(notify, "Event")).isEqualTo("talk");
    assertThat(RtpPeer.header(notify, "Subscription-State")).startsWith("active");
    phone.respond(notify, "200 OK");
    phone.respond(invite, "200 OK");
    client.awaitEvent("CHANNEL_PARK", b);
  }
}
