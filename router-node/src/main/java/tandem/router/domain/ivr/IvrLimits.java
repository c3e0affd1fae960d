package tandem.router.domain.ivr;

import java.time.Duration;

/** How large an interactive flow may be, and how far its numbers may go. */
public final class IvrLimits {
  /** Interactive flows of one plan. */
  public static final int FLOWS = 100;

  /** Nodes of one of them. */
  public static final int NODES = 200;

  /** Nodes of all of them: each may keep a compiled expression. */
  public static final int ALL_NODES = 2_000;

  /** Nodes one call goes through, in all the interactive flows it is led to. */
  public static final int STEPS = 500;

  /** Flows that call each other: the one that a caller came to first is one. */
  public static final int DEPTH = 5;

  /** Languages of the same prompts. */
  public static final int LANGUAGES = 20;

  /** How often a caller is asked at one node: more would be a nuisance. */
  public static final int TRIES = 10;

  /** Digits of one option of a menu. */
  public static final int OPTION_DIGITS = 4;

  /** Digits that are collected at once. */
  public static final int DIGITS = 32;

  /** Options of a menu, conditions of a node. */
  public static final int WAYS = 50;

  /** Headers, values of a body, values taken from an answer. */
  public static final int FIELDS = 20;

  /** Characters of an address to look something up at, as it is written and as it is asked. */
  public static final int ADDRESS = 2_000;

  /** A caller needs so long to press a key. */
  public static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** Silence that lasts longer is a caller who has put the phone away. */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** No answer comes sooner over a network. */
  public static final Duration SHORTEST_LOOKUP = Duration.ofMillis(100);

  /** The caller hears nothing but music meanwhile. */
  public static final Duration LONGEST_LOOKUP = Duration.ofSeconds(10);

  private IvrLimits() {}
}
