package tandem.router.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.CallbackPromise;

/**
 * What a call tells the link of its home switch. Orders that make something happen name the link's
 * incarnation that the call last heard from: another one refuses them, since its tombstones are
 * gone, and answers with {@link CallFact.StillUp}.
 */
public sealed interface SwitchCommand extends LinkMessage {
  CallId call();

  /** The call has persisted its arrival: answers {@link CallFact.Arrived}. */
  record Taken(CallId call, LegId leg) implements SwitchCommand {}

  /** The call has no journal: the link repeats {@link CallFact.Arrived}, channel or not. */
  record Unknown(CallId call) implements SwitchCommand {}

  /**
   * Take the dialplan's safety hang-up back, then answer (or pre-answer, or ring) and play music.
   * Repeated until {@link CallFact.Greeted}; harmless when repeated.
   */
  record Greet(CallId call, LegId leg, AnswerMode mode, String incarnation)
      implements SwitchCommand {}

  /**
   * Ring a phone; ordered once in a leg's life. It shows as ringing, answered or gone.
   *
   * @param leg the channel's UUID to be
   * @param callerNumber shown on the phone
   * @param ringTimeout after which the switch itself gives up
   * @param notAfter an order still waiting then is dropped and answered as absent
   */
  record Originate(
      CallId call,
      LegId leg,
      Contact contact,
      String callerNumber,
      Duration ringTimeout,
      Instant notAfter,
      String incarnation)
      implements SwitchCommand {}

  /**
   * Ring the phone of somebody outside, over a trunk; ordered once in a leg's life. It shows as
   * ringing, answered or gone, as a leg of {@link Originate} does.
   *
   * @param leg the channel's UUID to be
   * @param shownNumber shown on the phone
   * @param agentLeg hears it ring meanwhile; null when nobody is to
   * @param customer whether it is to be the call's caller, not somebody beside it
   * @param trunk which of the switch's trunks, in the order it prefers them, from 0; one that it
   *     does not have ends the leg as {@code NO_ROUTE_DESTINATION}
   * @param ringTimeout after which the switch itself gives up
   * @param notAfter an order still waiting then is dropped and answered as absent
   */
  record Dial(
      CallId call,
      LegId leg,
      PhoneNumber number,
      String shownNumber,
      @Nullable LegId agentLeg,
      boolean customer,
      int trunk,
      Duration ringTimeout,
      Instant notAfter,
      String incarnation)
      implements SwitchCommand {}

  /**
   * Carry a call that an agent makes: from now on the link brings it to life as it does with one
   * that has arrived. Whoever asks looks for the call; said again, it changes nothing.
   */
  record PlaceCall(CallId call, Outbound outbound) implements SwitchCommand {}

  /**
   * Carry a call that is to call somebody back: from now on the link brings it to life as it does
   * with one that has arrived. Repeated until {@link CallFact.CallbackKept}.
   *
   * @param call the call that promised it, which hears the answer
   * @param callback the call to be carried
   * @param calledNumber what the caller dialled
   */
  record CallBack(
      CallId call, CallId callback, CallbackPromise promise, String calledNumber, Entry entry)
      implements SwitchCommand {}

  /**
   * Connect the two; only {@link CallFact.Bridged} says that it happened. Ordered once for an
   * agent's leg: the link ignores a repeat, which would tear a living bridge apart. A leg that was
   * to be killed, or named by a {@link Repark}, is never bridged after that.
   *
   * @param notAfter an order that comes later is answered by {@link CallFact.BridgeRefused}: the
   *     call may already be on its way to another agent
   */
  record Bridge(CallId call, LegId agentLeg, LegId callerLeg, Instant notAfter, String incarnation)
      implements SwitchCommand {}

  /**
   * Hang a leg up, and leave a tombstone when there is none; repeated until the leg is gone.
   *
   * @param cause FreeSWITCH's name of the cause
   */
  record Kill(CallId call, LegId leg, String cause) implements SwitchCommand {}

  /**
   * Bring a caller back who may be stuck after a failed bridge, and play music again.
   *
   * @param failedLeg the agent's leg whose bridge failed: the link ignores this order while the
   *     caller is joined, or being joined, to another living leg, for then it is late
   */
  record Repark(CallId call, LegId callerLeg, LegId failedLeg, String incarnation)
      implements SwitchCommand {}

  /**
   * Do something with a caller who waits. Repeated, every 10 s at last, for as long as the caller
   * is away: the link runs an errand once, and answers a repeat with what has become of it.
   *
   * @param number counts the call's errands: names this one among them
   */
  record HandOver(CallId call, LegId leg, int number, Errand errand, String incarnation)
      implements SwitchCommand {}

  /**
   * Who of a call hears whom, from now on. The link makes it so, however it was before; a repeat of
   * what is so already changes nothing. Repeated until {@link CallFact.Arranged}. A version below
   * one that was carried out is late, and ignored.
   *
   * @param version counts the call's arrangements
   * @param rooms those in one room hear each other; a leg that is in none is left as it is
   * @param listeners supervisors, who are in no room
   */
  record Arrange(
      CallId call, int version, List<Room> rooms, List<Listener> listeners, String incarnation)
      implements SwitchCommand {
    public Arrange {
      rooms = List.copyOf(rooms);
      listeners = List.copyOf(listeners);
    }
  }

  /** Those who hear each other: one is alone, two are bridged, more have a conference. */
  record Room(List<Place> places) {
    public Room {
      places = List.copyOf(places);
    }
  }

  /**
   * One leg in a room.
   *
   * @param muted whether the others do not hear it
   * @param alone what it hears while it is alone there
   */
  record Place(LegId leg, boolean muted, Sound alone) {}

  /** What somebody hears who is alone. */
  enum Sound {
    MUSIC,
    RINGING,
    SILENCE
  }

  /** A supervisor's leg that hears what {@code target} hears and says. */
  record Listener(LegId leg, LegId target, Ear ear) {}

  /** Who hears a supervisor. */
  enum Ear {
    /** Nobody. */
    MONITOR,
    /** The target alone. */
    WHISPER,
    /** All. */
    BARGE
  }

  /**
   * Sends digits (0-9, A-D, *, #) to this leg's far side; once, and not after {@code notAfter}.
   *
   * @param order names this order: a repeat is ignored
   */
  record SendDigits(
      CallId call, LegId leg, String order, String digits, Instant notAfter, String incarnation)
      implements SwitchCommand {}

  /** Asks a ringing phone to pick up by itself; phones that cannot ring on. */
  record PickUpPhone(CallId call, LegId leg, Instant notAfter, String incarnation)
      implements SwitchCommand {}

  /**
   * Plays this to a caller who waits with music, and music again after it. Once for each number, a
   * lower one is ignored; a bridge ends it. Nothing hangs on it, so it is not repeated.
   *
   * @param number rises from one of the call's announcements to the next
   * @param prompts none when only the music is another one
   * @param music what this call's people hear from now on who wait or are held: a file or a stream
   *     of the switch's; null for the switch's own
   */
  record Say(
      CallId call,
      LegId leg,
      int number,
      List<Prompt> prompts,
      @Nullable String music,
      Instant notAfter,
      String incarnation)
      implements SwitchCommand {
    public Say {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * How one recording is to be. Repeated until {@link CallFact.Taped} says this version.
   *
   * @param leg what it hears and says is recorded
   * @param recording a UUID: names the file
   * @param version counts what was ordered for this recording
   */
  record Tape(
      CallId call, LegId leg, String recording, TapeMode mode, int version, String incarnation)
      implements SwitchCommand {}

  /** What a recording does. */
  enum TapeMode {
    RECORDING,
    /** Goes on with silence in place of what is said. */
    PAUSED,
    STOPPED
  }

  /** Which of these legs live? Answered by {@link CallFact.StillUp}. */
  record Ask(CallId call, List<LegId> legs) implements SwitchCommand {
    public Ask {
      legs = List.copyOf(legs);
    }
  }

  /**
   * The call has ended and all have heard: the link kills what may still live of it, forgets it,
   * and answers {@link CallFact.Dropped}.
   */
  record Drop(CallId call) implements SwitchCommand {}
}
