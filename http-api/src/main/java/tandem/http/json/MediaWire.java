package tandem.http.json;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.persistence.media.AudioFile;
import tandem.persistence.media.MediaItem;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.media.Message;

/** How recordings, messages and audio files look to clients. */
public final class MediaWire {
  private MediaWire() {}

  /** Where a recording is on its way. */
  public enum RecordingState {
    /** The switch writes it. */
    RECORDING,
    /** The switch writes silence in place of what is said. */
    PAUSED,
    /** It is over; its file is not stored yet. */
    STORING,
    /** It can be had. */
    STORED,
    /** The switch would not record. */
    FAILED,
    /** It was stored, and has been removed. */
    GONE
  }

  /** Why a recording cannot be had. */
  public enum NoRecording {
    NOT_STORED,
    GONE
  }

  /** A recording; what is only known of a stored one is absent before. */
  public record Recording(
      String id,
      String call,
      String state,
      Instant startedAt,
      @Nullable Duration length,
      @Nullable Long size,
      @Nullable String checksum,
      @Nullable Instant keepUntil) {}

  public record Box(String name, int messages, int unheard) {}

  public record VoiceMessage(
      String id,
      String box,
      @Nullable String call,
      boolean heard,
      Instant createdAt,
      Duration length,
      long size,
      String checksum,
      Instant keepUntil) {}

  /**
   * A version of an audio file.
   *
   * @param file how plans name it
   */
  public record Audio(
      String name,
      int version,
      String file,
      Duration length,
      int rate,
      long size,
      String checksum,
      String author,
      Instant createdAt) {}

  /** An audio file: its newest version, and how many there are. */
  public record AudioSummary(String name, int versions, Audio latest) {}

  public static Recording recording(MediaItem item) {
    return new Recording(
        item.id(),
        String.valueOf(item.call()),
        Words.of(RecordingState.STORED),
        item.createdAt(),
        item.length(),
        item.size(),
        item.checksum(),
        item.keepUntil());
  }

  public static Box box(MediaLibrary.Box box) {
    return new Box(box.name(), box.messages(), box.unheard());
  }

  public static VoiceMessage message(Message message) {
    MediaItem item = message.item();
    return new VoiceMessage(
        item.id(),
        String.valueOf(item.box()),
        item.call(),
        message.heard(),
        item.createdAt(),
        item.length(),
        item.size(),
        item.checksum(),
        item.keepUntil());
  }

  public static Audio audio(AudioFile file) {
    return new Audio(
        file.name(),
        file.version(),
        file.place(),
        file.length(),
        file.rate(),
        file.size(),
        file.checksum(),
        file.author(),
        file.createdAt());
  }
}
