package tandem.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.CallId;
import tandem.router.domain.Caller;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.Strategy;
import tandem.router.domain.SwitchId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Decision;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;

/** Calls that a plan has routed, as their journals hold them. */
final class PlannedCall {
  static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  /** The plan behind {@link #served}. */
  static final String PLAN =
      """
      {
        "numbers": [{"match": "+1415*", "flow": "main"}],
        "queues": {"support": {}, "sales": {}, "overflow": {}},
        "flows": {"main": [
          {"do": {"announce": "welcome.wav"}},
          {"when": "call.attributes.vip == true", "do": {"queue": "sales", "priority": 90}},
          {"when": "call.country == 'US'",
           "do": {"queue": ["sales", "support"], "priority": 60, "require": "skill('billing') >= 3",
                  "relax": [{"after": "30s", "require": "", "alsoQueue": "overflow"}]}}
        ]}
      }
      """;

  private static final OfferId FIRST = new OfferId("00000000-0000-4000-8000-0000000000a1");
  private static final OfferId SECOND = new OfferId("00000000-0000-4000-8000-0000000000a2");

  private PlannedCall() {}

  /** Version {@code plan} of {@link #PLAN} routes it; the second agent answers. */
  static List<Call.Event> served(CallId call, long plan) {
    QueueId sales = new QueueId(call.tenant(), "sales");
    QueueId overflow = new QueueId(call.tenant(), "overflow");
    Action.Step step =
        new Action.Step(
            Duration.ofSeconds(30),
            null,
            List.of(new Change.Require(""), new Change.AlsoQueue("overflow")));
    Wants billing = new Wants("skill('billing') >= 3", "", Collections.emptySortedMap());
    Action.Wait wait =
        new Action.Wait(
            List.of("sales", "support"),
            60,
            List.of(),
            billing,
            List.of(step),
            AnswerMode.ON_QUEUE);
    List<Routing.Taken> taken =
        List.of(
            new Routing.Taken("main", 0, null),
            new Routing.Taken("main", 1, "no such key: vip"),
            new Routing.Taken("main", 2, null));
    Decision first =
        decision(plan, 5, 60, 12, Map.of("not-free", 8, "requirement", 2), 1, "ann", "bob");
    Decision second = decision(plan, 1, 62.5, 1, Map.of(), 0, "bob");
    return List.of(
        arrived(call),
        new Call.Routed(
            new Routing(plan, "+1415*", taken, caller(call), List.of("welcome.wav"), wait), AT),
        new Call.HandedOver(new Errand.Announce("welcome.wav"), 1, AT.plusSeconds(120), AT),
        new Call.CameBack(1, false, after(4)),
        new Call.Queued(sales, 1, 60, AT, after(4)),
        new Call.PlaceRefused(
            sales, 1, Call.NoPlaceReason.FULL, plan, new Action.HangUp("USER_BUSY"), after(5)),
        offered(call, FIRST, "ann", new QueueId(call.tenant(), "support"), first, after(6)),
        new Call.OfferFailed(FIRST, ReleaseReason.NO_ANSWER, false, after(21)),
        new Call.StepTaken(1, 0, after(30)),
        new Call.OfferRefused(
            SECOND,
            new AgentId(call.tenant(), "cleo"),
            overflow,
            1,
            ReleaseReason.OTHER_OFFER,
            after(31)),
        offered(call, SECOND, "bob", overflow, second, after(32)),
        new Call.AgentAnswered(SECOND, LegId.of(SECOND), after(42), after(40)),
        new Call.Connected(SECOND, LegId.of(SECOND), after(41)),
        new Call.LegLeft(LegId.of(SECOND), "NORMAL_CLEARING", after(80)),
        new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", after(81)),
        new Call.Closed(after(90)));
  }

  /** As calls were before there were plans. */
  static List<Call.Event> withoutPlan(CallId call) {
    QueueId support = new QueueId(call.tenant(), "support");
    return List.of(
        arrived(call),
        new Call.Queued(support, 1, 50, AT, AT),
        offered(call, FIRST, "ann", support, null, after(1)),
        new Call.Connected(FIRST, LegId.of(FIRST), after(9)),
        new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", after(60)));
  }

  static Call.Event arrived(CallId call) {
    return new Call.Arrived(
        call,
        new CallFact.Arrived(
            new LegId(call.channel()),
            new SwitchId("fs1"),
            "core-1",
            "+14155550123",
            "+14155550100",
            new Entry(new QueueId(call.tenant(), "support"), 50, AnswerMode.ON_QUEUE),
            AT,
            null),
        AT);
  }

  static Caller caller(CallId call) {
    return new Caller(
        call.channel(),
        "+14155550123",
        "+14155550100",
        "US",
        "San Francisco, CA",
        "America/Los_Angeles",
        AT,
        Attributes.NONE);
  }

  private static Call.Event offered(
      CallId call, OfferId offer, String agent, QueueId queue, Decision why, Instant at) {
    return new Call.AgentOffered(
        offer,
        new AgentId(call.tenant(), agent),
        queue,
        1,
        LegId.of(offer),
        new Contact("sip:1001@sim.invalid"),
        at.plusSeconds(15),
        why,
        at);
  }

  private static Decision decision(
      long plan,
      int waiting,
      double priority,
      int members,
      Map<String, Integer> excluded,
      int preferred,
      String... order) {
    return new Decision(
        plan,
        Strategy.LONGEST_IDLE,
        waiting,
        priority,
        members,
        new TreeMap<>(excluded),
        preferred,
        List.of(order));
  }

  private static Instant after(int seconds) {
    return AT.plusSeconds(seconds);
  }
}
