package tandem.router.plan.document;

import java.time.Duration;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Announcements;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Mailbox;
import tandem.router.domain.plan.QueueRule;

/**
 * How large a plan may be, and how far its numbers may go. A plan is held by every node, read again
 * at each publish, and carried in part by each waiting call: every count is bounded.
 */
public final class PlanLimits {
  /** UTF-8 bytes of a document: it travels to every node in one message. */
  public static final int BYTES = 256 * 1024;

  /** Objects and lists within each other: readers call themselves once a level. */
  public static final int NESTING = 32;

  /** Characters of a number as it is written: more digits than this say nothing in a plan. */
  public static final int DIGITS = 40;

  /** Each is an entity of the cluster, with its own memory and journal. */
  public static final int QUEUES = 200;

  /** Each is a queue too. */
  public static final int GROUPS = 200;

  /** People must be able to find their way through them. */
  public static final int FLOWS = 200;

  /** Rules of one flow: they are asked one after the other while the caller hears nothing. */
  public static final int RULES_OF_A_FLOW = 200;

  /** Rules of all flows: each keeps a compiled expression. */
  public static final int RULES = 2_000;

  /** Steps of one wait, relaxing and escalating: each call keeps its own in its journal. */
  public static final int STEPS = 20;

  /** Queues one call waits in at once: each of them holds the caller and is told of the end. */
  public static final int QUEUES_AT_ONCE = 10;

  /** Conditions that add to one wait's priority: all are asked as the call is routed. */
  public static final int BOOSTS = 20;

  /** How often a caller is called back: more would be a nuisance. */
  public static final int CALLBACK_ATTEMPTS = CallbackPromise.MOST_ATTEMPTS;

  /** Countries of one callback: each call that takes it keeps them in its journal. */
  public static final int COUNTRIES = 100;

  /** Tiers of one queue: each keeps its own set of agents. */
  public static final int TIERS = 20;

  /** Points of one ageing curve: looked through for each waiting caller. */
  public static final int AGEING_POINTS = 20;

  /**
   * Agents of one ring group, or named in one queue's order: gone through for each decision. The
   * names of a group's agents must also fit in one expression.
   */
  public static final int AGENTS = 100;

  /** Rules for called numbers: overlaps are looked for among all of them. */
  public static final int NUMBERS = 2_000;

  /** Each is looked up by a call that names it. */
  public static final int EXTENSIONS = 5_000;

  /** Calendars, and shared sets of holidays: asked for while calls are routed. */
  public static final int CALENDARS = 100;

  /** Holidays of one calendar, with those of the sets it names: asked one after the other. */
  public static final int HOLIDAYS = 500;

  /** Spans of opening hours in one day: nobody closes more often. */
  public static final int SPANS = 10;

  /** Park lots: each is an entity of the cluster once somebody parks there. */
  public static final int LOTS = 100;

  /** The highest slot of a lot: more digits nobody remembers. */
  public static final int SLOT = Lot.MOST_SLOT;

  /** How often somebody who parked a caller is called: more would be a nuisance. */
  public static final int PARK_TRIES = Lot.MOST_TRIES;

  /** Characters of what lots say in place of actions that leave it out: calls keep it each. */
  public static final int GIVEN = 256 * 1024;

  /** Voicemail boxes: one for each of many agents, and then some. */
  public static final int BOXES = 1_000;

  /** Prompts one after the other: callers hear them all. */
  public static final int PROMPTS = 20;

  /** Characters of a text that is spoken: about half a minute. */
  public static final int SPOKEN = Prompt.LONGEST_TEXT;

  /** Languages of a queue's announcements. */
  public static final int LANGUAGES = 20;

  /** Numbers of which one is shown to whom agents call. */
  public static final int SHOWN = 100;

  /** Patterns of numbers that agents may call, and of those that they may not: asked in turn. */
  public static final int PATTERNS = 500;

  /** Expressions of one plan: each is compiled on every node. */
  public static final int EXPRESSIONS = 2_000;

  /** Problems reported at once; the rest is counted. Nobody reads more before mending some. */
  public static final int PROBLEMS = 100;

  /** Callers of one queue: what one entity was measured to hold. */
  public static final int QUEUE_LENGTH = QueueRule.Limits.MOST;

  /** Characters of a notice to supervisors: it goes to every one who listens. */
  public static final int NOTICE = 200;

  /** What any wait, step or park may last: a call that waits longer was forgotten. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(24);

  /** For how long a caller's last agent alone may be waited for. */
  public static final Duration LONGEST_STICKY = Duration.ofHours(1);

  /** Below it a time says nothing: phones and people need longer. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /** A phone that rings longer than two minutes is not going to be picked up. */
  public static final Duration LONGEST_RING = Duration.ofMinutes(2);

  /** A callback that comes later is no answer to the call any more. */
  public static final Duration LONGEST_CALLBACK = Duration.ofDays(7);

  /** A caller is not called back twice within less, and nobody is promised to be within less. */
  public static final Duration SHORTEST_CALLBACK = Duration.ofMinutes(1);

  /** Networks take seconds until the other phone rings at all. */
  public static final Duration SHORTEST_CALLBACK_RING = Duration.ofSeconds(5);

  /** Callers who are spoken to more often hear no music at all. */
  public static final Duration SHORTEST_PAUSE = Announcements.SHORTEST_PAUSE;

  /** A longer message nobody listens to. */
  public static final Duration LONGEST_MESSAGE = Mailbox.LONGEST_MESSAGE;

  /** Who says nothing for longer has left the phone off the hook. */
  public static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  /** A recording that is gone within the hour was for nobody. */
  public static final Duration SHORTEST_KEEP = Duration.ofHours(1);

  /** Ten years: what laws ask for at most. */
  public static final Duration LONGEST_KEEP = Duration.ofDays(3_650);

  /** Work after a call that takes longer is a break, which agents take themselves. */
  public static final Duration LONGEST_WRAP_UP = Duration.ofHours(1);

  /** A longer service level promises nothing. */
  public static final Duration LONGEST_SERVICE_LEVEL = Duration.ofHours(1);

  private PlanLimits() {}
}
