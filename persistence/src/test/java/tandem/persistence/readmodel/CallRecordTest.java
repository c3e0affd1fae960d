package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
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
  void shouldShowTheQueueThatServedAPlannedCall() {
    CallRecord record = CallRecord.of(Calls.numbered(Calls.planned(CALL, AT))).orElseThrow();
    assertThat(record.queue()).hasToString("acme:overflow");
    assertThat(record.agent()).hasToString("acme:bob");
    assertThat(record.outcome()).isEqualTo(CallView.Outcome.ANSWERED);
    assertThat(record.answeredAt()).isEqualTo("2026-11-20T10:00:41.123Z");
    assertThat(record.seq()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"5, acme:sales", "6, acme:support", "8, acme:support"})
  void shouldShowWhereACallWaitsWhomNobodyHasServed(int events, String queue) {
    List<Call.Event> life = Calls.planned(CALL, AT).subList(0, events);
    CallRecord record = CallRecord.of(Calls.numbered(life)).orElseThrow();
    assertThat(record.queue()).hasToString(queue);
    assertThat(record.agent()).isNull();
  }

  @Test
  void shouldShowTheLastQueueThatRefusedWhenNoneHadAPlace() {
    List<Call.Event> life = new ArrayList<>(Calls.planned(CALL, AT).subList(0, 6));
    QueueId support = new QueueId(CALL.tenant(), "support");
    life.add(
        new Call.PlaceRefused(
            support, 1, Call.NoPlaceReason.FULL, 3, new Action.Voicemail("full"), AT));
    assertThat(CallRecord.of(Calls.numbered(life)).orElseThrow().queue()).isEqualTo(support);
  }

  @Test
  void shouldHaveNoQueueWhenThePlanGaveItNone() {
    CallRecord record = CallRecord.of(Calls.numbered(Calls.voicemail(CALL, AT))).orElseThrow();
    assertThat(record.queue()).isNull();
    assertThat(record.outcome()).isEqualTo(CallView.Outcome.VOICEMAIL);
    assertThat(record.ended()).isTrue();
    assertThat(CallFilter.ALL.accepts(record)).isTrue();
    assertThat(new CallFilter(null, null, "sales", null, null, null).accepts(record)).isFalse();
  }

  @Test
  void shouldAddUpACallbackAndTheCallThatPromisedIt() {
    CallRecord origin = CallRecord.of(Calls.numbered(Calls.promised(CALL, AT))).orElseThrow();
    assertThat(origin.outcome()).isEqualTo(CallView.Outcome.CALLBACK);
    assertThat(origin.queue()).hasToString("acme:sales");
    assertThat(origin.answeredAt()).isNull();

    CallRecord callback = CallRecord.of(Calls.numbered(Calls.callback(CALL, AT))).orElseThrow();
    assertThat(callback.id()).isEqualTo(CALL.callback());
    assertThat(callback.id().mayBeCallback()).isTrue();
    assertThat(callback.outcome()).isEqualTo(CallView.Outcome.ANSWERED);
    assertThat(callback.agent()).hasToString("acme:bob");
    assertThat(callback.answeredAt()).isEqualTo("2026-11-20T10:12:29.123Z");
    assertThat(callback.offers()).isEqualTo(2);
    assertThat(callback.seq()).isEqualTo(17);

    CallRecord lost = CallRecord.of(Calls.numbered(Calls.unreached(CALL, AT))).orElseThrow();
    assertThat(lost.outcome()).isEqualTo(CallView.Outcome.UNREACHED);
    CallFilter unreached = new CallFilter(null, null, null, null, CallView.Outcome.UNREACHED, null);
    assertThat(unreached.accepts(lost)).isTrue();
    assertThat(unreached.accepts(origin)).isFalse();
  }

  @Test
  void shouldShowEachQueueOfACallbackUntilItIsServed() {
    WaitTrail trail = new WaitTrail();
    Calls.callback(CALL, AT).subList(0, 2).forEach(trail::see);
    assertThat(trail.queues()).extracting(QueueId::name).containsExactly("sales", "support");
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
    List<Class<?>> events = kinds(Call.Event.class).toList();
    assertThat(events)
        .hasSizeGreaterThan(60)
        .allSatisfy(
            type ->
                assertThat(CallEventNames.typeOf(type).isPresent())
                    .as(type.getSimpleName())
                    .isNotEqualTo(CallEventNames.isBookkeeping(type)));
    assertThat(CallEventNames.all()).doesNotHaveDuplicates().hasSize(events.size() - 1);
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(type -> type.isSealed() ? kinds(type) : Stream.of(type));
  }
}
