package tandem.http.routes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file a client wants, by {@code Range} (RFC 9110, 14). One range is served;
 * several, and what cannot be read, count as none, as the RFC allows.
 *
 * @param from first byte, from 0
 * @param length bytes; 0 when there are none of those asked for
 * @param whole whether the client has the whole file coming
 */
record ByteRange(long from, long length, boolean whole) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

  /**
   * Reads what is asked for.
   *
   * @param header the header's value; empty without one
   * @param size of the file
   */
  static ByteRange of(Optional<String> header, long size) {
    Matcher asked = ONE.matcher(header.orElse(""));
    ByteRange all = new ByteRange(0, size, true);
    if (!asked.matches()) {
      return all;
    }
    String first = asked.group(1);
    String last = asked.group(2);
    if (first.isEmpty()) {
      if (last.isEmpty()) {
        return all;
      }
      // The last so many.
      long length = Math.min(size, Long.parseLong(last));
      return new ByteRange(size - length, length, false);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return all;
    }
    return new ByteRange(from, Math.max(0, to - from + 1), false);
  }

  /** Whether there is nothing of what was asked for. */
  boolean unsatisfiable() {
    return !whole && length == 0;
  }

  /** As {@code Content-Range} says it. */
  String of(long size) {
    return unsatisfiable()
        ? "bytes */" + size
        : "bytes " + from + '-' + (from + length - 1) + '/' + size;
  }
}
