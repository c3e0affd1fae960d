package tandem.router.guide;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is true of a sentence.
 *
 * @param main what must be said
 * @param more what may be said behind it
 */
record Answer(String main, Set<String> more) {
  Answer(String main) {
    this(main, Set.of());
  }

  Answer {
    more = new LinkedHashSet<>(more);
  }

  /** Whether the expectation, {@code main; more; more}, is true. */
  boolean meets(String expected) {
    if (expected.equals(main)) {
      return true;
    }
    String[] parts = expected.split("; ", -1);
    boolean all = parts[0].equals(main);
    for (int i = 1; i < parts.length; i++) {
      all &= more.contains(parts[i]);
    }
    return all;
  }

  @Override
  public String toString() {
    return more.isEmpty() ? main : main + " (" + String.join("; ", more) + ")";
  }
}
