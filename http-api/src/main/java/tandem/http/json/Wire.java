package tandem.http.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tandem.persistence.readmodel.CallRecord;
import tandem.persistence.readmodel.TimelineEntry;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.feed.AgentView;
import tandem.router.feed.CallView;
import tandem.router.feed.LotView;
import tandem.router.feed.QueueView;
import tandem.router.feed.View;

/**
 * How things look to clients, in REST and in the feed alike: ids without their tenant, enum values
 * as {@link Words}, a field that has no value is left out.
 */
public final class Wire {
  private Wire() {}

  /** One page of a list; {@code next} asks for the one after it, absent on the last. */
  public record Page<T>(List<T> items, @Nullable String next) {}

  public record Agent(
      String id,
      String displayName,
      String contact,
      List<String> queues,
      int capacity,
      SortedMap<String, Integer> skills,
      SortedSet<String> languages,
      SortedSet<String> teams,
      SortedMap<String, Object> attributes,
      @Nullable String callerId,
      String presence,
      @Nullable String reason,
      boolean available,
      Instant idleSince,
      List<Offer> offers) {}

  public record Offer(String id, String call, String state, Instant since) {}

  /**
   * A queue.
   *
   * @param plan the version of the plan that says how it works; absent when none does
   */
  public record Queue(
      String id,
      @Nullable Long plan,
      String strategy,
      Duration ringTimeout,
      Duration wrapUp,
      Live live) {}

  /** A queue's figures as they are now. */
  public record Live(
      int waiting,
      int callbacks,
      int offered,
      @Nullable Instant longestWaitSince,
      Duration estimatedWait,
      int members,
      int available,
      long served,
      long abandoned) {}

  public record NumberEntry(String number, String queue, int priority, String answer) {}

  /**
   * A call, living or ended.
   *
   * @param home the switch that has its legs
   * @param queue absent when its plan gave it none
   * @param priority absent once the call has ended
   * @param notice the last one the plan had for supervisors
   * @param callback how it stands, when it calls somebody back
   * @param calledBackBy the call that calls this caller back, when that was promised
   * @param people who is in it, or on the way to it; absent when nobody is
   * @param slot where it is parked; absent when it is not
   * @param recording the one that runs; absent when none does
   * @param remarks what there is to say about it; absent when there is nothing
   * @param places how it stands where it waits; only where one call is asked for
   */
  public record Call(
      String id,
      String home,
      String callerNumber,
      String calledNumber,
      String state,
      @Nullable String queue,
      @Nullable Integer priority,
      @Nullable String agent,
      @Nullable String offer,
      Instant arrivedAt,
      Instant since,
      @Nullable Instant answeredAt,
      @Nullable Instant endedAt,
      @Nullable String outcome,
      @Nullable String cause,
      @Nullable Notice notice,
      @Nullable Callback callback,
      @Nullable String calledBackBy,
      @Nullable List<CallParts.Person> people,
      CallParts.@Nullable Slot slot,
      CallParts.@Nullable Recording recording,
      CallParts.@Nullable Remarks remarks,
      @Nullable List<Place> places) {
    /** The same call with its places. */
    public Call in(List<Place> places) {
      return new Call(
          id,
          home,
          callerNumber,
          calledNumber,
          state,
          queue,
          priority,
          agent,
          offer,
          arrivedAt,
          since,
          answeredAt,
          endedAt,
          outcome,
          cause,
          notice,
          callback,
          calledBackBy,
          people,
          slot,
          recording,
          remarks,
          places);
    }
  }

  /**
   * A park lot.
   *
   * @param slots those that are taken, by number
   */
  public record Lot(String id, List<LotSlot> slots) {}

  public record LotSlot(int slot, String call, Instant since) {}

  public record Notice(String text, Instant at) {}

  /**
   * How a callback stands.
   *
   * @param origin the call that promised it
   * @param attempts made so far, of {@code most}
   * @param from not called before
   * @param until no attempt begins later
   */
  public record Callback(String origin, int attempts, int most, Instant from, Instant until) {}

  /**
   * How a call stands in a queue.
   *
   * @param position 1 for who is offered next
   * @param estimatedWait from now on; absent while too little is known
   */
  public record Place(String queue, int position, @Nullable Duration estimatedWait) {}

  /**
   * A callback that was promised.
   *
   * @param id of the call that calls back
   * @param origin the call that promised it
   */
  public record Promised(String id, String origin) {}

  /**
   * How a link stands with its switch.
   *
   * @param state connecting, ready, draining, lost; unknown when the link itself does not answer
   */
  public record Switch(
      String id,
      String state,
      @Nullable Instant since,
      @Nullable String incarnation,
      @Nullable String coreUuid,
      @Nullable Integer channels,
      @Nullable Integer calls,
      @Nullable Double originateRate,
      @Nullable Integer originatesWaiting,
      @Nullable Integer originatesPending) {
    public static Switch unknown(SwitchId id) {
      return new Switch(id.value(), "unknown", null, null, null, null, null, null, null, null);
    }
  }

  /** One thing that happened to a call, with what it says beyond its name. */
  public record TimelineEvent(
      long seq, Instant at, String event, String reason, Map<String, Object> details) {}

  public static Object of(View view) {
    if (view instanceof AgentView agent) {
      return agent(agent);
    } else if (view instanceof QueueView queue) {
      return queue(queue);
    } else if (view instanceof CallView call) {
      return call(call);
    } else if (view instanceof LotView lot) {
      return lot(lot);
    }
    throw new IllegalArgumentException("unknown view " + view.getClass().getSimpleName());
  }

  /** What {@link #of} calls the thing on the wire: the view's id without its tenant. */
  public static String idOf(View view) {
    if (view instanceof AgentView agent) {
      return agent.id().name();
    } else if (view instanceof QueueView queue) {
      return queue.id().name();
    } else if (view instanceof CallView call) {
      return call.id().channel();
    } else if (view instanceof LotView lot) {
      return lot.id().name();
    }
    throw new IllegalArgumentException("unknown view " + view.getClass().getSimpleName());
  }

  public static Agent agent(AgentView view) {
    return new Agent(
        view.id().name(),
        view.displayName(),
        view.contact().value(),
        view.queues(),
        view.capacity(),
        view.traits().skills(),
        view.traits().languages(),
        view.traits().teams(),
        view.traits().attributes().values(),
        view.callerId() == null ? null : view.callerId().value(),
        Words.of(view.presence()),
        view.reason(),
        view.available(),
        view.idleSince(),
        view.offers().stream()
            .map(
                o ->
                    new Offer(
                        o.offer().value(), o.call().channel(), Words.of(o.state()), o.since()))
            .toList());
  }

  public static Queue queue(QueueView view) {
    QueueSettings settings = view.settings();
    return new Queue(
        view.id().name(),
        view.plan() == 0 ? null : view.plan(),
        Words.of(settings.strategy()),
        settings.ringTimeout(),
        settings.wrapUp(),
        new Live(
            view.waiting(),
            view.callbacks(),
            view.offered(),
            view.longestWaitSince(),
            view.estimatedWait(),
            view.members(),
            view.available(),
            view.served(),
            view.abandoned()));
  }

  public static Lot lot(LotView view) {
    return new Lot(
        view.id().name(),
        view.slots().stream()
            .map(taken -> new LotSlot(taken.slot(), taken.call().channel(), taken.since()))
            .toList());
  }

  public static NumberEntry number(PhoneNumber number, Entry entry) {
    return new NumberEntry(
        number.value(), entry.queue().name(), entry.priority(), Words.of(entry.answer()));
  }

  public static Switch link(LinkStatus status) {
    return new Switch(
        status.id().value(),
        Words.of(status.state()),
        status.since(),
        status.incarnation(),
        status.coreUuid(),
        status.channels(),
        status.calls(),
        status.originateRate(),
        status.originatesWaiting(),
        status.originatesPending());
  }

  public static Call call(CallView view) {
    return new Call(
        view.id().channel(),
        view.home().value(),
        view.callerNumber(),
        view.calledNumber(),
        Words.of(view.state()),
        view.queue() == null ? null : view.queue().name(),
        view.priority(),
        view.agent() == null ? null : view.agent().name(),
        view.offer() == null ? null : view.offer().value(),
        view.arrivedAt(),
        view.since(),
        view.answeredAt(),
        view.endedAt(),
        view.outcome() == null ? null : Words.of(view.outcome()),
        view.cause(),
        view.notice() == null ? null : new Notice(view.notice().text(), view.notice().at()),
        callback(view.callback()),
        view.calledBackBy() == null ? null : view.calledBackBy().channel(),
        CallParts.people(view),
        CallParts.slot(view.slot()),
        CallParts.recording(view.tape()),
        CallParts.remarks(view.remarks()),
        null);
  }

  private static @Nullable Callback callback(CallView.@Nullable Callback view) {
    return view == null
        ? null
        : new Callback(
            view.origin().channel(), view.attempts(), view.most(), view.from(), view.until());
  }

  /** A call as the history has it; one that has not ended is shown as far as that can tell. */
  public static Call call(CallRecord past) {
    Instant ended = past.endedAt();
    Instant answered = past.answeredAt();
    CallView.Status state =
        ended != null
            ? CallView.Status.ENDED
            : answered != null ? CallView.Status.CONNECTED : CallView.Status.QUEUED;
    return new Call(
        past.id().channel(),
        past.home().value(),
        past.callerNumber(),
        past.calledNumber(),
        Words.of(state),
        past.queue() == null ? null : past.queue().name(),
        null,
        past.agent() == null ? null : past.agent().name(),
        null,
        past.arrivedAt(),
        ended != null ? ended : answered != null ? answered : past.arrivedAt(),
        answered,
        ended,
        past.outcome() == null ? null : Words.of(past.outcome()),
        past.cause(),
        null,
        null,
        past.outcome() == CallView.Outcome.CALLBACK ? past.id().callback().channel() : null,
        null,
        null,
        null,
        CallParts.remarks(past.remarks()),
        null);
  }

  public static TimelineEvent event(TimelineEntry entry) {
    return new TimelineEvent(
        entry.seq(), entry.at(), entry.event(), entry.reason(), entry.details());
  }
}
