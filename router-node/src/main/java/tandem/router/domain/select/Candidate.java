package tandem.router.domain.select;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import tandem.router.domain.AgentId;

/**
 * An agent who could take a caller, as strategies see it.
 *
 * @param mark a number of 64 bits that stands for the id, the same in every process
 * @param idleSince since when it handled nothing
 * @param calls handled since it signed in
 * @param talk time it talked since it signed in
 * @param score by the queue's own measure; more is more skilled, or more likely
 */
record Candidate(AgentId id, long mark, Instant idleSince, long calls, Duration talk, long score) {
  static final Comparator<Candidate> BY_ID = Comparator.comparing(Candidate::id);

  /** What every strategy falls back on: longest idle first, then the lower id. */
  static final Comparator<Candidate> BY_IDLE =
      Comparator.comparing(Candidate::idleSince).thenComparing(BY_ID);

  static Candidate of(AgentId id, Instant idleSince, long calls, Duration talk, long score) {
    return new Candidate(id, Draws.mark(id.value()), idleSince, calls, talk, score);
  }
}
