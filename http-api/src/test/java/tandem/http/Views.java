package tandem.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Presence;
import tandem.router.domain.Quality;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.feed.AgentView;
import tandem.router.feed.AgentView.OfferState;
import tandem.router.feed.AgentView.OfferView;
import tandem.router.feed.CallView;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.feed.LotView;
import tandem.router.feed.QueueView;

/** Things as entities would show them. */
final class Views {
  static final TenantId DEMO = new TenantId("demo");

  private Views() {}

  static CallId newCall() {
    return new CallId(DEMO, UUID.randomUUID().toString());
  }

  static CallView call(CallId id, Status state) {
    boolean ended = state == Status.ENDED;
    return new CallView(
        id,
        FakeRouter.SWITCH,
        "+15551230000",
        "+14155550100",
        state,
        new QueueId(id.tenant(), "support"),
        50,
        state == Status.QUEUED ? null : new AgentId(id.tenant(), "anna"),
        null,
        FakeRouter.THEN,
        FakeRouter.THEN,
        null,
        ended ? FakeRouter.THEN.plusSeconds(60) : null,
        ended ? Outcome.ABANDONED : null,
        ended ? "ORIGINATOR_CANCEL" : null,
        null,
        null,
        null,
        List.of());
  }

  /** A callback that the call has promised. */
  static CallView callback(CallId origin, Status state) {
    boolean waits = state == Status.CALLBACK;
    return new CallView(
        origin.callback(),
        FakeRouter.SWITCH,
        "+15551230000",
        "+14155550100",
        state,
        new QueueId(origin.tenant(), "support"),
        50,
        waits ? null : new AgentId(origin.tenant(), "anna"),
        null,
        FakeRouter.THEN,
        FakeRouter.THEN,
        null,
        null,
        null,
        null,
        null,
        new CallView.Callback(
            origin, 1, 3, FakeRouter.THEN.plusSeconds(600), FakeRouter.THEN.plusSeconds(7200)),
        null,
        List.of(new QueueId(origin.tenant(), "support"), new QueueId(origin.tenant(), "sales")));
  }

  /** The call, which has promised its caller to be called back. */
  static CallView promised(CallView call) {
    return new CallView(
        call.id(),
        call.home(),
        call.callerNumber(),
        call.calledNumber(),
        Status.ENDING,
        call.queue(),
        call.priority(),
        null,
        null,
        call.arrivedAt(),
        FakeRouter.THEN.plusSeconds(20),
        null,
        null,
        null,
        null,
        null,
        null,
        call.id().callback(),
        List.of());
  }

  static AgentView agent(String name, Presence presence) {
    return new AgentView(
        new AgentId(DEMO, name),
        "Agent \"" + name + "\"",
        new Contact("sip:" + name + "@sim.invalid"),
        List.of("support"),
        1,
        Traits.NONE,
        null,
        presence,
        null,
        presence == Presence.READY,
        FakeRouter.THEN,
        presence == Presence.READY
            ? List.of(
                new OfferView(
                    new OfferId("0a0a0a0a-0000-4000-8000-000000000001"),
                    new CallId(DEMO, "0a0a0a0a-0000-4000-8000-000000000002"),
                    OfferState.TALKING,
                    FakeRouter.THEN))
            : List.of());
  }

  static LotView lot(String name, CallId... calls) {
    return new LotView(
        new LotId(DEMO, name),
        IntStream.range(0, calls.length)
            .mapToObj(i -> new LotView.TakenSlot(i + 1, calls[i], FakeRouter.THEN))
            .toList());
  }

  /** The call with all that people can do with one. */
  static CallView busy(CallId id, LegId leg) {
    CallView view = call(id, Status.CONNECTED);
    AgentId anna = new AgentId(id.tenant(), "anna");
    return new CallView(
        id,
        view.home(),
        view.callerNumber(),
        view.calledNumber(),
        view.state(),
        view.queue(),
        view.priority(),
        view.agent(),
        null,
        view.arrivedAt(),
        view.since(),
        view.since(),
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(
            new CallView.Person(
                leg, CallView.Part.AGENT, anna, null, CallView.Whereabouts.TALKING, true),
            new CallView.Person(
                null,
                CallView.Part.OUTSIDE,
                null,
                "+14155550177",
                CallView.Whereabouts.WANTED,
                false)),
        new CallView.Slot(
            new LotId(id.tenant(), "lobby"), 3, FakeRouter.THEN.plusSeconds(120), anna),
        new CallView.Taped("00000000-0000-4000-8000-0000000000f1", true, FakeRouter.THEN),
        new CallView.Remarks(
            List.of(new CallView.Note("calls again\ntomorrow", "anna", FakeRouter.THEN)),
            List.of("vip"),
            new CallView.Disposition("sold", null, "anna", FakeRouter.THEN),
            Map.of("order", "4711"),
            "12#",
            List.of(new CallView.Heard(leg, new Quality(4.2, 3.5, 0.01, 500)))));
  }

  static QueueView queue(String name, int waiting) {
    return new QueueView(
        new QueueId(DEMO, name),
        QueueSettings.DEFAULT,
        0,
        waiting,
        0,
        0,
        null,
        Duration.ZERO,
        1,
        1,
        0,
        0);
  }
}
