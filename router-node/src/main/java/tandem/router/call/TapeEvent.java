package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.TapeMode;

/** What changes about the recordings of a call. */
public sealed interface TapeEvent extends Call.Event, Act.Done {
  @Override
  default @Nullable Act act() {
    return null;
  }

  /** The caller is to hear that the call is recorded. */
  record ConsentAsked(Instant at) implements TapeEvent {}

  /**
   * A recording is to begin.
   *
   * @param recording a UUID: names it
   * @param leg what it hears and says is recorded
   * @param keep how long the file is kept
   */
  record TapeStarted(String recording, LegId leg, Duration keep, @Nullable Act act, Instant at)
      implements TapeEvent {}

  record TapeSet(String recording, TapeMode mode, @Nullable Act act, Instant at)
      implements TapeEvent {}

  /** The recording has come to its end. */
  record TapeOver(String recording, Duration length, Instant at) implements TapeEvent {}

  /** The switch would not record. */
  record TapeFailed(String recording, String text, Instant at) implements TapeEvent {}
}
