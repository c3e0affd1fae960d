package tandem.edge.sim;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a file or a stream plays, by its name alone. */
final class SoundLength {

  private static final Pattern TONE = Pattern.compile("tone_stream://%\\((\\d+),(\\d+),.*");
  private static final Pattern LOOPS = Pattern.compile(".*;loops=(-?\\d+).*");
  private static final Pattern SILENCE = Pattern.compile("silence_stream://(-?\\d+).*");
  private static final String SEVERAL = "file_string://";

  private SoundLength() {}

  /** A file that the simulator's disk does not have. */
  static boolean missing(String file) {
    return file.isEmpty()
        || (!file.contains("://") && (file.contains("nosuch") || file.contains("missing")));
  }

  /**
   * Null: endless.
   *
   * @param usual of a file whose name does not say it
   */
  static @Nullable Duration of(String file, Duration usual) {
    if (file.startsWith(SEVERAL)) {
      return together(file.substring(SEVERAL.length()), usual);
    }
    if (missing(file)) {
      return Duration.ZERO;
    }
    Matcher silence = SILENCE.matcher(file);
    if (silence.matches()) {
      long millis = Long.parseLong(silence.group(1));
      return millis < 0 ? null : Duration.ofMillis(millis);
    }
    if (file.startsWith("local_stream://")) {
      return null;
    }
    Matcher loops = LOOPS.matcher(file);
    long times = loops.matches() ? Long.parseLong(loops.group(1)) : 1;
    if (times < 0) {
      return null;
    }
    Matcher tone = TONE.matcher(file);
    if (tone.matches()) {
      long once = Long.parseLong(tone.group(1)) + Long.parseLong(tone.group(2));
      return Duration.ofMillis(once * Math.max(1, times));
    }
    return usual.multipliedBy(Math.max(1, times));
  }

  /** {@code a!b}: one after the other; those that are missing are skipped. */
  private static @Nullable Duration together(String files, Duration usual) {
    Duration sum = Duration.ZERO;
    for (String file : files.split("!", -1)) {
      Duration one = of(file, usual);
      if (one == null) {
        return null;
      }
      sum = sum.plus(one);
    }
    return sum;
  }
}
