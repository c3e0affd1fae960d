package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;

/** What people and the switch have to say about a call. */
public sealed interface RemarkEvent extends Call.Event, Act.Done {
  @Override
  default @Nullable Act act() {
    return null;
  }

  record Noted(String text, @Nullable Act act, Instant at) implements RemarkEvent {}

  record Tagged(List<String> add, List<String> remove, @Nullable Act act, Instant at)
      implements RemarkEvent {}

  record Disposed(String code, @Nullable String comment, @Nullable Act act, Instant at)
      implements RemarkEvent {}

  /** Attributes that were set; an empty value takes one away. */
  record AttributesSet(Map<String, String> attributes, @Nullable Act act, Instant at)
      implements RemarkEvent {}

  /** How well a leg was heard. */
  record QualityTold(LegId leg, Quality quality, Instant at) implements RemarkEvent {}

  /** Somebody pressed a digit, while it is not to be kept secret. */
  record DigitPressed(LegId leg, String digit, Instant at) implements RemarkEvent {}

  /**
   * The caller has left a message.
   *
   * @param message a UUID: names it
   * @param group who is to be told: the members of this queue; null for nobody
   * @param keep how long it is kept
   */
  record MessageTaken(
      String box,
      String message,
      @Nullable String group,
      Duration length,
      Duration keep,
      Instant at)
      implements RemarkEvent {
    /** For those who are to be told. */
    String text() {
      return "New message in box "
          + box
          + (group == null ? "" : " for " + group)
          + ", "
          + length.toSeconds()
          + " s";
    }
  }
}
