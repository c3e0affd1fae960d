package tandem.edge.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.edge.esl.EslEvent;
import tandem.edge.esl.EslFrameDecoder;
import tandem.edge.esl.EslLimits;
import tandem.edge.esl.EslProtocolException;
import tandem.router.domain.LegId;

class EventReaderTest {
  private static final LegId CALLER = new LegId("00000000-0000-4000-8000-000000000001");

  private static Happening.Channel parked(String callerNumber, String calledNumber)
      throws EslProtocolException {
    String event =
        "Event-Name: CHANNEL_PARK\nUnique-ID: "
            + CALLER
            + "\nCall-Direction: inbound\nAnswer-State: ringing\nCaller-Caller-ID-Number: "
            + callerNumber
            + "\nCaller-Destination-Number: "
            + calledNumber
            + "\n\n";
    return ((Happening.Parked) read(event).orElseThrow()).channel();
  }

  private static Optional<Happening> read(String event) throws EslProtocolException {
    byte[] frame =
        ("Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event)
            .getBytes(UTF_8);
    EslFrameDecoder decoder = new EslFrameDecoder(new EslLimits(64 * 1024, 1 << 20));
    decoder.feed(frame, 0, frame.length);
    return new EventReader().read(EslEvent.of(Objects.requireNonNull(decoder.next())));
  }

  private static int errand(String variable) throws EslProtocolException {
    String event = "Event-Name: CHANNEL_PARK\nUnique-ID: " + CALLER + "\n" + variable + "\n\n";
    return ((Happening.Parked) read(event).orElseThrow()).errand();
  }

  private static Optional<Happening> bridge(String variable) throws EslProtocolException {
    return read(
        "Event-Name: CHANNEL_BRIDGE\nUnique-ID: "
            + CALLER
            + "\nBridge-A-Unique-ID: "
            + CALLER
            + "\nBridge-B-Unique-ID: 00000000-0000-4000-8000-000000000002\n"
            + variable
            + "\n\n");
  }

  @Test
  void shouldReadWhichErrandAParkedCallerHasComeBackFrom() throws EslProtocolException {
    assertThat(errand("variable_tandem_errand_over: 3")).isEqualTo(3);
    assertThat(errand("variable_tandem_errand: 4")).isZero();
    assertThat(errand("variable_tandem_errand_over: three")).isZero();
    assertThat(errand("variable_tandem_errand_over: 99999999999")).isZero();
  }

  @Test
  void shouldNotReadABridgeThatTheDialplanMadeAsOneThatWasOrdered() throws EslProtocolException {
    assertThat(bridge("variable_tandem_errand: 1")).isPresent();
    assertThat(bridge("variable_tandem_outside: true")).isEmpty();
  }

  @Test
  void shouldReadNumbersAsTheyAre() throws EslProtocolException {
    Happening.Channel channel = parked("%2B15550001", "+14155550100");
    assertThat(channel.callerNumber()).isEqualTo("+15550001");
    assertThat(channel.calledNumber()).isEqualTo("+14155550100");
  }

  @Test
  void shouldNotLetACallerEndALogLineOrSteerATerminal() throws EslProtocolException {
    Happening.Channel channel = parked("1%0d%0aERROR%20x", "%1b%5b2J1%c2%9b%e2%80%a8%e2%80%ae");
    assertThat(channel.callerNumber()).isEqualTo("1??ERROR x");
    assertThat(channel.calledNumber()).isEqualTo("?[2J1???");
  }

  @Test
  void shouldCutNumbersThatHaveNoEnd() throws EslProtocolException {
    Happening.Channel channel = parked("1".repeat(2000), "2".repeat(65));
    assertThat(channel.callerNumber()).isEqualTo("1".repeat(64));
    assertThat(channel.calledNumber()).isEqualTo("2".repeat(64));
  }

  @Test
  void shouldReadNumbersOfTheListOfChannelsTheSameWay() throws Exception {
    String list =
        "{\"row_count\":1,\"rows\":[{\"uuid\":\"%s\",\"cid_num\":\"1\\n2\",\"dest\":\"\\u001b3\"}]}"
            .formatted(CALLER);
    assertThat(ChannelList.parse(list))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.callerNumber()).isEqualTo("1?2");
              assertThat(row.calledNumber()).isEqualTo("?3");
            });
  }
}
