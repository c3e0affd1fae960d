package tandem.persistence.readmodel;

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
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.Strategy;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Decision;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.feed.CallView;

/** Whole lives of calls, as their journals hold them. */
public final class Calls {
  public static final String CALLER = "+14155550123";
  public static final String CALLED = "+14155550100";

  private Calls() {}

  /** A call of a tenant, by number. */
  public static CallId id(TenantId tenant, int n) {
    return new CallId(tenant, String.format("00000000-0000-4000-8000-%012d", n));
  }

  /** One offer is not answered, the next is: 11 events, the last two after the end of the talk. */
  public static List<Call.Event> answered(CallId call, Instant at) {
    QueueId queue = new QueueId(call.tenant(), "support");
    AgentId away = new AgentId(call.tenant(), "ann");
    AgentId here = new AgentId(call.tenant(), "bob");
    OfferId first = offer(call, 1);
    OfferId second = offer(call, 2);
    return List.of(
        arrived(call, queue, at),
        new Call.Queued(queue, 1, 50, at, at),
        new Call.AgentOffered(
            first, away, queue, 1, LegId.of(first), phone(1), after(at, 16), null, after(at, 1)),
        new Call.LegRang(LegId.of(first), after(at, 2)),
        new Call.OfferFailed(first, ReleaseReason.NO_ANSWER, false, after(at, 16)),
        new Call.AgentOffered(
            second, here, queue, 1, LegId.of(second), phone(2), after(at, 32), null, after(at, 17)),
        new Call.AgentAnswered(second, LegId.of(second), after(at, 22), after(at, 20)),
        new Call.Connected(second, LegId.of(second), after(at, 21)),
        new Call.LegLeft(LegId.of(second), "NORMAL_CLEARING", after(at, 80)),
        new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", after(at, 81)),
        new Call.Closed(after(at, 90)));
  }

  /** The caller hangs up in the queue: 3 events. */
  public static List<Call.Event> abandoned(CallId call, Instant at) {
    QueueId queue = new QueueId(call.tenant(), "sales");
    return List.of(
        arrived(call, queue, at),
        new Call.Queued(queue, 1, 50, at, at),
        new Call.Ended(CallView.Outcome.ABANDONED, "ORIGINATOR_CANCEL", after(at, 30)));
  }

  /**
   * A plan's version 3 plays a file, has the caller wait in two queues of which one is full, takes
   * a step, and finds an agent: 13 events.
   */
  public static List<Call.Event> planned(CallId call, Instant at) {
    QueueId sales = new QueueId(call.tenant(), "sales");
    QueueId overflow = new QueueId(call.tenant(), "overflow");
    AgentId agent = new AgentId(call.tenant(), "bob");
    OfferId offer = offer(call, 1);
    Action.Wait wait =
        new Action.Wait(
            List.of("sales", "support"),
            60,
            List.of(),
            new Wants("skill('billing') >= 3", "", Collections.emptySortedMap()),
            List.of(
                new Action.Step(
                    Duration.ofSeconds(30),
                    null,
                    List.of(
                        new Change.Require(""),
                        new Change.AlsoQueue("overflow"),
                        new Change.SetPriority(80),
                        new Change.Notify("a long wait")))),
            AnswerMode.ON_QUEUE);
    Routing routing =
        new Routing(
            3,
            "+1415*",
            List.of(
                new Routing.Taken("main", 0, null),
                new Routing.Taken("main", 1, "no such attribute 'vip'"),
                new Routing.Taken("main", 2, null)),
            caller(call, at, Map.of("tier", "gold", "score", 7, "share", 0.5, "known", true)),
            List.of("welcome.wav"),
            wait);
    return List.of(
        arrived(call, sales, at),
        new Call.Routed(routing, at),
        new Call.HandedOver(new Errand.Announce("welcome.wav"), 1, after(at, 120), at),
        new Call.CameBack(1, false, after(at, 4)),
        new Call.Queued(sales, 1, 60, at, after(at, 4)),
        new Call.PlaceRefused(
            sales, 1, Call.NoPlaceReason.FULL, 3, new Action.HangUp("USER_BUSY"), after(at, 5)),
        new Call.StepTaken(1, 0, after(at, 30)),
        new Call.AgentOffered(
            offer,
            agent,
            overflow,
            1,
            LegId.of(offer),
            phone(1),
            after(at, 47),
            new Decision(
                3,
                Strategy.LONGEST_IDLE,
                5,
                80.5,
                12,
                new TreeMap<>(Map.of("not-free", 8, "requirement", 2)),
                1,
                List.of("bob", "ann")),
            after(at, 32)),
        new Call.AgentAnswered(offer, LegId.of(offer), after(at, 42), after(at, 40)),
        new Call.Connected(offer, LegId.of(offer), after(at, 41)),
        new Call.LegLeft(LegId.of(offer), "NORMAL_CLEARING", after(at, 80)),
        new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", after(at, 81)),
        new Call.Closed(after(at, 90)));
  }

  /** A caller who waits in two queues is promised to be called back: 6 events. */
  public static List<Call.Event> promised(CallId call, Instant at) {
    QueueId sales = new QueueId(call.tenant(), "sales");
    Action.Wait wait =
        new Action.Wait(
            List.of("sales", "support"),
            60,
            List.of(),
            Wants.ANYBODY,
            List.of(),
            AnswerMode.ON_QUEUE);
    return List.of(
        arrived(call, sales, at),
        new Call.Routed(
            new Routing(3, "+1415*", List.of(), caller(call, at, Map.of()), List.of(), wait), at),
        new Call.Queued(sales, 1, 60, at, at),
        new Call.CallbackPromised(call.callback(), promise(call, at), after(at, 90)),
        new Call.LegLeft(new LegId(call.channel()), "NORMAL_CLEARING", after(at, 91)),
        new Call.Ended(CallView.Outcome.CALLBACK, "NORMAL_CLEARING", after(at, 91)));
  }

  /**
   * The callback of {@link #promised}: the first attempt is not answered, the second is: 18 events.
   */
  public static List<Call.Event> callback(CallId origin, Instant at) {
    CallId call = origin.callback();
    QueueId sales = new QueueId(call.tenant(), "sales");
    QueueId support = new QueueId(call.tenant(), "support");
    AgentId ann = new AgentId(call.tenant(), "ann");
    AgentId bob = new AgentId(call.tenant(), "bob");
    OfferId first = offer(call, 1);
    OfferId second = offer(call, 2);
    LegId one = LegId.ofCustomer(call, 1);
    LegId two = LegId.ofCustomer(call, 2);
    return List.of(
        calling(origin, at),
        new Call.Queued(sales, 1, 60, at, after(at, 92)),
        new Call.AgentOffered(
            first,
            ann,
            support,
            1,
            LegId.of(first),
            phone(1),
            after(at, 116),
            null,
            after(at, 100)),
        new Call.AgentAnswered(first, LegId.of(first), after(at, 114), after(at, 104)),
        new Call.CustomerDialed(first, one, 1, after(at, 139), after(at, 104)),
        new Call.LegRang(one, after(at, 106)),
        new Call.LegLeft(one, "NO_ANSWER", after(at, 134)),
        new Call.OfferFailed(first, ReleaseReason.CALLER_GONE, false, after(at, 134)),
        new Call.AttemptFailed(1, "NO_ANSWER", after(at, 734), after(at, 134)),
        new Call.AgentOffered(
            second,
            bob,
            sales,
            1,
            LegId.of(second),
            phone(2),
            after(at, 750),
            null,
            after(at, 735)),
        new Call.AgentAnswered(second, LegId.of(second), after(at, 750), after(at, 740)),
        new Call.CustomerDialed(second, two, 2, after(at, 775), after(at, 740)),
        new Call.CustomerAnswered(second, two, after(at, 758), after(at, 748)),
        new Call.Connected(second, LegId.of(second), after(at, 749)),
        new Call.LegLeft(two, "NORMAL_CLEARING", after(at, 800)),
        new Call.LegLeft(LegId.of(second), "NORMAL_CLEARING", after(at, 800)),
        new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", after(at, 801)),
        new Call.Closed(after(at, 810)));
  }

  /** A callback that reaches nobody in its only attempt: 6 events. */
  public static List<Call.Event> unreached(CallId origin, Instant at) {
    LegId leg = LegId.ofCustomer(origin.callback(), 1);
    return List.of(
        calling(origin, at),
        new Call.Queued(new QueueId(origin.tenant(), "sales"), 1, 60, at, after(at, 92)),
        new Call.LegLeft(leg, "USER_BUSY", after(at, 120)),
        new Call.AttemptFailed(1, "USER_BUSY", null, after(at, 120)),
        new Call.GivenUp(CallView.Outcome.UNREACHED, "USER_BUSY", after(at, 120)),
        new Call.Ended(CallView.Outcome.UNREACHED, "USER_BUSY", after(at, 121)));
  }

  private static Call.Event calling(CallId origin, Instant at) {
    return new Call.Arrived(
        origin.callback(),
        new CallFact.Arrived(
            new LegId(origin.callback().channel()),
            new SwitchId("fs1"),
            null,
            CALLER,
            CALLED,
            new Entry(new QueueId(origin.tenant(), "sales"), 50, AnswerMode.ON_QUEUE),
            after(at, 92),
            promise(origin, at)),
        after(at, 92));
  }

  private static CallbackPromise promise(CallId origin, Instant at) {
    return new CallbackPromise(
        origin,
        new PhoneNumber(CALLER),
        List.of("sales", "support"),
        60,
        Wants.ANYBODY,
        at,
        after(at, 90),
        after(at, 7290),
        3,
        Duration.ofMinutes(10),
        Duration.ofSeconds(30));
  }

  /** A plan gives the call to voicemail: it was in no queue. 5 events. */
  public static List<Call.Event> voicemail(CallId call, Instant at) {
    return List.of(
        arrived(call, new QueueId(call.tenant(), "sales"), at),
        new Call.Routed(
            new Routing(
                4,
                "+1415*",
                List.of(new Routing.Taken("main", 0, null)),
                caller(call, at, Map.of()),
                List.of(),
                new Action.Voicemail("after-hours")),
            at),
        new Call.HandedOver(new Errand.Voicemail("after-hours"), 1, null, at),
        new Call.LegLeft(new LegId(call.channel()), "NORMAL_CLEARING", after(at, 20)),
        new Call.Ended(CallView.Outcome.VOICEMAIL, "NORMAL_CLEARING", after(at, 20)));
  }

  private static Caller caller(CallId call, Instant at, Map<String, ?> attributes) {
    return new Caller(
        call.channel(),
        CALLER,
        CALLED,
        "US",
        "San Francisco, CA",
        "America/Los_Angeles",
        at,
        Attributes.of(attributes));
  }

  /** Numbers the events as a journal does. */
  public static List<JournaledEvent> numbered(List<Call.Event> events) {
    return java.util.stream.IntStream.range(0, events.size())
        .mapToObj(i -> new JournaledEvent(i + 1L, events.get(i)))
        .toList();
  }

  private static Call.Arrived arrived(CallId call, QueueId queue, Instant at) {
    return new Call.Arrived(
        call,
        new CallFact.Arrived(
            new LegId(call.channel()),
            new SwitchId("fs1"),
            "core-1",
            CALLER,
            CALLED,
            new Entry(queue, 50, AnswerMode.ON_QUEUE),
            at,
            null),
        at);
  }

  private static OfferId offer(CallId call, int n) {
    return new OfferId(call.channel().substring(0, 35) + n);
  }

  private static Contact phone(int n) {
    return new Contact("sip:100" + n + "@sim.invalid");
  }

  private static Instant after(Instant at, int seconds) {
    return at.plus(Duration.ofSeconds(seconds));
  }
}
