package tandem.persistence.readmodel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.Invite;
import tandem.router.call.RemarkEvent;
import tandem.router.call.Remarks;
import tandem.router.call.TableEvent;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.feed.CallView;

/**
 * A call in the history: what its events add up to. Instants in whole milliseconds.
 *
 * @param queue whose agent talked with the caller, else where the caller waited last; null when it
 *     never did
 * @param agent who talked with the caller, the last one of several; null when nobody did
 * @param answeredAt when the two were connected; null when they never were
 * @param endedAt null while the call lives
 * @param outcome null while the call lives
 * @param cause the switch's name for why it ended; null while the call lives
 * @param offers how often an agent was offered the call
 * @param remarks what there is to say about it; of a call in a list only its tags and what it came
 *     to
 * @param seq the last event this is made of
 */
public record CallRecord(
    CallId id,
    SwitchId home,
    String callerNumber,
    String calledNumber,
    @Nullable QueueId queue,
    @Nullable AgentId agent,
    Instant arrivedAt,
    @Nullable Instant answeredAt,
    @Nullable Instant endedAt,
    CallView.@Nullable Outcome outcome,
    @Nullable String cause,
    int offers,
    CallView.Remarks remarks,
    long seq) {
  /** A call about which nothing was said. */
  public CallRecord(
      CallId id,
      SwitchId home,
      String callerNumber,
      String calledNumber,
      @Nullable QueueId queue,
      @Nullable AgentId agent,
      Instant arrivedAt,
      @Nullable Instant answeredAt,
      @Nullable Instant endedAt,
      CallView.@Nullable Outcome outcome,
      @Nullable String cause,
      int offers,
      long seq) {
    this(
        id,
        home,
        callerNumber,
        calledNumber,
        queue,
        agent,
        arrivedAt,
        answeredAt,
        endedAt,
        outcome,
        cause,
        offers,
        CallView.Remarks.NONE,
        seq);
  }

  /** Whether the call is over. */
  public boolean ended() {
    return endedAt != null;
  }

  /**
   * Adds up a call's events.
   *
   * @param events from the first on, in order
   * @return empty when they do not begin with the arrival: then it is not known whose call it is
   */
  public static Optional<CallRecord> of(List<JournaledEvent> events) {
    if (events.isEmpty() || !(events.get(0).event() instanceof Call.Arrived arrived)) {
      return Optional.empty();
    }
    Sum sum = new Sum(arrived);
    for (JournaledEvent each : events) {
      if (CallEventNames.of(each.event()).isPresent()) {
        sum.add(each);
      }
    }
    return Optional.of(sum.record());
  }

  private static final class Sum {
    private final Call.Arrived arrived;
    private final Map<OfferId, Call.AgentOffered> offered = new HashMap<>();
    private final WaitTrail trail = new WaitTrail();
    private final Cast cast = new Cast();
    private CallView.Remarks remarks = CallView.Remarks.NONE;
    private @Nullable QueueId served;
    private @Nullable AgentId agent;
    private @Nullable Instant answeredAt;
    private Call.@Nullable Ended ended;
    private long seq;

    Sum(Call.Arrived arrived) {
      this.arrived = arrived;
    }

    void add(JournaledEvent each) {
      seq = each.seq();
      trail.see(each.event());
      cast.see(each.event());
      if (each.event() instanceof RemarkEvent remark) {
        remarks = Remarks.after(remarks, remark);
      } else if (each.event() instanceof TableEvent moved) {
        moved(moved);
      } else if (each.event() instanceof Call.AgentOffered offer) {
        offered.put(offer.offer(), offer);
      } else if (each.event() instanceof Call.Connected connected) {
        Call.AgentOffered offer = offered.get(connected.offer());
        talks(cast.agent(connected.offer()).orElse(null), connected.at());
        served = offer == null ? null : offer.queue();
      } else if (each.event() instanceof Call.Ended end) {
        ended = end;
      }
    }

    /** Who gets a caller without a queue. */
    private void moved(TableEvent event) {
      if (event instanceof TableEvent.InviteAnswered e) {
        cast.invite(e.number())
            .filter(invite -> invite.agent() != null && getsCaller(invite))
            .ifPresent(invite -> talks(invite.agent(), e.at()));
      } else if (event instanceof TableEvent.Completed e) {
        cast.consulted()
            .filter(invite -> invite.agent() != null)
            .ifPresent(invite -> talks(invite.agent(), e.at()));
      } else if (event instanceof TableEvent.TakenOver e) {
        talks(e.supervisor(), e.at());
      }
    }

    private static boolean getsCaller(Invite invite) {
      return switch (invite.purpose()) {
        case TRANSFER, RECALL, PICK_UP -> true;
        case CONSULT, JOIN, SUPERVISE, OUTBOUND -> false;
      };
    }

    private void talks(@Nullable AgentId who, Instant at) {
      agent = who;
      if (answeredAt == null) {
        answeredAt = at;
      }
    }

    CallRecord record() {
      return new CallRecord(
          arrived.call(),
          arrived.arrival().home(),
          arrived.arrival().callerNumber(),
          arrived.arrival().calledNumber(),
          served == null ? trail.last() : served,
          agent,
          millis(arrived.at()),
          answeredAt == null ? null : millis(answeredAt),
          ended == null ? null : millis(ended.at()),
          ended == null ? null : ended.outcome(),
          ended == null ? null : ended.cause(),
          offered.size(),
          remarks,
          seq);
    }

    /** As precise as Cassandra's timestamps are, so that a row and a journal say the same. */
    private static Instant millis(Instant at) {
      return at.truncatedTo(ChronoUnit.MILLIS);
    }
  }
}
