package tandem.persistence.media;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of messages ends: opaque to clients, and a place, not a count. */
final class MessageCursor {
  private static final String VERSION = "1";

  private MessageCursor() {}

  static String encode(MediaTables.Entry last) {
    String text = VERSION + ' ' + last.createdAt().toEpochMilli() + ' ' + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads {@link #encode}; an {@link IllegalArgumentException} names the field. */
  static MediaTables.Entry decode(String cursor) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length == 3 && parts[0].equals(VERSION) && parts[1].matches("[0-9]{1,14}")) {
        Instant at = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return new MediaTables.Entry(at, parts[2], false);
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("cursor: is not a cursor of this list", e);
    }
    throw new IllegalArgumentException("cursor: is not a cursor of this list");
  }
}
