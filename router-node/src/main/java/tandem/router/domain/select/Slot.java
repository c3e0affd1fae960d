package tandem.router.domain.select;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.select.Matcher.Standing;

/** An agent of a queue; bitmaps speak of it by its index. */
final class Slot {
  final int index;
  final AgentId id;
  Standing standing;
  Candidate candidate;

  /** Reserves under way. */
  int asked;

  /** What expressions are judged by, where they know nothing of a caller; null until needed. */
  @Nullable Facts facts;

  Slot(int index, AgentId id, Standing standing, Candidate candidate) {
    this.index = index;
    this.id = id;
    this.standing = standing;
    this.candidate = candidate;
  }

  boolean isFree() {
    return standing.free() > asked;
  }
}
