package tandem.edge.sim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Time as the switch tells it: microseconds since 1970 in steps of 20 ms, as the recorded switch's
 * cached clock gives them, and the two date texts that every event carries, made once a second.
 */
final class SimClock {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GMT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final long startNanos = System.nanoTime();
  private final long startMicros = System.currentTimeMillis() * 1_000;
  private long second = -1;
  private String local = "";
  private String gmt = "";

  /** Exact microseconds since 1970; monotonic. */
  long micros() {
    return startMicros + (System.nanoTime() - startNanos) / 1_000;
  }

  /** What the switch shows: up to 20 ms behind. */
  long cachedMicros() {
    long exact = micros();
    return exact - exact % 20_000;
  }

  long upMillis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  String localText() {
    refresh();
    return local;
  }

  String gmtText() {
    refresh();
    return gmt;
  }

  static String stamp(long micros) {
    return LOCAL.format(Instant.ofEpochSecond(micros / 1_000_000));
  }

  private void refresh() {
    long now = micros() / 1_000_000;
    if (now != second) {
      second = now;
      Instant instant = Instant.ofEpochSecond(now);
      local = LOCAL.format(instant);
      gmt = GMT.format(instant);
    }
  }
}
