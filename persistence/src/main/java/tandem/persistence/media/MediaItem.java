package tandem.persistence.media;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.TenantId;

/**
 * A stored recording or message. Instants in whole milliseconds.
 *
 * @param id a UUID in lower case
 * @param call the channel of the call it belongs to; of a message null until the call has said so
 * @param box of a message the box it was left in, else null
 * @param size in bytes, header and all
 * @param checksum SHA-256 in lower-case hex
 * @param length how long it sounds, from the header
 * @param createdAt when it began
 * @param keepUntil when it is removed
 * @param place where it lies in the {@link MediaStore}
 */
public record MediaItem(
    TenantId tenant,
    String id,
    Kind kind,
    @Nullable String call,
    @Nullable String box,
    long size,
    String checksum,
    Duration length,
    Instant createdAt,
    Instant keepUntil,
    String place) {
  /** What all of them are. */
  public static final String MEDIA_TYPE = "audio/wav";

  /** What it is. */
  public enum Kind {
    RECORDING("recordings"),
    MESSAGE("messages");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    String folder() {
      return folder;
    }

    /** As it is written in tables and metrics. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
