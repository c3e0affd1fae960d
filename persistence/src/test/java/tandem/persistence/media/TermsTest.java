package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TapeEvent;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.TenantId;

class TermsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
  private static final Duration KEEP = Duration.ofDays(30);
  private static final String TAPE = "ABCDEF00-2222-4222-8222-222222222222";
  private static final String MESSAGE = "00000000-3333-4333-8333-333333333333";
  private static final CallId CALL =
      new CallId(new TenantId("acme"), "11111111-1111-4111-8111-111111111111");
  private static final LegId LEG = new LegId(CALL.channel());

  @Test
  void shouldKeepARecordingFromItsEndAndFromItsBeginningWhileThereIsNone() {
    TapeEvent started = new TapeEvent.TapeStarted(TAPE, LEG, KEEP, null, NOW);
    TapeEvent over = new TapeEvent.TapeOver(TAPE, Duration.ofMinutes(5), NOW.plusSeconds(300));

    assertThat(Terms.of(CALL, List.of(started))).containsExactly(tape(NOW.plus(KEEP)));
    assertThat(Terms.of(CALL, List.of(started, over)))
        .containsExactly(tape(NOW.plusSeconds(300).plus(KEEP)));
  }

  @Test
  void shouldSayWhoseAMessageIs() {
    assertThat(
            Terms.of(
                CALL,
                List.of(
                    new RemarkEvent.MessageTaken(
                        "sales", MESSAGE, "support", Duration.ofSeconds(7), KEEP, NOW))))
        .containsExactly(
            new Terms(
                CALL.tenant(),
                MESSAGE,
                MediaItem.Kind.MESSAGE,
                CALL.channel(),
                "sales",
                NOW.plus(KEEP),
                false));
  }

  @Test
  void shouldSayNothingOfOtherEvents() {
    assertThat(
            Terms.of(
                CALL,
                List.of(
                    new TapeEvent.TapeOver(TAPE, KEEP, NOW),
                    new TapeEvent.TapeFailed(TAPE, "no disk", NOW))))
        .isEmpty();
  }

  private static Terms tape(Instant until) {
    return new Terms(
        CALL.tenant(),
        "abcdef00-2222-4222-8222-222222222222",
        MediaItem.Kind.RECORDING,
        CALL.channel(),
        null,
        until,
        false);
  }
}
