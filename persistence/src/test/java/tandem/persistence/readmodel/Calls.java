package tandem.persistence.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.ReleaseReason;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.edge.CallFact;
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
            first, away, queue, 1, LegId.of(first), phone(1), after(at, 16), after(at, 1)),
        new Call.LegRang(LegId.of(first), after(at, 2)),
        new Call.OfferFailed(first, ReleaseReason.NO_ANSWER, false, after(at, 16)),
        new Call.AgentOffered(
            second, here, queue, 1, LegId.of(second), phone(2), after(at, 32), after(at, 17)),
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
            at),
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
