package tandem.edge.sim;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the switch knows of one channel. Plain data, owned by the loop; the classes that make
 * it live are {@link Arrivals}, {@link Originator}, {@link Bridges}, {@link Media} and {@link
 * Hangups}.
 */
final class SimChannel {

  /** How far media has come. */
  enum Answer {
    RINGING("ringing"),
    EARLY("early"),
    ANSWERED("answered"),
    HANGUP("hangup");

    private final String text;

    Answer(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** One broadcast: what is played, in order, and how. */
  static final class Playback {
    final String application;
    final ArrayDeque<String> files = new ArrayDeque<>();
    String current = "";
    boolean started;

    /** An application that is not {@code playback}, which looks after itself. */
    boolean delegated;

    long currentMicros;

    /** When it was broadcast. */
    long orderedMicros;

    SimLoop.@Nullable Timer timer;

    /**
     * What comes after it, when it is an application of the dialplan; null when it was broadcast.
     */
    @Nullable Runnable after;

    Playback(String application) {
      this.application = application;
    }
  }

  final String uuid;
  final boolean inbound;
  final LegPort port;
  final long createdMicros;
  final Map<String, String> variables = new LinkedHashMap<>();
  final Map<String, Tape> tapes = new LinkedHashMap<>();
  final ArrayDeque<Applications.Running> applications = new ArrayDeque<>();
  final ArrayDeque<Playback> playbacks = new ArrayDeque<>();

  /** Orders of {@code sendmsg} with {@code event-lock} that wait for the one under way. */
  final ArrayDeque<Runnable> lockedOut = new ArrayDeque<>();

  boolean locked;
  String name = "";
  String callerNumber = "";
  String callerName = "";
  String destination = "";

  /** Where it was transferred to last; empty before. */
  String extension = "";

  String address = "127.0.0.1";
  String context = "public";

  ChannelState state = ChannelState.CS_NEW;
  String callState = "DOWN";
  Answer answer = Answer.RINGING;
  boolean parked;
  boolean parkExecuting;
  boolean stuck;

  /** Was parked twice, which took it out of park: nothing is played until it goes elsewhere. */
  boolean deaf;

  boolean answering;

  /** Whom it waits for where nobody sees it; see {@link Lurkers}. */
  @Nullable SimChannel lurksFor;

  /** Digits that the switch has sent to a played far end. */
  final StringBuilder heardDigits = new StringBuilder();

  /** What the far end says is kept from everybody ({@code uuid_audio … read mute}). */
  boolean readMuted;

  /** The far end hears nothing ({@code uuid_audio … write mute}). */
  boolean writeMuted;

  /** Its number in conferences, which it keeps; 0 before its first. */
  int memberId;

  @Nullable ConferenceMember member;
  @Nullable SimChannel other;
  boolean otherFirst;
  @Nullable Bridge bridge;
  @Nullable DialplanRun run;
  @Nullable Originate originate;
  @Nullable String cause;
  boolean hungUpByFarEnd;
  String endedBy = "";
  long answeredMicros;
  long answeredExactly;
  long progressMicros;
  long bridgedMicros;
  long hangupMicros;

  SimChannel(String uuid, boolean inbound, LegPort port, long createdMicros) {
    this.uuid = uuid;
    this.inbound = inbound;
    this.port = port;
    this.createdMicros = createdMicros;
  }

  void answered(SimClock clock) {
    answer = Answer.ANSWERED;
    answeredMicros = clock.cachedMicros();
    answeredExactly = clock.micros();
  }

  boolean hungUp() {
    return cause != null;
  }

  boolean answered() {
    return answer == Answer.ANSWERED;
  }

  /** Answered or early: audio can flow. */
  boolean media() {
    return answer == Answer.ANSWERED || answer == Answer.EARLY;
  }

  /** The number that its dialplan goes by now. */
  String dialled() {
    return extension.isEmpty() ? destination : extension;
  }

  boolean parksAfterBridge() {
    return "true".equals(variables.get("park_after_bridge"));
  }

  /** Parked when whom it was to be bridged with has gone; else hung up. */
  boolean parksOnCancel() {
    return "true".equals(variables.get("uuid_bridge_park_on_cancel"));
  }

  /** Something was broadcast to it and has not begun. */
  boolean isAboutToHear() {
    Playback next = playbacks.peek();
    return next != null && !next.started;
  }
}
