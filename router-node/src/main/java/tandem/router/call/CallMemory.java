package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.edge.CallFact;
import tandem.router.entity.Outbox;

/** What one incarnation of a call knows beside its journal. A recovery starts with none of it. */
final class CallMemory {
  final Outbox outbox = new Outbox();

  private static final Duration FIRST_REPORT = Duration.ofSeconds(8);

  private @Nullable Instant bornAt;
  private @Nullable String incarnation;
  private @Nullable Instant lastHeard;
  private boolean bornLost;
  private @Nullable Instant nextAsk;
  private boolean mayBeHeld;
  private boolean doubt;
  private long recorded;
  private long published;
  private @Nullable Instant postponed;

  /** This incarnation begins; said at each turn, the first counts. */
  void live(Instant now) {
    if (bornAt == null) {
      bornAt = now;
    }
  }

  /**
   * When a deadline of the journal is to fire. One that passed during an outage waits for the
   * link's first report, but not for long: the agent may have answered, and the two may talk,
   * unseen.
   */
  @Nullable Instant due(@Nullable Instant deadline) {
    if (deadline != null && postponed != null && deadline.isBefore(postponed)) {
      return postponed;
    }
    if (deadline == null || bornAt == null || lastHeard != null) {
      return deadline;
    }
    Instant patient = bornAt.plus(FIRST_REPORT);
    return deadline.isBefore(patient) ? patient : deadline;
  }

  /** A deadline that has passed cannot be acted on before this. */
  void postpone(Instant until) {
    postponed = until;
  }

  /**
   * Until when this incarnation keeps quiet about what only the link can tell; null when it may.
   */
  @Nullable Instant quietUntil(Instant now) {
    if (bornAt == null
        || bornLost
        || lastHeard != null
        || !bornAt.plus(FIRST_REPORT).isAfter(now)) {
      return null;
    }
    return bornAt.plus(FIRST_REPORT);
  }

  void heardFrom(String linkIncarnation, Instant now) {
    incarnation = linkIncarnation;
    bornLost = false;
    lastHeard = now;
    if (!doubt) {
      nextAsk = null;
    }
  }

  /** Whether the link's last report left out a leg we believe in: it is asked about by name. */
  void doubt(boolean missing) {
    doubt = missing;
  }

  boolean doubts() {
    return doubt;
  }

  void sawFact(CallFact fact, Instant now) {
    if (incarnation != null && !(fact instanceof CallFact.LinkLost)) {
      lastHeard = now;
    }
  }

  void linkLost() {
    incarnation = null;
  }

  /**
   * The link brought this call and has lost its switch since: unlike a recovered call, which keeps
   * quiet until its link has reported, this one knows.
   */
  void arrivedWithoutSwitch() {
    incarnation = null;
    bornLost = true;
  }

  /** The link's incarnation to name in orders; null while it is out of reach or not heard yet. */
  @Nullable String incarnation() {
    return incarnation;
  }

  boolean linkUp() {
    return incarnation != null;
  }

  /** Whether the queue may believe that the place is held for the link's sake. */
  boolean mayBeHeld() {
    mayBeHeld |= incarnation == null;
    return mayBeHeld;
  }

  @Nullable Instant lastHeard() {
    return lastHeard;
  }

  @Nullable Instant nextAsk() {
    return nextAsk;
  }

  void askAgainAt(Instant at) {
    nextAsk = at;
  }

  /** The last event the record has for sure; 0 after a recovery, which only means telling again. */
  long recorded() {
    return recorded;
  }

  /**
   * The last event other systems have for sure; 0 after a recovery: they get some of them twice.
   */
  long published() {
    return published;
  }

  void recorded(Call.Recorded answer) {
    recorded = Math.max(recorded, answer.seq());
    published = Math.max(published, answer.published());
  }
}
