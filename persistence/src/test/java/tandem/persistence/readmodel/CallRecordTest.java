package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

class CallRecordTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456Z");
  private static final CallId CALL = Calls.id(new TenantId("acme"), 1);

  @Test
  void shouldAddUpAnAnsweredCall() {
    CallRecord record = CallRecord.of(Calls.numbered(Calls.answered(CALL, AT))).orElseThrow();
    assertThat(record.outcome()).isEqualTo(CallView.Outcome.ANSWERED);
    assertThat(record.agent()).hasToString("acme:bob");
    assertThat(record.queue()).hasToString("acme:support");
    assertThat(record.offers()).isEqualTo(2);
    assertThat(record.arrivedAt()).isEqualTo("2026-11-20T10:00:00.123Z");
    assertThat(record.answeredAt()).isEqualTo("2026-11-20T10:00:21.123Z");
    assertThat(record.endedAt()).isEqualTo("2026-11-20T10:01:21.123Z");
    assertThat(record.seq()).as("the end, not the bookkeeping after it").isEqualTo(10);
  }

  @Test
  void shouldNotKnowAnAgentOfAnAbandonedCall() {
    CallRecord record = CallRecord.of(Calls.numbered(Calls.abandoned(CALL, AT))).orElseThrow();
    assertThat(record.outcome()).isEqualTo(CallView.Outcome.ABANDONED);
    assertThat(record.agent()).isNull();
    assertThat(record.answeredAt()).isNull();
    assertThat(record.offers()).isZero();
  }

  @Test
  void shouldBeTheSameFromItsRowsAsFromItsJournal() {
    List<JournaledEvent> journal = Calls.numbered(Calls.answered(CALL, AT));
    List<JournaledEvent> rows =
        journal.stream().filter(each -> CallEventNames.of(each.event()).isPresent()).toList();
    assertThat(CallRecord.of(rows)).isEqualTo(CallRecord.of(journal));
    assertThat(Timeline.of(rows)).isEqualTo(Timeline.of(journal));
  }

  @Test
  void shouldSayNothingOfACallWithoutItsArrival() {
    List<JournaledEvent> events = Calls.numbered(Calls.answered(CALL, AT));
    assertThat(CallRecord.of(events.subList(1, events.size()))).isEmpty();
    assertThat(CallRecord.of(List.of())).isEmpty();
  }

  @Test
  void shouldNameEveryEventOrKnowItAsBookkeeping() {
    assertThat(Call.Event.class.getPermittedSubclasses())
        .allSatisfy(
            type ->
                assertThat(CallEventNames.typeOf(type).isPresent())
                    .as(type.getSimpleName())
                    .isNotEqualTo(CallEventNames.isBookkeeping(type)));
    assertThat(CallEventNames.all()).doesNotHaveDuplicates().hasSize(12);
  }
}
