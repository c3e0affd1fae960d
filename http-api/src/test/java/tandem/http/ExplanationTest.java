package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.http.json.Explanation;
import tandem.http.json.Explanation.Decision;
import tandem.http.json.PlanWire;
import tandem.router.call.Call;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Caller;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.plan.Wants;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;
import tandem.router.plan.document.PlanReader;

class ExplanationTest {
  private static final CallId CALL =
      new CallId(new TenantId("demo"), "00000000-0000-4000-8000-000000000001");
  private static final Plan PLAN = PlanReader.read(PlannedCall.PLAN).plan();

  @Test
  void shouldTellAWholeCallInSentences() {
    assertThat(explain(PlannedCall.served(CALL, 3), Map.of(3L, PLAN)).text())
        .isEqualTo(
            """
            2026-11-20T10:00:00Z +14155550123 called +14155550100.
            2026-11-20T10:00:00Z Version 3 of the plan was asked, where +14155550100 matches \
            +1415*: the 1st rule of flow main (always) was taken, the 2nd rule of flow main \
            (call.attributes.vip == true) was passed over, as it could not be told (no such \
            key: vip) and the 3rd rule of flow main (call.country == 'US') was taken; so the \
            call is to hear welcome.wav, then wait in queue sales and queue support with \
            priority 60.
            2026-11-20T10:00:00Z The switch plays welcome.wav to the caller.
            2026-11-20T10:00:04Z The caller is back.
            2026-11-20T10:00:04Z The call waits in queue sales and queue support with priority \
            60.
            2026-11-20T10:00:05Z Queue sales is full and has no place for the call, which goes \
            on waiting in queue support.
            2026-11-20T10:00:06Z Agent ann was picked for queue support by longest-idle \
            (version 3 of the plan): of 12 members 10 were passed over (8 not free and 2 not as \
            required), 1 of the rest preferred, and the best were ann, bob; 5 callers were \
            waiting, and this one had priority 60.
            2026-11-20T10:00:21Z The offer to agent ann failed: no answer.
            2026-11-20T10:00:30Z A step of the wait was due after 30 s: any member will do now \
            and the call waits in queue overflow too.
            2026-11-20T10:00:31Z A reservation of agent cleo from queue overflow was not used: \
            another offer is out.
            2026-11-20T10:00:32Z Agent bob was picked for queue overflow by longest-idle \
            (version 3 of the plan): of 1 member none was passed over, and the best was bob; 1 \
            caller was waiting, and this one had priority 62.5.
            2026-11-20T10:00:41Z The caller and agent bob are connected, 41 s after the call \
            arrived.
            2026-11-20T10:01:21Z Call answered and over (NORMAL_CLEARING).
            """);
  }

  @Test
  void shouldTellMachinesTheSame() {
    List<Decision> decisions = explain(PlannedCall.served(CALL, 3), Map.of(3L, PLAN)).decisions();
    assertThat(decisions)
        .extracting(Decision::kind)
        .containsExactly(
            "arrived",
            "routed",
            "handed-over",
            "came-back",
            "queued",
            "no-place",
            "offered",
            "failed",
            "step",
            "refused",
            "offered",
            "connected",
            "ended");
    assertThat(decisions.get(1).fields())
        .containsEntry("plan", 3L)
        .containsEntry("planKnown", true)
        .containsEntry("number", "+1415*")
        .containsEntry(
            "rules",
            List.of(
                new PlanWire.Rule("main", 0, null, true, null),
                new PlanWire.Rule(
                    "main", 1, "call.attributes.vip == true", false, "no such key: vip"),
                new PlanWire.Rule("main", 2, "call.country == 'US'", true, null)));
    assertThat(decisions.get(4).fields()).containsEntry("queues", List.of("sales", "support"));
    assertThat(decisions.get(5).fields())
        .containsEntry("queue", "sales")
        .containsEntry("why", "full")
        .containsEntry("plan", 3L)
        .containsEntry("then", Map.of("hangup", "USER_BUSY"));
    assertThat(decisions.get(6).fields())
        .containsEntry("agent", "ann")
        .containsEntry("winner", "ann")
        .containsEntry("queue", "support")
        .containsEntry("strategy", "longest-idle")
        .containsEntry("waiting", 5)
        .containsEntry("priority", 60.0)
        .containsEntry("members", 12)
        .containsEntry("excluded", Map.of("not-free", 8, "requirement", 2))
        .containsEntry("preferred", 1)
        .containsEntry("order", List.of("ann", "bob"));
    assertThat(decisions.get(8).fields()).containsEntry("index", 0).containsKey("step");
  }

  @Test
  void shouldSayThatAPlanCanNoLongerBeRead() {
    Decision routed = explain(PlannedCall.served(CALL, 3), Map.of()).decisions().get(1);
    assertThat(routed.text())
        .contains("the 1st rule of flow main was taken")
        .contains("(the text of this version cannot be read, so the conditions are not shown)");
    assertThat(routed.fields())
        .containsEntry("planKnown", false)
        .extractingByKey("rules")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(PlanWire.Rule.class))
        .extracting(PlanWire.Rule::when)
        .containsOnlyNulls();
  }

  @Test
  void shouldExplainACallOfBeforeThereWerePlans() {
    Explanation explanation = explain(PlannedCall.withoutPlan(CALL), Map.of());
    assertThat(explanation.decisions())
        .extracting(Decision::text)
        .containsExactly(
            "+14155550123 called +14155550100.",
            "No plan had a say: by its number the call waits in queue support with priority 50.",
            "Agent ann was picked for queue support, before it was kept why agents are picked.",
            "The caller and agent ann are connected, 9 s after the call arrived.",
            "Call answered and over (NORMAL_CLEARING).");
    assertThat(explanation.decisions().get(2).fields())
        .containsEntry("agent", "ann")
        .doesNotContainKeys("winner", "strategy", "plan");
  }

  @Test
  void shouldTellWhereACallWentThatNoQueueHadAPlaceFor() {
    QueueId support = new QueueId(CALL.tenant(), "support");
    Action then = new Action.Voicemail("full");
    List<Call.Event> events =
        List.of(
            PlannedCall.arrived(CALL),
            new Call.Queued(support, 1, 50, PlannedCall.AT, PlannedCall.AT),
            new Call.PlaceRefused(
                support, 1, Call.NoPlaceReason.ESTIMATED_WAIT, 7, then, PlannedCall.AT),
            new Call.Routed(
                new Routing(7, "", List.of(), PlannedCall.caller(CALL), List.of(), then),
                PlannedCall.AT),
            new Call.HandedOver(new Errand.Voicemail("full"), 1, null, PlannedCall.AT),
            new Call.CameBack(1, true, PlannedCall.AT),
            new Call.Dismissed("NORMAL_TEMPORARY_FAILURE", PlannedCall.AT),
            new Call.Ended(
                CallView.Outcome.TURNED_AWAY, "NORMAL_TEMPORARY_FAILURE", PlannedCall.AT));
    assertThat(explain(events, Map.of()).decisions().subList(2, 8))
        .extracting(Decision::text)
        .containsExactly(
            "Queue support would take too long and has no place for the call, which has no other"
                + " left and is to leave a message in voicemail box full.",
            "Version 7 of the plan sent the call on; so the call is to leave a message in voicemail"
                + " box full.",
            "The switch takes a message for voicemail box full.",
            "The switch could not do that.",
            "The plan ends the call with NORMAL_TEMPORARY_FAILURE.",
            "The plan ended the call before anybody talked (NORMAL_TEMPORARY_FAILURE).");
  }

  @Test
  void shouldTellOfANumberThatAPlanNoLongerSpeaksOf() {
    Action.Wait wait =
        new Action.Wait(
            List.of("support"), 50, List.of(), Wants.ANYBODY, List.of(), AnswerMode.ON_QUEUE);
    Caller caller = PlannedCall.caller(CALL);
    Routing routing = new Routing(4, caller.to(), List.of(), caller, List.of(), wait);
    assertThat(
            explain(List.of(new Call.Routed(routing, PlannedCall.AT)), Map.of())
                .decisions()
                .get(0)
                .text())
        .isEqualTo(
            "Version 4 of the plan says nothing of +14155550100, whose own queue counts; so the"
                + " call is to wait in queue support with priority 50.");
  }

  @Test
  void shouldTellOfParkLotsAndOfWhatItCannotKnow() {
    List<Call.Event> events =
        List.of(
            new Call.Held(
                "lobby",
                new Action.Transfer(new PhoneNumber("+14155550199")),
                PlannedCall.AT.plusSeconds(60),
                PlannedCall.AT),
            new Call.StepTaken(1, 4, PlannedCall.AT),
            new Call.Connected(
                new OfferId("00000000-0000-4000-8000-0000000000a1"),
                new LegId("00000000-0000-4000-8000-0000000000a1"),
                PlannedCall.AT));
    assertThat(explain(events, Map.of()).decisions())
        .extracting(Decision::text)
        .containsExactly(
            "The call is held in park lot lobby until 2026-11-20T10:01:00Z; if nobody has picked it"
                + " up by then, it is to be transferred to +14155550199.",
            "A step of the wait was taken, but the events before it do not tell which.",
            "The caller and an agent are connected.");
  }

  @Test
  void shouldStayOnOneLineWhateverAPlanSays() {
    Plan plan =
        PlanReader.read(PlannedCall.PLAN.replace("call.country == 'US'", "call.country ==\\n 'US'"))
            .plan();
    Decision routed = explain(PlannedCall.served(CALL, 3), Map.of(3L, plan)).decisions().get(1);
    assertThat(routed.text()).contains("(call.country == 'US')").doesNotContain("\n");
  }

  @Test
  void shouldSayThatThereIsMore() {
    Explanation explanation = Explanation.of(CALL, PlannedCall.withoutPlan(CALL), Map.of(), true);
    assertThat(explanation.text()).endsWith("The call has more events than are explained here.\n");
    assertThat(explanation.json()).containsEntry("truncated", true);
  }

  private static Explanation explain(List<Call.Event> events, Map<Long, Plan> plans) {
    return Explanation.of(CALL, events, plans, false);
  }
}
