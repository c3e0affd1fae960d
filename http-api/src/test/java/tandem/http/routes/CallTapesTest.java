package tandem.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.call.TapeEvent;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.TenantId;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.feed.CallView;

class CallTapesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final CallId CALL =
      new CallId(new TenantId("demo"), "11111111-1111-4111-8111-111111111111");
  private static final String ONE = "aaaaaaaa-1111-4111-8111-111111111111";
  private static final String TWO = "bbbbbbbb-1111-4111-8111-111111111111";
  private static final TapeEvent STARTED = started(ONE);
  private static final Call.Event ENDED =
      new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", NOW);

  @Test
  void shouldFollowARecording() {
    assertThat(states(STARTED)).containsExactly("recording");
    assertThat(states(STARTED, set(TapeMode.PAUSED))).containsExactly("paused");
    assertThat(states(STARTED, set(TapeMode.PAUSED), set(TapeMode.RECORDING)))
        .containsExactly("recording");
    assertThat(states(STARTED, set(TapeMode.STOPPED))).containsExactly("storing");
    assertThat(states(STARTED, new TapeEvent.TapeOver(ONE, Duration.ofSeconds(3), NOW)))
        .containsExactly("storing");
    assertThat(states(STARTED, new TapeEvent.TapeFailed(ONE, "no disk", NOW)))
        .containsExactly("failed");
  }

  @Test
  void shouldTakeARecordingForOverWithItsCall() {
    assertThat(states(STARTED, started(TWO), new TapeEvent.TapeFailed(TWO, "no", NOW), ENDED))
        .containsExactly("storing", "failed");
  }

  @Test
  void shouldIgnoreWhatNeverBegan() {
    assertThat(states(set(TapeMode.PAUSED), ENDED)).isEmpty();
  }

  private static List<String> states(Call.Event... events) {
    return CallTapes.of(CALL, Arrays.asList(events)).values().stream()
        .map(recording -> recording.state())
        .toList();
  }

  private static TapeEvent started(String id) {
    return new TapeEvent.TapeStarted(id, new LegId(CALL.channel()), Duration.ofDays(9), null, NOW);
  }

  private static TapeEvent set(TapeMode mode) {
    return new TapeEvent.TapeSet(ONE, mode, null, NOW);
  }
}
