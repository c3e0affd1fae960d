package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.feed.CallView;

class TimelineTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final CallId CALL = Calls.id(new TenantId("acme"), 1);

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

  @Test
  void shouldTellWhatAPlanDidWithACall() {
    var timeline = Timeline.of(Calls.numbered(Calls.planned(CALL, AT)));
    assertThat(timeline)
        .extracting(TimelineEntry::event, TimelineEntry::reason)
        .startsWith(
            tuple("arrived", "+14155550123 called +14155550100"),
            tuple(
                "routed",
                "By version 3 of the plan, the 1st rule of flow main and the 3rd rule of flow main,"
                    + " the call is to wait in queue sales and queue support with priority 60"),
            tuple("handed-over", "The switch plays welcome.wav to the caller"),
            tuple("came-back", "Caller is back from the switch"),
            tuple("queued", "Waiting in queue sales and queue support with priority 60"),
            tuple("place-refused", "No place: queue sales is full"),
            tuple(
                "step-taken",
                "Step after 30 s: any member will do now, the call waits in queue overflow too,"
                    + " the priority is now 80 and supervisors are told 'a long wait'"),
            tuple("offered", "Offered to agent bob from queue overflow"));
    assertThat(timeline.get(0).details()).doesNotContainKey("queue");
    assertThat(timeline.get(1).details())
        .containsEntry("plan", 3L)
        .containsEntry("number", "+1415*")
        .containsEntry("announcements", List.of("welcome.wav"))
        .containsEntry(
            "rules",
            List.of(
                Map.of("flow", "main", "index", 0),
                Map.of("flow", "main", "index", 1, "failed", "no such attribute 'vip'"),
                Map.of("flow", "main", "index", 2)));
    assertThat(timeline.get(2).details())
        .containsEntry("errand", Map.of("announce", "welcome.wav"))
        .containsEntry("until", "2026-11-20T10:02:00Z");
    assertThat(timeline.get(4).details()).containsEntry("queues", List.of("sales", "support"));
    assertThat(timeline.get(5).details())
        .containsEntry("queue", "sales")
        .containsEntry("why", "full")
        .containsEntry("plan", 3L);
    assertThat(timeline.get(6).details())
        .containsEntry("due", "after 30 s")
        .containsEntry("step", 0);
    assertThat(timeline.get(7).details())
        .containsEntry("plan", 3L)
        .containsEntry("strategy", "longest-idle");
  }

  @Test
  void shouldTellOfACallThatWasInNoQueue() {
    var timeline = Timeline.of(Calls.numbered(Calls.voicemail(CALL, AT)));
    assertThat(timeline)
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "+14155550123 called +14155550100",
            "By version 4 of the plan, the 1st rule of flow main, the call is to leave a message in"
                + " voicemail box after-hours",
            "The switch takes a message for voicemail box after-hours",
            "caller left: NORMAL_CLEARING",
            "Caller was given to voicemail, call over (NORMAL_CLEARING)");
    assertThat(timeline.get(4).details()).containsEntry("outcome", "voicemail");
  }

  @Test
  void shouldTellOfAPromiseAndOfTheCallThatKeepsIt() {
    String callback = CALL.callback().channel();
    var timeline = Timeline.of(Calls.numbered(Calls.promised(CALL, AT)));
    assertThat(timeline)
        .extracting(TimelineEntry::event, TimelineEntry::reason)
        .endsWith(
            tuple(
                "callback-promised",
                "The caller is called back at +14155550123 by call "
                    + callback
                    + ", with the place since 2026-11-20T10:00:00Z"),
            tuple("left", "caller left: NORMAL_CLEARING"),
            tuple("ended", "Caller was promised to be called back, call over (NORMAL_CLEARING)"));
    assertThat(timeline.get(3).details())
        .containsEntry("callback", callback)
        .containsEntry("origin", CALL.channel())
        .containsEntry("number", "+14155550123")
        .containsEntry("queues", List.of("sales", "support"))
        .containsEntry("from", "2026-11-20T10:01:30Z")
        .containsEntry("until", "2026-11-20T12:01:30Z")
        .containsEntry("attempts", 3);
    assertThat(timeline.get(5).details()).containsEntry("outcome", "callback");
  }

  @Test
  void shouldTellHowSomebodyIsCalledBack() {
    var timeline = Timeline.of(Calls.numbered(Calls.callback(CALL, AT)));
    assertThat(timeline)
        .extracting(TimelineEntry::event, TimelineEntry::reason)
        .containsExactly(
            tuple(
                "arrived",
                "Calls +14155550123 back, promised by call "
                    + CALL.channel()
                    + ", place since 2026-11-20T10:00:00Z"),
            tuple("queued", "Waiting in queue sales and queue support with priority 60"),
            tuple("offered", "Offered to agent ann from queue support"),
            tuple("answered", "agent ann picked up"),
            tuple("customer-dialed", "Calling +14155550123, attempt 1 of 3"),
            tuple("ringing", "Phone of +14155550123 is ringing"),
            tuple("left", "+14155550123 left: NO_ANSWER"),
            tuple("offer-failed", "Offer to agent ann failed: the caller is gone"),
            tuple(
                "attempt-failed",
                "Attempt 1 of 3 failed (NO_ANSWER), the next not before 2026-11-20T10:12:14Z"),
            tuple("offered", "Offered to agent bob from queue sales"),
            tuple("answered", "agent bob picked up"),
            tuple("customer-dialed", "Calling +14155550123, attempt 2 of 3"),
            tuple("customer-answered", "+14155550123 picked up"),
            tuple("connected", "Caller and agent bob are connected"),
            tuple("left", "+14155550123 left: NORMAL_CLEARING"),
            tuple("left", "agent bob left: NORMAL_CLEARING"),
            tuple("ended", "Call answered and over (NORMAL_CLEARING)"));
    assertThat(timeline.get(0).details())
        .containsEntry("origin", CALL.channel())
        .containsEntry("callerNumber", Calls.CALLER)
        .doesNotContainKey("queue");
    assertThat(timeline.get(4).details())
        .containsEntry("agent", "ann")
        .containsEntry("attempt", 1)
        .containsEntry("ringDeadline", "2026-11-20T10:02:19Z")
        .containsKeys("offer", "leg");
    assertThat(timeline.get(8).details())
        .containsEntry("cause", "NO_ANSWER")
        .containsEntry("again", "2026-11-20T10:12:14Z");
    assertThat(timeline.get(12).details())
        .containsEntry("agent", "bob")
        .containsKeys("offer", "leg", "bridgeDeadline");
  }

  @Test
  void shouldTellThatNobodyWasReached() {
    var timeline = Timeline.of(Calls.numbered(Calls.unreached(CALL, AT)));
    assertThat(timeline.subList(3, 6))
        .extracting(TimelineEntry::event, TimelineEntry::reason)
        .containsExactly(
            tuple("attempt-failed", "Attempt 1 of 3 failed (USER_BUSY), and it was the last"),
            tuple("given-up", "The callback is given up (USER_BUSY)"),
            tuple("ended", "Who was to be called back was not reached, call over (USER_BUSY)"));
    assertThat(timeline.get(4).details()).containsEntry("outcome", "unreached");
    assertThat(
            Timeline.of(
                    Calls.numbered(
                        List.of(new Call.GivenUp(CallView.Outcome.CANCELLED, "ASKED", AT))))
                .get(0)
                .reason())
        .isEqualTo("Somebody calls the callback off (ASKED)");
  }

  @Test
  void shouldTellOfAParkLotAndOfTheEndThePlanChose() {
    Instant until = AT.plusSeconds(60);
    var timeline =
        Timeline.of(
            Calls.numbered(
                List.of(
                    new Call.Held("lobby", new Action.GoTo("rest"), until, AT),
                    new Call.CameBack(2, true, AT),
                    new Call.Dismissed("USER_BUSY", AT))));
    assertThat(timeline)
        .extracting(TimelineEntry::reason)
        .containsExactly(
            "Caller is held in park lot lobby",
            "The switch could not do that",
            "The plan ends the call (USER_BUSY)");
    assertThat(timeline.get(0).details())
        .containsEntry("lot", "lobby")
        .containsEntry("until", "2026-11-20T10:01:00Z");
    assertThat(timeline.get(2).details()).containsEntry("cause", "USER_BUSY");
  }
}
