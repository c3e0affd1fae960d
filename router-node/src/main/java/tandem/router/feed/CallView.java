package tandem.router.feed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.Quality;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;

/**
 * A call as people see it.
 *
 * @param state what it is doing now
 * @param queue where it waits, was offered from or was served; absent when its plan gave it none
 * @param agent who is offered it or talks
 * @param since since when it has been in this state
 * @param answeredAt when an agent and the caller were connected
 * @param notice the last one
 * @param callback how a callback stands; absent for a call that somebody has made
 * @param calledBackBy the call that calls this caller back, when that was promised
 * @param outcome how it ended, with {@code cause} as the switch named it
 * @param queues where it waits now; none once somebody talks
 * @param people who is in it, or on the way to it
 * @param slot where it is parked; absent when it is not
 * @param tape the recording that runs; absent when none does
 */
public record CallView(
    CallId id,
    SwitchId home,
    String callerNumber,
    String calledNumber,
    Status state,
    @Nullable QueueId queue,
    int priority,
    @Nullable AgentId agent,
    @Nullable OfferId offer,
    Instant arrivedAt,
    Instant since,
    @Nullable Instant answeredAt,
    @Nullable Instant endedAt,
    @Nullable Outcome outcome,
    @Nullable String cause,
    @Nullable Notice notice,
    @Nullable Callback callback,
    @Nullable CallId calledBackBy,
    List<QueueId> queues,
    List<Person> people,
    @Nullable Slot slot,
    @Nullable Taped tape,
    Remarks remarks)
    implements View {
  public CallView {
    // A node of the version before does not say.
    queues = queues == null ? List.of() : List.copyOf(queues);
    people = people == null ? List.of() : List.copyOf(people);
    remarks = remarks == null ? Remarks.NONE : remarks;
  }

  /** A call nobody has done anything with. */
  public CallView(
      CallId id,
      SwitchId home,
      String callerNumber,
      String calledNumber,
      Status state,
      @Nullable QueueId queue,
      int priority,
      @Nullable AgentId agent,
      @Nullable OfferId offer,
      Instant arrivedAt,
      Instant since,
      @Nullable Instant answeredAt,
      @Nullable Instant endedAt,
      @Nullable Outcome outcome,
      @Nullable String cause,
      @Nullable Notice notice,
      @Nullable Callback callback,
      @Nullable CallId calledBackBy,
      List<QueueId> queues) {
    this(
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
        queues,
        List.of(),
        null,
        null,
        Remarks.NONE);
  }

  /**
   * Somebody in the call, or on the way to it.
   *
   * @param leg null while it is not decided which phone rings
   * @param agent of an agent or a supervisor
   * @param number of somebody outside
   * @param muted whether the others do not hear it
   */
  public record Person(
      @Nullable LegId leg,
      Part part,
      @Nullable AgentId agent,
      @Nullable String number,
      Whereabouts is,
      boolean muted) {}

  /** What somebody is in a call. */
  public enum Part {
    CALLER,
    AGENT,
    OUTSIDE,
    SUPERVISOR
  }

  /** What somebody does in a call. */
  public enum Whereabouts {
    /** Is being asked, or the phone is about to ring. */
    WANTED,
    RINGING,
    /** Hears somebody. */
    TALKING,
    /** Hears music or nothing. */
    HELD,
    LISTENING
  }

  /** Where it is parked, until when, and to whom it returns then. */
  public record Slot(LotId lot, int slot, Instant until, @Nullable AgentId parker) {}

  /** The recording that runs, or is paused. */
  public record Taped(String recording, boolean paused, Instant since) {}

  /** What people have to say about it. */
  public record Remarks(
      List<Note> notes,
      List<String> tags,
      @Nullable Disposition disposition,
      Map<String, String> attributes,
      String digits,
      List<Heard> heard) {
    public static final Remarks NONE =
        new Remarks(List.of(), List.of(), null, Map.of(), "", List.of());

    public Remarks {
      notes = List.copyOf(notes);
      tags = List.copyOf(tags);
      attributes = Map.copyOf(attributes);
      heard = List.copyOf(heard);
    }
  }

  public record Note(String text, String by, Instant at) {}

  public record Disposition(String code, @Nullable String comment, String by, Instant at) {}

  /** How well a leg was heard. */
  public record Heard(LegId leg, Quality quality) {}

  /**
   * How a callback stands.
   *
   * @param origin the call that promised it
   * @param attempts made so far, the present one too
   * @param most attempts it may make
   * @param from not called before: the window's begin, or when the next attempt may be made
   * @param until the window's end
   */
  public record Callback(CallId origin, int attempts, int most, Instant from, Instant until) {}

  /** What the plan had to tell supervisors, and when. */
  public record Notice(String text, Instant at) {}

  /** What a call is doing. */
  public enum Status {
    /** The switch plays something to the caller, takes a message, or has it outside. */
    HANDED_OVER,
    /** In a park lot. */
    PARKED,
    QUEUED,
    /** Nobody is on the line: waits for its turn to call somebody back. */
    CALLBACK,
    OFFERED,
    RINGING,
    /** The agent is there, and the phone of who is called, or called back, rings. */
    DIALING,
    /** The caller hears music while the phone of somebody certain rings. */
    TRANSFERRING,
    CONNECTING,
    CONNECTED,
    ENDING,
    ENDED
  }

  /** How a call ended. */
  public enum Outcome {
    /** An agent and the caller talked. */
    ANSWERED,
    /** The caller hung up before. */
    ABANDONED,
    /** The plan gave it to voicemail. */
    VOICEMAIL,
    /** The plan gave it to somebody outside. */
    TRANSFERRED,
    /** The plan ended it before anybody talked. */
    TURNED_AWAY,
    /** The caller was promised to be called back. */
    CALLBACK,
    /** Who was to be called back did not answer, as often as it was tried and until its time. */
    UNREACHED,
    /** Somebody has called the callback off. */
    CANCELLED,
    /** Somebody has ended it before anybody talked. */
    HUNG_UP,
    /** The switch was lost with it before anybody talked. */
    SWITCH_LOST
  }
}
