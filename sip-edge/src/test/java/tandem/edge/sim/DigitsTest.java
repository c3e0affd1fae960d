package tandem.edge.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers type at prompts, as measured on the real switch; and gateways that fail. */
class DigitsTest {

  private SwitchSim sim;
  private SimClient client;

  @BeforeEach
  void start() throws Exception {
    sim = SwitchSim.start(SimSettings.synthetic().withTrunks("first", "second"));
    client = SimClient.listening(sim, "all");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    assertThat(sim.failures()).isZero();
    sim.close();
  }

  private Map<String, String> asked(CallerScript script, int least, int most, String end) {
    String uuid = sim.placeCall("+15550001", "answerpark", script);
    client.awaitEvent("CHANNEL_PARK", uuid);
    client.api(
        "uuid_transfer "
            + uuid
            + " 'm:~:set:asked=true~play_and_get_digits:"
            + least
            + " "
            + most
            + " 1 150 "
            + end
            + " silence_stream://100 silence_stream://1 digits ^[0-9*#]+$ 100~park:' inline");
    return client.awaitEvent(
        event ->
            "CHANNEL_PARK".equals(event.get("Event-Name"))
                && uuid.equals(event.get("Unique-ID"))
                && event.containsKey("variable_asked"));
  }

  @ParameterizedTest
  @CsvSource({
    "123, 1, 3, #, 123, success",
    "7, 1, 3, #, 7, timeout",
    "12#, 1, 4, #, 12, success",
    "#, 1, 4, #, , failure",
    "'', 1, 4, #, , failure",
    "12, 4, 6, #, 12, failure",
    "1#, 1, 4, none, 1#, timeout",
  })
  void shouldGatherDigitsAsMeasured(
      String typed, int least, int most, String end, String digits, String result) {
    Map<String, String> parked =
        asked(CallerScript.endless().typing(Keys.answering(20, typed)), least, most, end);
    assertThat(parked.get("variable_digits")).isEqualTo(digits);
    assertThat(parked.get("variable_read_result")).isEqualTo(result);
  }

  @Test
  void shouldLoseDigitsThatAreTypedWhileParked() {
    String uuid = sim.placeCall("+15550001", "answerpark", CallerScript.endless());
    client.awaitEvent("CHANNEL_PARK", uuid);
    sim.type(uuid, "5");
    client.awaitEvent("DTMF", uuid);
    assertThat(client.api("uuid_getvar " + uuid + " digits")).isEqualTo("_undef_");
  }

  @Test
  void shouldReadWhatACallerTypes() {
    assertThat(Keys.parse("2000:5,prompt+300:1,prompt:42#").presses())
        .containsExactly(
            new Keys.Press(false, 2_000, "5"),
            new Keys.Press(true, 300, "1"),
            new Keys.Press(true, 0, "42#"));
    assertThatThrownBy(() -> Keys.parse("abc"))
        .hasMessage("keys: must be like 2000:5 or prompt+300:1, got abc");
  }

  private String dialled(String gateway, String number) {
    String uuid = UUID.randomUUID().toString();
    client.send(
        "bgapi originate {origination_uuid="
            + uuid
            + ",ignore_early_media=true}sofia/gateway/"
            + gateway
            + "/"
            + number
            + " &park()\nJob-UUID: "
            + uuid);
    return client.awaitJob(uuid).trim();
  }

  @Test
  void shouldFailOverOneGatewayAndConnectOverTheOther() {
    assertThat(client.api("global_getvar tandem_trunk")).isEqualTo("first,second");
    sim.gateway("first", "NORMAL_TEMPORARY_FAILURE");
    assertThat(dialled("first", "+12125550100")).isEqualTo("-ERR NORMAL_TEMPORARY_FAILURE");
    assertThat(dialled("second", "+12125550100")).startsWith("+OK");
    assertThat(client.api("sim gateway first down")).isEqualTo("+OK\n");
    assertThat(dialled("first", "+12125550100")).isEqualTo("-ERR GATEWAY_DOWN");
    assertThat(client.api("sim gateway")).isEqualTo("first GATEWAY_DOWN\nsecond up\n");
    sim.gateway("first", "up");
    assertThat(dialled("first", "+12125550100")).startsWith("+OK");
    assertThat(dialled("third", "+12125550100")).isEqualTo("-ERR INVALID_GATEWAY");
    assertThat(client.api("sim gateway third down"))
        .isEqualTo("-ERR gateway: must be one of first,second, got third\n");
  }

  @Test
  void shouldTellNumbersOutsideApartByTheirEnding() {
    sim.phone("*0486", PhoneScript.busyLine());
    assertThat(client.api("sim phone *0404 missing=1")).isEqualTo("+OK\n");
    assertThat(dialled("first", "+12125550486")).isEqualTo("-ERR USER_BUSY");
    assertThat(dialled("second", "+12125550404")).isEqualTo("-ERR UNALLOCATED_NUMBER");
    assertThat(dialled("second", "+12125550100")).startsWith("+OK");
  }
}
