package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.call.RemarkEvent;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

/** What people did with calls, told to people, with who did it. */
class ConversationTimelineTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final CallId CALL = Calls.id(new TenantId("acme"), 1);
  private static final String BY = ", asked for by ann@example.com";

  private static List<TimelineEntry> told(List<Call.Event> events) {
    return Timeline.of(Calls.numbered(events));
  }

  @Test
  void shouldTellWhoMovedACallAndWhere() {
    List<TimelineEntry> timeline = told(Conversations.moved(CALL, AT));
    assertThat(timeline.subList(8, timeline.size()))
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "Caller is on hold" + BY,
            "All hear whom they are to hear",
            "Caller is off hold" + BY,
            "Agent bob wants to talk to agent carl while the caller hears music" + BY,
            "Phone of agent carl is to ring",
            "Agent carl picked up",
            "Caller is given to agent carl" + BY,
            "A slot in park lot lobby is asked for by agent carl" + BY,
            "No slot in park lot lobby (lot-full)",
            "Slot 7 in park lot lobby is asked for by agent carl" + BY,
            "Caller is parked in slot 7 of park lot lobby",
            "Nobody has picked the caller up, so agent carl is called, attempt 1",
            "Agent carl is asked to take the caller back",
            "Phone of agent carl is to ring",
            "Agent carl picked up",
            "The slot in park lot lobby is free again",
            "Supervisor sue is to listen, heard by nobody" + BY,
            "Phone of agent sue is to ring",
            "Agent sue listens",
            "Supervisor sue listens, heard by the agent alone" + BY,
            "Supervisor sue takes the call over from agent carl" + BY,
            "The call is hung up for all" + BY,
            "agent sue left: NORMAL_CLEARING",
            "Call answered and over (NORMAL_CLEARING)");
    assertThat(timeline.get(11).details())
        .containsEntry("by", "ann@example.com")
        .containsEntry("agent", "carl")
        .containsEntry("host", "bob")
        .containsEntry("purpose", "consult")
        .containsKey("offer");
    assertThat(timeline.get(18).details())
        .containsEntry("lot", "lobby")
        .containsEntry("slot", 7)
        .containsEntry("until", "2026-11-20T10:02:00Z");
    assertThat(timeline.get(24).event()).isEqualTo("invited");
    assertThat(timeline.get(24).details()).containsEntry("ear", "monitor");
    assertThat(timeline.get(28).event()).isEqualTo("taken-over");
    assertThat(timeline.get(28).details())
        .containsEntry("agent", "sue")
        .containsEntry("from", "carl");
  }

  @Test
  void shouldTellWhatElseIsDoneInAConversation() {
    List<TimelineEntry> timeline = told(Conversations.rest(CALL, AT));
    assertThat(timeline)
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "Agent bob transfers the caller to agent carl" + BY,
            "The caller is transferred to queue support" + BY,
            "+14155550177 is asked to take the caller",
            "Calling +14155550177 over trunk 2",
            "+14155550177 does not come: USER_BUSY",
            "+14155550177 is muted" + BY,
            "+14155550177 is no longer muted",
            "4 digits sent to +14155550177" + BY,
            "The agent talks to the other one now: the caller, or who is consulted" + BY,
            "The consultation is called off" + BY,
            "The caller and all who were consulted talk together" + BY,
            "+14155550177 is sent out" + BY,
            "The conversation is locked" + BY,
            "Supervisor sue is not to listen any more" + BY,
            "The switch could not connect +14155550177 as wanted: -ERR no such channel",
            "The switch is told again who is to hear whom");
    assertThat(timeline.get(0).details())
        .containsEntry("to", Map.of("agent", "carl"))
        .containsEntry("from", "bob");
    assertThat(timeline.get(7).details()).containsEntry("count", 4).doesNotContainKey("digits");
  }

  @Test
  void shouldTellWhatIsRecordedAndSaid() {
    List<Call.Event> life = new ArrayList<>(Calls.answered(CALL, AT).subList(0, 1));
    life.addAll(Conversations.said(CALL, AT));
    List<TimelineEntry> timeline = told(life);
    assertThat(timeline.subList(1, timeline.size()))
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "The caller hears that the call is recorded",
            "The recording begins, of caller",
            "The recording pauses" + BY,
            "The recording goes on" + BY,
            "The recording is over, 1 min 1 s long",
            "The switch does not record: -ERR disk full",
            "A note is written" + BY,
            "The call is tagged vip and angry and no longer tagged new" + BY,
            "The call came to 'sold'" + BY,
            "Attributes are set: claim and order" + BY,
            "Caller was heard with a mean opinion score of 4.2, 3 ms of jitter and 1.2 % loss",
            "Caller pressed 5",
            "Caller left a message of 12 s in voicemail box sales");
    assertThat(timeline.get(7).details()).containsEntry("text", "calls again");
  }

  @Test
  void shouldTellWhomAnAgentCalled() {
    List<TimelineEntry> timeline = told(Conversations.unreached(CALL, AT));
    assertThat(timeline)
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "Agent ann calls +14155550177, which is shown +14155550100" + BY,
            "Agent ann is called first",
            "Phone of agent ann is to ring",
            "Agent ann picked up",
            "Calling +14155550177, attempt 1",
            "+14155550177 left: NO_ANSWER",
            "The call came to nothing (NO_ANSWER)",
            "Whom the agent called was not reached, call over (NO_ANSWER)");
    assertThat(timeline.get(4).details()).containsEntry("agent", "ann");
  }

  @Test
  void shouldRecordWhoHadTheCallerLastAndWhatWasSaid() {
    List<Call.Event> life = new ArrayList<>(Conversations.moved(CALL, AT));
    int ended = life.size() - 1;
    assertThat(agentAfter(life, 8)).isEqualTo("bob");
    assertThat(agentAfter(life, 14)).isEqualTo("bob");
    assertThat(agentAfter(life, 15)).isEqualTo("carl");
    assertThat(agentAfter(life, ended)).isEqualTo("sue");
    life.addAll(
        Conversations.said(CALL, AT).stream().filter(RemarkEvent.class::isInstance).toList());
    CallRecord record = CallRecord.of(Calls.numbered(life)).orElseThrow();
    assertThat(record.queue()).hasToString("acme:support");
    assertThat(record.offers()).isEqualTo(2);
    assertThat(record.ended()).isTrue();
    assertThat(record.seq()).as("what was said after the end").isEqualTo(life.size());
    CallView.Remarks remarks = record.remarks();
    assertThat(remarks.tags()).containsExactly("vip", "angry");
    assertThat(remarks.disposition())
        .isEqualTo(new CallView.Disposition("sold", "two of them", "ann@example.com", AT));
    assertThat(remarks.notes()).hasSize(1);
    assertThat(remarks.attributes()).isEqualTo(Map.of("order", "4711"));
    assertThat(remarks.heard()).hasSize(1);

    CallRecord unreached =
        CallRecord.of(Calls.numbered(Conversations.unreached(CALL, AT))).orElseThrow();
    assertThat(unreached.agent()).isNull();
    assertThat(unreached.answeredAt()).isNull();
    assertThat(unreached.outcome()).isEqualTo(CallView.Outcome.UNREACHED);
  }

  private static String agentAfter(List<Call.Event> life, int events) {
    return CallRecord.of(Calls.numbered(life.subList(0, events)))
        .map(record -> record.agent() == null ? "" : record.agent().name())
        .orElse("");
  }
}
