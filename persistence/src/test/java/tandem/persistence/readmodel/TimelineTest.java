package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tandem.router.domain.TenantId;

class TimelineTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void shouldTellACallInSentences() {
    var timeline =
        Timeline.of(Calls.numbered(Calls.answered(Calls.id(new TenantId("acme"), 1), AT)));
    assertThat(timeline)
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "+14155550123 called +14155550100, which leads to queue support",
            "Waiting in queue support with priority 50",
            "Offered to agent ann from queue support",
            "Phone of agent ann is ringing",
            "Offer to agent ann failed: no answer",
            "Offered to agent bob from queue support",
            "agent bob picked up",
            "Caller and agent bob are connected",
            "agent bob left: NORMAL_CLEARING",
            "Call answered and over (NORMAL_CLEARING)");
    assertThat(timeline).extracting(TimelineEntry::seq).isSorted();
    assertThat(timeline.get(2).details())
        .containsEntry("agent", "ann")
        .containsEntry("contact", "sip:1001@sim.invalid")
        .containsKeys("offer", "leg", "ringDeadline");
    assertThat(timeline.get(timeline.size() - 1).details()).containsEntry("outcome", "answered");
  }
}
