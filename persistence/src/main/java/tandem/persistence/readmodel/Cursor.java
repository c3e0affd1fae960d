package tandem.persistence.readmodel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of the history ends: calls that arrived before {@code arrivedAt}, or then and with a
 * greater id, come next. Opaque to clients; stable, as it names a place and not a count.
 *
 * @param arrivedAt in whole milliseconds, as the history's rows are
 * @param channel the last call's channel; null for a place between all calls of two instants
 */
record Cursor(Instant arrivedAt, @Nullable String channel) {
  private static final String VERSION = "1";

  /** The day's partition in which to go on. */
  LocalDate day() {
    return LocalDate.ofInstant(arrivedAt, ZoneOffset.UTC);
  }

  String encode() {
    String text =
        VERSION + ' ' + arrivedAt.toEpochMilli() + ' ' + (channel == null ? "-" : channel);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads {@link #encode()}; an {@link IllegalArgumentException} names the field. */
  static Cursor decode(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length == 3 && parts[0].equals(VERSION)) {
        Cursor cursor =
            new Cursor(
                Instant.ofEpochMilli(Long.parseLong(parts[1])),
                parts[2].equals("-") ? null : parts[2]);
        CallFilter.requireSensible("cursor", cursor.arrivedAt());
        return cursor;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cursor: was not given out by this history", e);
    }
    throw new IllegalArgumentException("cursor: was not given out by this history");
  }
}
