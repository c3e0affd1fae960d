package tandem.router.domain;

/** Why an offer ended without the two having talked. */
public enum ReleaseReason {
  /** The phone rang to its end: redirect on no answer. */
  NO_ANSWER(AfterRelease.NOT_READY),
  /** The agent pressed decline. */
  DECLINED(AfterRelease.NOT_READY),
  /** The phone cannot be reached: not registered, refused, wrong address. */
  UNREACHABLE(AfterRelease.NOT_READY),
  /** The phone is busy with something else. */
  BUSY(AfterRelease.REST),
  /** The agent signed out or took a break before answering. */
  WITHDRAWN(AfterRelease.AS_BEFORE),
  CALLER_GONE(AfterRelease.AS_BEFORE),
  ANSWERED_ELSEWHERE(AfterRelease.AS_BEFORE),
  /** The call never heard of the offer and will refuse it for ever. */
  NEVER_HEARD(AfterRelease.AS_BEFORE),
  /** The call already had another offer out. */
  OTHER_OFFER(AfterRelease.AS_BEFORE),
  /** The offer belongs to an earlier stay in a queue. */
  STALE_ROUND(AfterRelease.AS_BEFORE),
  /** The call cannot order anything now: its switch is out of reach. */
  LINK_LOST(AfterRelease.AS_BEFORE),
  /** The order did not reach the switch in time, or the switch refused it for its own reasons. */
  NOT_ORDERED(AfterRelease.REST),
  /** Both were there, but the switch did not connect them. */
  BRIDGE_FAILED(AfterRelease.AS_BEFORE),
  /**
   * Admission does not allow ringing this phone. The caller's own text has a say in that, so it
   * must not take an agent off work.
   */
  NOT_ADMITTED(AfterRelease.REST);

  /** What becomes of the agent. */
  public enum AfterRelease {
    /** Ready again, with the idle time it had: a failed offer costs it no place. */
    AS_BEFORE,
    /** Ready, but passed over for a few seconds, so that the same offer does not fail at once. */
    REST,
    /** Not ready until the agent says so. */
    NOT_READY
  }

  private final AfterRelease after;

  ReleaseReason(AfterRelease after) {
    this.after = after;
  }

  public AfterRelease after() {
    return after;
  }
}
