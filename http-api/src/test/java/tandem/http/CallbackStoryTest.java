package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.http.json.Explanation;
import tandem.http.json.Explanation.Decision;
import tandem.http.json.Json;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Wants;
import tandem.router.edge.CallFact;
import tandem.router.feed.CallView;

/** A caller is called back: both calls tell it, and each names the other. */
class CallbackStoryTest {
  private static final CallId ORIGIN =
      new CallId(new TenantId("demo"), "00000000-0000-4000-8000-000000000001");
  private static final CallId CALLBACK = ORIGIN.callback();
  private static final Instant AT = PlannedCall.AT;
  private static final QueueId SALES = new QueueId(ORIGIN.tenant(), "sales");
  private static final OfferId FIRST = new OfferId("00000000-0000-4000-8000-0000000000a1");
  private static final OfferId SECOND = new OfferId("00000000-0000-4000-8000-0000000000a2");
  private static final CallbackPromise PROMISE =
      new CallbackPromise(
          ORIGIN,
          new PhoneNumber("+14155550123"),
          List.of("sales", "support"),
          60,
          Wants.ANYBODY,
          after(2),
          after(90),
          after(7290),
          3,
          Duration.ofMinutes(10),
          Duration.ofSeconds(30));

  @Test
  void shouldTellThatACallerWasPromisedToBeCalledBack() throws IOException {
    Explanation origin =
        explain(
            ORIGIN,
            PlannedCall.arrived(ORIGIN),
            new Call.Queued(SALES, 1, 60, after(2), after(2)),
            new Call.CallbackPromised(CALLBACK, PROMISE, after(90)),
            new Call.Ended(CallView.Outcome.CALLBACK, "NORMAL_CLEARING", after(91)));
    assertThat(origin.text())
        .endsWith(
            """
            2026-11-20T10:01:30Z The caller is called back at +14155550123 by call %s, with the \
            place since 2026-11-20T10:00:02Z, from 2026-11-20T10:01:30Z until \
            2026-11-20T12:01:30Z, at most 3 times.
            2026-11-20T10:01:31Z Caller was promised to be called back, call over \
            (NORMAL_CLEARING).
            """
                .formatted(CALLBACK.channel()));
    Decision promised = origin.decisions().get(2);
    assertThat(promised.kind()).isEqualTo("callback");
    assertThat(promised.fields())
        .containsEntry("callback", CALLBACK.channel())
        .containsEntry("to", "+14155550123")
        .containsEntry("queues", List.of("sales", "support"))
        .containsEntry("since", after(2))
        .containsEntry("attempts", 3);
    assertThat(origin.decisions().get(3).fields()).containsEntry("outcome", "callback");
    documented(origin);
  }

  @Test
  void shouldTellHowSomebodyWasCalledBack() throws IOException {
    Explanation callback =
        explain(
            CALLBACK,
            arrived(PROMISE),
            new Call.Queued(SALES, 1, 60, after(2), after(92)),
            offered(FIRST, "ann", after(100)),
            new Call.AgentAnswered(FIRST, LegId.of(FIRST), after(114), after(104)),
            new Call.CustomerDialed(
                FIRST, LegId.ofCustomer(CALLBACK, 1), 1, after(139), after(104)),
            new Call.OfferFailed(FIRST, ReleaseReason.CALLER_GONE, false, after(134)),
            new Call.AttemptFailed(1, "NO_ANSWER", after(734), after(134)),
            offered(SECOND, "bob", after(735)),
            new Call.CustomerDialed(
                SECOND, LegId.ofCustomer(CALLBACK, 2), 2, after(775), after(740)),
            new Call.CustomerAnswered(
                SECOND, LegId.ofCustomer(CALLBACK, 2), after(758), after(748)),
            new Call.Connected(SECOND, LegId.of(SECOND), after(749)),
            new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", after(801)));
    assertThat(callback.text())
        .isEqualTo(
            """
            2026-11-20T10:01:32Z Calls +14155550123 back, promised by call %s, place since \
            2026-11-20T10:00:02Z.
            2026-11-20T10:01:32Z With nobody on the line the callback waits in queue sales and \
            queue support with priority 60, and calls from 2026-11-20T10:01:30Z until \
            2026-11-20T12:01:30Z, at most 3 times.
            2026-11-20T10:01:40Z Agent ann was picked for queue sales, before it was kept why \
            agents are picked.
            2026-11-20T10:01:44Z Agent ann is there, so +14155550123 is called, attempt 1 of 3.
            2026-11-20T10:02:14Z The offer to agent ann failed: the caller is gone.
            2026-11-20T10:02:14Z Attempt 1 of 3 failed (NO_ANSWER), the next not before \
            2026-11-20T10:12:14Z.
            2026-11-20T10:12:15Z Agent bob was picked for queue sales, before it was kept why \
            agents are picked.
            2026-11-20T10:12:20Z Agent bob is there, so +14155550123 is called, attempt 2 of 3.
            2026-11-20T10:12:28Z +14155550123 answered.
            2026-11-20T10:12:29Z The caller and agent bob are connected, 12 min 27 s after the \
            caller began to wait.
            2026-11-20T10:13:21Z Call answered and over (NORMAL_CLEARING).
            """
                .formatted(ORIGIN.channel()));
    assertThat(callback.decisions())
        .extracting(Decision::kind)
        .containsExactly(
            "arrived",
            "queued",
            "offered",
            "dialed",
            "failed",
            "attempt-failed",
            "offered",
            "dialed",
            "customer-answered",
            "connected",
            "ended");
    assertThat(callback.decisions().get(0).fields())
        .containsEntry("origin", ORIGIN.channel())
        .containsEntry("from", after(90))
        .containsEntry("until", after(7290));
    assertThat(callback.decisions().get(1).fields())
        .containsEntry("queues", List.of("sales", "support"));
    assertThat(callback.decisions().get(3).fields())
        .containsEntry("agent", "ann")
        .containsEntry("attempt", 1);
    assertThat(callback.decisions().get(5).fields())
        .containsEntry("cause", "NO_ANSWER")
        .containsEntry("again", after(734));
    assertThat(callback.decisions().get(9).fields())
        .containsEntry("waited", Duration.ofSeconds(747));
    documented(callback);
  }

  @Test
  void shouldTellWhyNobodyWasReached() throws IOException {
    Explanation callback =
        explain(
            CALLBACK,
            arrived(PROMISE),
            new Call.AttemptFailed(3, "USER_BUSY", null, after(3000)),
            new Call.GivenUp(CallView.Outcome.UNREACHED, "USER_BUSY", after(3000)),
            new Call.Ended(CallView.Outcome.UNREACHED, "USER_BUSY", after(3001)));
    assertThat(callback.decisions().subList(1, 4))
        .extracting(Decision::text)
        .containsExactly(
            "Attempt 3 of 3 failed (USER_BUSY), and it was the last.",
            "The callback is given up (USER_BUSY).",
            "Who was to be called back was not reached, call over (USER_BUSY).");
    assertThat(callback.decisions().get(1).fields()).doesNotContainKey("again");
    assertThat(callback.decisions().get(2).fields()).containsEntry("outcome", "unreached");
    documented(callback);
  }

  @Test
  void shouldTellThatSomebodyCalledItOff() {
    assertThat(
            explain(
                    CALLBACK,
                    new Call.GivenUp(CallView.Outcome.CANCELLED, "TANDEM_CANCELLED", AT),
                    new Call.Ended(CallView.Outcome.CANCELLED, "TANDEM_CANCELLED", AT))
                .decisions())
        .extracting(Decision::text)
        .containsExactly(
            "Somebody calls the callback off (TANDEM_CANCELLED).",
            "The callback was called off (TANDEM_CANCELLED).");
  }

  private static void documented(Explanation explanation) throws IOException {
    assertThat(
            new OpenApiContract()
                .check(
                    "CallExplanation", new ObjectMapper().readTree(Json.text(explanation.json()))))
        .isEmpty();
  }

  private static Explanation explain(CallId call, Call.Event... events) {
    return Explanation.of(call, List.of(events), Map.of(), false);
  }

  private static Call.Event arrived(CallbackPromise promise) {
    return new Call.Arrived(
        CALLBACK,
        new CallFact.Arrived(
            new LegId(CALLBACK.channel()),
            new SwitchId("fs1"),
            null,
            "+14155550123",
            "+14155550100",
            new Entry(SALES, 50, AnswerMode.ON_QUEUE),
            after(92),
            promise),
        after(92));
  }

  private static Call.Event offered(OfferId offer, String agent, Instant at) {
    return new Call.AgentOffered(
        offer,
        new AgentId(CALLBACK.tenant(), agent),
        SALES,
        1,
        LegId.of(offer),
        new Contact("sip:1001@sim.invalid"),
        at.plusSeconds(15),
        null,
        at);
  }

  private static Instant after(int seconds) {
    return AT.plusSeconds(seconds);
  }
}
