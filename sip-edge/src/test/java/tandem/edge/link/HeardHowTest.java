package tandem.edge.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tandem.edge.esl.EslEvent;
import tandem.edge.esl.EslFrameDecoder;
import tandem.edge.esl.EslLimits;
import tandem.edge.esl.EslProtocolException;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;

/** How well a leg was heard, and how long was recorded, is read from the switch's events. */
class HeardHowTest {
  private static final LegId LEG = new LegId("00000000-0000-4000-8000-000000000001");
  private static final String RECORDING = "00000000-0000-4000-8000-00000000000a";

  private static Happening read(String name, String headers) throws EslProtocolException {
    String event = "Event-Name: " + name + "\nUnique-ID: " + LEG + "\n" + headers + "\n\n";
    byte[] frame =
        ("Content-Length: " + event.length() + "\nContent-Type: text/event-plain\n\n" + event)
            .getBytes(UTF_8);
    EslFrameDecoder decoder = new EslFrameDecoder(new EslLimits(64 * 1024, 1 << 20));
    decoder.feed(frame, 0, frame.length);
    return new EventReader()
        .read(EslEvent.of(Objects.requireNonNull(decoder.next())))
        .orElse(new Happening.Heartbeat());
  }

  private static @Nullable Quality quality(String... variables) throws EslProtocolException {
    StringBuilder headers = new StringBuilder("Hangup-Cause: NORMAL_CLEARING");
    for (String variable : variables) {
      headers.append("\nvariable_rtp_audio_in_").append(variable);
    }
    return ((Happening.Ended) read("CHANNEL_HANGUP_COMPLETE", headers.toString())).quality();
  }

  @Test
  void shouldReadWhatABadLineLostAndHowItShook() throws EslProtocolException {
    Quality heard =
        quality(
            "media_packet_count: 162",
            "mos: 3.45",
            "mean_interval: 22.44",
            "jitter_min_variance: 31.00",
            "jitter_max_variance: 977.00");
    assertThat(heard).isNotNull();
    assertThat(heard.mos()).isEqualTo(3.45);
    assertThat(heard.packets()).isEqualTo(162);
    assertThat(heard.jitter()).isCloseTo(22.45, within(0.01));
    assertThat(heard.loss()).isCloseTo(0.109, within(0.001));
  }

  @Test
  void shouldSayNothingOfALegFromWhichNothingCame() throws EslProtocolException {
    assertThat(quality("media_packet_count: 0", "mos: 4.50")).isNull();
    assertThat(quality()).isNull();
  }

  @Test
  void shouldTakeWhatIsNoNumberForNothing() throws EslProtocolException {
    Quality heard = quality("media_packet_count: 9", "mos: nan", "mean_interval: -1");
    assertThat(heard).isEqualTo(new Quality(4.5, 0, 0, 9));
  }

  @Test
  void shouldReadTheEndOfOurRecordingsAndMessagesOnly() throws EslProtocolException {
    assertThat(
            read(
                "RECORD_STOP",
                "Record-File-Path: /var/rec/tape-de-mo-"
                    + LEG
                    + "-"
                    + RECORDING
                    + ".wav\nvariable_record_ms: 1180"))
        .isEqualTo(
            new Happening.Taped(
                LEG, Happening.TapeKind.RECORDING, RECORDING, Duration.ofMillis(1_180)));
    assertThat(read("RECORD_STOP", "Record-File-Path: message-demo~a.b-c~" + RECORDING + ".wav"))
        .isEqualTo(new Happening.Taped(LEG, Happening.TapeKind.MESSAGE, RECORDING, Duration.ZERO));
    assertThat(read("RECORD_STOP", "Record-File-Path: /var/rec/other.wav"))
        .isInstanceOf(Happening.Heartbeat.class);
  }
}
