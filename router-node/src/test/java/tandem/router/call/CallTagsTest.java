package tandem.router.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

class CallTagsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void shouldKeepTheTagOfACallForEver() {
    assertThat(CallTags.of(call(1))).isEqualTo("calls-5");
  }

  @Test
  void shouldSpreadCallsOverEveryTag() {
    assertThat(
            IntStream.range(0, 200).mapToObj(i -> CallTags.of(call(i))).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(CallTags.ALL);
  }

  @Test
  void shouldTagOnlyTheConnectionAndTheEnd() {
    OfferId offer = new OfferId("00000000-0000-4000-8000-000000000001");
    assertThat(CallTags.tagsFor(call(1), new Call.Connected(offer, LegId.of(offer), NOW)))
        .containsExactly(CallTags.of(call(1)));
    assertThat(
            CallTags.tagsFor(
                call(1), new Call.Ended(CallView.Outcome.ABANDONED, "ORIGINATOR_CANCEL", NOW)))
        .containsExactly(CallTags.of(call(1)));
    assertThat(CallTags.tagsFor(call(1), new Call.LegRang(LegId.of(offer), NOW))).isEmpty();
    assertThat(CallTags.tagsFor(call(1), new Call.Closed(NOW))).isEmpty();
  }

  private static CallId call(int n) {
    return new CallId(new TenantId("acme"), String.format("00000000-0000-4000-8000-%012d", n));
  }
}
