package tandem.persistence.media;

import java.time.Duration;
import java.time.Instant;
import tandem.router.domain.TenantId;

/**
 * A version of an audio file; it never changes, and its number is never given again.
 *
 * @param version from 1
 * @param size in bytes, header and all
 * @param checksum SHA-256 in lower-case hex
 * @param length how long it sounds
 * @param rate samples a second
 * @param author who uploaded it
 * @param place where it lies in the {@link MediaStore}, and how plans name it
 */
public record AudioFile(
    TenantId tenant,
    String name,
    int version,
    long size,
    String checksum,
    Duration length,
    int rate,
    String author,
    Instant createdAt,
    String place) {}
