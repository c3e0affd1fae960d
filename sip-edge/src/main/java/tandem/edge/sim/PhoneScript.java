package tandem.edge.sim;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How a played phone takes a call. The five failure shares add up to at most 1; the rest answers.
 *
 * @param ring from INVITE to 180
 * @param answer from 180 to 200
 * @param busy share of calls answered 486
 * @param decline share answered 603, after ringing if {@code answer} is not 0
 * @param ignore share that rings until the switch gives up
 * @param unreachable share where nobody is there (503 within 3–25 ms)
 * @param missing share where there is no such number (404)
 * @param talk from being bridged until this phone hangs up; null: it never does
 */
public record PhoneScript(
    Span ring,
    Span answer,
    double busy,
    double decline,
    double ignore,
    double unreachable,
    double missing,
    @Nullable Span talk) {

  /** What a phone does with one call. */
  enum Mood {
    ANSWER,
    BUSY,
    DECLINE,
    IGNORE,
    UNREACHABLE,
    MISSING
  }

  /** Refuses shares over 1. */
  public PhoneScript {
    if (busy + decline + ignore + unreachable + missing > 1.000_001) {
      throw new IllegalArgumentException(
          "busy + decline + ignore + unreachable + missing must be at most 1");
    }
  }

  /** Rings at once, answers after 200 to 600 ms, leaves hanging up to the caller. */
  public static PhoneScript answering() {
    return new PhoneScript(Span.of(2), new Span(200, 600), 0, 0, 0, 0, 0, null);
  }

  /** Rings at once, answers after so long, never hangs up first. */
  public static PhoneScript answering(Span after) {
    return new PhoneScript(Span.of(2), after, 0, 0, 0, 0, 0, null);
  }

  /** As {@link #answering()}, but hangs up by itself. */
  public static PhoneScript talking(Span talk) {
    return new PhoneScript(Span.of(2), new Span(200, 600), 0, 0, 0, 0, 0, talk);
  }

  /** 486. */
  public static PhoneScript busyLine() {
    return new PhoneScript(Span.of(2), Span.of(0), 1, 0, 0, 0, 0, null);
  }

  /** Rings, then 603; with 0, 603 at once. */
  public static PhoneScript declining(Span after) {
    return new PhoneScript(Span.of(2), after, 0, 1, 0, 0, 0, null);
  }

  /** Rings and is never answered. */
  public static PhoneScript ignoring() {
    return new PhoneScript(Span.of(2), Span.of(0), 0, 0, 1, 0, 0, null);
  }

  /** Nobody there. */
  public static PhoneScript absent() {
    return new PhoneScript(Span.of(3), Span.of(0), 0, 0, 0, 1, 0, null);
  }

  /** No such number. */
  public static PhoneScript nonexistent() {
    return new PhoneScript(Span.of(3), Span.of(0), 0, 0, 0, 0, 1, null);
  }

  /** The same, but this phone hangs up so long after being bridged. */
  public PhoneScript hangingUpAfter(Span length) {
    return new PhoneScript(ring, answer, busy, decline, ignore, unreachable, missing, length);
  }

  /**
   * {@code ring=2 answer=200..600 busy=0.1 decline=0 ignore=0 unreachable=0 missing=0 talk=never},
   * every word optional; unknown ones are refused.
   */
  public static PhoneScript parse(String text) {
    ScriptText words = new ScriptText(text);
    PhoneScript usual = answering();
    PhoneScript script =
        new PhoneScript(
            words.span("ring", usual.ring),
            words.span("answer", usual.answer),
            words.share("busy", 0),
            words.share("decline", 0),
            words.share("ignore", 0),
            words.share("unreachable", 0),
            words.share("missing", 0),
            words.spanOrNever("talk", null));
    words.end();
    return script;
  }

  Mood mood(Random random) {
    double draw = random.nextDouble();
    if (draw < busy) {
      return Mood.BUSY;
    }
    if (draw < busy + decline) {
      return Mood.DECLINE;
    }
    if (draw < busy + decline + ignore) {
      return Mood.IGNORE;
    }
    if (draw < busy + decline + ignore + unreachable) {
      return Mood.UNREACHABLE;
    }
    return draw < busy + decline + ignore + unreachable + missing ? Mood.MISSING : Mood.ANSWER;
  }
}
