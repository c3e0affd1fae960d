package tandem.persistence.media;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the files in the spool folder, and which are to be taken now. Pure: it is told
 * what was seen, and when.
 */
final class Spool {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** A file as a look at the folder found it. */
  record Found(String name, long size, Instant changed) {}

  /**
   * A file that may be taken.
   *
   * @param still how long it has not changed
   */
  record Due(SpoolName name, Found file, Duration still) {}

  /** What was seen of one file so far. */
  private record Seen(
      SpoolName name, Found file, Instant since, int failures, @Nullable Instant notBefore) {}

  private final Duration settledAfter;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> foreign = new HashSet<>();

  Spool(Duration settledAfter) {
    this.settledAfter = settledAfter;
  }

  /**
   * Notes what is in the folder now; what is not there any more is forgotten.
   *
   * @return names that are none of ours and were not there before
   */
  List<String> look(List<Found> found, Instant now) {
    Set<String> names = new HashSet<>();
    List<String> strangers = new ArrayList<>();
    for (Found file : found) {
      names.add(file.name());
      Seen before = seen.get(file.name());
      if (before != null) {
        // The back-off is the file's: one that changes begins anew.
        if (!before.file().equals(file)) {
          seen.put(file.name(), new Seen(before.name(), file, now, 0, null));
        }
        continue;
      }
      SpoolName name = SpoolName.parse(file.name()).orElse(null);
      if (name != null) {
        seen.put(file.name(), new Seen(name, file, now, 0, null));
      } else if (foreign.add(file.name())) {
        strangers.add(file.name());
      }
    }
    seen.keySet().retainAll(names);
    foreign.retainAll(names);
    return strangers;
  }

  /**
   * Files that have settled, the oldest first; they are under way until {@link #done} or {@link
   * #later} says otherwise.
   *
   * @param most under way at the same time (count)
   */
  List<Due> take(Instant now, int most) {
    List<Due> due =
        seen.values().stream()
            .filter(file -> !taken.contains(file.file().name()))
            .filter(file -> file.notBefore() == null || !now.isBefore(file.notBefore()))
            .map(file -> new Due(file.name(), file.file(), Duration.between(file.since(), now)))
            .filter(file -> file.still().compareTo(settledAfter) >= 0)
            .sorted(
                Comparator.comparing((Due file) -> file.file().changed())
                    .thenComparing(file -> file.file().name()))
            .limit(Math.max(0, most - taken.size()))
            .toList();
    due.forEach(file -> taken.add(file.file().name()));
    return due;
  }

  /** A file has been stored and is gone from the folder. */
  void done(String file) {
    taken.remove(file);
    seen.remove(file);
  }

  /** A file is not to be taken yet; that is no failure. */
  void later(String file, Instant now) {
    taken.remove(file);
    seen.computeIfPresent(
        file,
        (name, before) ->
            new Seen(before.name(), before.file(), before.since(), 0, now.plus(settledAfter)));
  }

  /**
   * A file could not be stored.
   *
   * @return how long it is left alone now: doubled with each failure, up to ten minutes
   */
  Duration failed(String file, Instant now) {
    taken.remove(file);
    Seen before = seen.get(file);
    int failures = before == null ? 0 : before.failures();
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    if (before != null) {
      seen.put(
          file,
          new Seen(before.name(), before.file(), before.since(), failures + 1, now.plus(bounded)));
    }
    return bounded;
  }

  /** Files of ours in the folder, under way or not (count). */
  int waiting() {
    return seen.size();
  }

  /** Files of others in the folder (count). */
  int foreign() {
    return foreign.size();
  }
}
