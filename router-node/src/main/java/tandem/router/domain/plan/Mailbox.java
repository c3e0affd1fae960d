package tandem.router.domain.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;

/**
 * A voicemail box.
 *
 * @param greeting heard before the tone
 * @param longest how long a message may be, 1 s to 1 h
 * @param silence so much of it ends the message
 * @param group who is told of a message: a queue, whose members are; null for nobody
 * @param keep how long messages are kept
 */
public record Mailbox(
    List<Prompt> greeting,
    Duration longest,
    Duration silence,
    @Nullable String group,
    Duration keep) {
  /** A longer message nobody listens to. */
  public static final Duration LONGEST_MESSAGE = Duration.ofHours(1);

  /** What counts where a plan says nothing. */
  public static final Mailbox PLAIN =
      new Mailbox(
          List.of(), Duration.ofMinutes(3), Duration.ofSeconds(5), null, Duration.ofDays(30));

  public Mailbox {
    greeting = List.copyOf(greeting);
    if (longest.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(LONGEST_MESSAGE) > 0) {
      throw new IllegalArgumentException("longest: must be 1 s to 1 h, got " + longest);
    } else if (silence.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("silence: must be at least 1 s, got " + silence);
    } else if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("keep: must be more than nothing, got " + keep);
    }
  }
}
