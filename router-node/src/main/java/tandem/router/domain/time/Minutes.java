package tandem.router.domain.time;

import java.util.BitSet;
import java.util.List;

/**
 * The open minutes of a day's own spans: minutes 0 to 2879 since that day began, of which the
 * second half falls on the next day.
 */
final class Minutes {
  static final Minutes NONE = new Minutes(new BitSet());

  private final BitSet open;

  private Minutes(BitSet open) {
    this.open = open;
  }

  static Minutes of(List<Span> spans) {
    if (spans.isEmpty()) {
      return NONE;
    }
    BitSet open = new BitSet(2 * Span.DAY);
    for (Span span : spans) {
      open.set(span.from(), span.end());
    }
    return new Minutes(open);
  }

  boolean at(int minute) {
    return open.get(minute);
  }

  /** What is open in both. */
  Minutes and(Minutes other) {
    BitSet both = (BitSet) open.clone();
    both.and(other.open);
    return new Minutes(both);
  }

  /** The next minute that is not as this one is; {@link Integer#MAX_VALUE} when none is. */
  int nextEdge(int minute) {
    int edge = open.get(minute) ? open.nextClearBit(minute) : open.nextSetBit(minute);
    return edge < 0 ? Integer.MAX_VALUE : edge;
  }
}
