package tandem.router.domain.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of what a queue has observed of its callers' waits. It is told when callers begin to
 * wait, are handed to an agent or leave, and estimates how long somebody will wait.
 *
 * <p>Callers who want the same are one class, with a place among themselves. While a class has a
 * backlog it is handed out at some rate. That rate holds how long calls take, how agents rest, and
 * what else they serve; so it is measured, per agent who fits, and nothing is assumed about what
 * makes it up. How it depends on the class's share of those who wait is measured too, since agents
 * who serve several classes in turn serve a class more often the more of it there are.
 *
 * <pre>
 *   μ = agents now × hand-outs ÷ agent-seconds with a backlog, at the present share
 *   θ = callers who left ÷ seconds of waiting, summed over callers
 *   mean at position p = Σ 1 ÷ (μ + iθ)  for i = 0 to p − 1
 *   estimate = mean × (1 − 1/9p)³
 * </pre>
 *
 * <p>With i callers ahead, the place advances when one is handed out (μ) or one of the i leaves
 * (iθ). This is the queue-length predictor of W. Whitt, "Predicting queueing delays" (Management
 * Science 45(6), 1999), called QLm by R. Ibrahim and W. Whitt, "Real-time delay estimation in
 * overloaded multiserver queues with abandonments" (Management Science 55(10), 2009); there the
 * service rate and the servers are given, here their product is observed. The last line turns the
 * mean into the median, which half of the waits exceed: Wilson and Hilferty's approximation for p
 * steps of like length ("The distribution of chi-square", PNAS 17, 1931).
 *
 * <p>A class that was seldom handed out leans on the average of all classes, and that one on a
 * handle time given beforehand. Nothing is kept over a restart: it begins with that handle time.
 *
 * <p>Not safe for use by several threads. An instant before the last one told counts as that one.
 *
 * @param <K> a class of callers, compared by {@code equals}
 */
public final class WaitEstimate<K> {
  /** No estimate is longer. */
  public static final Duration LONGEST = Duration.ofHours(24);

  /** Steps added one by one; the rest is integrated. */
  private static final int EXACT = 64;

  private static final double NANOS = 1e9;

  private final WaitSettings settings;
  private final Decay handing;
  private final Decay patience;
  private final AllClasses all;
  private final Map<K, HandOuts> classes = new LinkedHashMap<>();
  private int waiting;

  public WaitEstimate(WaitSettings settings) {
    this.settings = settings;
    this.handing = new Decay(settings.halfLife());
    this.patience = new Decay(settings.patienceHalfLife());
    this.all = new AllClasses(handing, settings.handleTime());
  }

  /** A caller begins to wait, or comes back from an agent who did not answer. */
  public void begins(K key, Instant at) {
    HandOuts of = opened(key, at);
    if (of != null) {
      of.begins(at);
      waiting++;
      of.shareOf(waiting);
    }
  }

  /** A waiting caller is handed to an agent. */
  public void handedOut(K key, Instant at) {
    HandOuts of = classes.get(key);
    if (of != null) {
      waiting -= of.waiting();
      of.handedOut(at);
      waiting += of.waiting();
      of.shareOf(waiting);
    }
  }

  /** A waiting caller goes without an agent: hangs up, or now wants something else. */
  public void leaves(K key, Instant at) {
    HandOuts of = classes.get(key);
    if (of != null) {
      waiting -= of.waiting();
      of.leaves(at);
      waiting += of.waiting();
      of.shareOf(waiting);
    }
  }

  /**
   * One who waited is not to be handed out for the time being, and has not given up: nobody may be
   * found for it until it {@linkplain #begins begins} again.
   */
  public void pauses(K key, Instant at) {
    HandOuts of = classes.get(key);
    if (of != null) {
      waiting -= of.waiting();
      of.pauses(at);
      waiting += of.waiting();
      of.shareOf(waiting);
    }
  }

  /**
   * How many agents fit a class and work, free or not. An owner tells this of all classes or of
   * none: without it, each class counts as one agent, and a change of staffing shows only in the
   * hand-outs. A class that is new, or was forgotten, begins with one; so tell it before {@link
   * #begins}.
   *
   * @param count 0 or more
   * @throws IllegalArgumentException when {@code count} is negative
   */
  public void agents(K key, int count, Instant at) {
    if (count < 0) {
      throw new IllegalArgumentException("agents: must be 0 or more, got " + count);
    }
    HandOuts of = opened(key, at);
    if (of != null) {
      of.agents(count, at);
    }
  }

  /** Whether anything was observed, or given beforehand, that an estimate could be made of. */
  public boolean isKnown(Instant now) {
    return all.perAgent(now) > 0;
  }

  /** Classes kept at present. */
  public int classes() {
    return classes.size();
  }

  /**
   * How long a caller will wait when no agent is free.
   *
   * @param position in its class, 1 is next
   * @return 0 to {@link #LONGEST}, not less than for a lower position; empty while not {@linkplain
   *     #isKnown known}
   */
  public Optional<Duration> estimate(K key, int position, Instant now) {
    return estimate(key, position, 0, now);
  }

  /**
   * How long a caller will wait; changes nothing.
   *
   * @param position in its class, 1 is next
   * @param free agents who fit and are free; whoever they suffice for does not wait
   * @return 0 to {@link #LONGEST}, not less than for a lower position; empty for those who wait
   *     while not {@linkplain #isKnown known}
   * @throws IllegalArgumentException when {@code position} or {@code free} is out of range
   */
  public Optional<Duration> estimate(K key, int position, int free, Instant now) {
    if (position < 1) {
      throw new IllegalArgumentException("position: must be 1 or more, got " + position);
    }
    if (free < 0) {
      throw new IllegalArgumentException("free: must be 0 or more, got " + free);
    }
    if (position <= free) {
      return Optional.of(Duration.ZERO);
    }
    double prior = all.perAgent(now);
    if (prior <= 0) {
      return Optional.empty();
    }
    double seconds = seconds(classes.get(key), prior, position - free, now);
    double capped = Math.min(seconds, Decay.seconds(LONGEST));
    return Optional.of(Duration.ofNanos(Math.round(capped * NANOS)));
  }

  private double seconds(@Nullable HandOuts of, double prior, int position, Instant now) {
    if (of == null) {
      return median(prior * all.agents(), 0, position);
    }
    double leaving = of.givingUp(now);
    int among = of.waiting();
    double within =
        among == 0
            ? 0
            : median(of.rate(prior, among, waiting, now), leaving, Math.min(position, among));
    if (position <= among) {
      return within;
    }
    // One more would come. It does not wait less than those before it, though its class's share
    // grows by it.
    return Math.max(within, median(of.rate(prior, among + 1, waiting + 1, now), leaving, position));
  }

  /** The median of the time until a place is reached: see the class comment. */
  private static double median(double rate, double leaving, int position) {
    double sum = 0;
    int steps = Math.min(position, EXACT);
    for (int i = 0; i < steps; i++) {
      sum += 1 / (rate + i * leaving);
    }
    if (position > steps) {
      // Midpoint rule backwards: the sum over i is close to the integral from steps − ½.
      double from = rate + (steps - 0.5) * leaving;
      double more = (double) position - steps;
      double growth = more * leaving / from;
      sum += growth > 1e-9 ? Math.log1p(growth) / leaving : more / from;
    }
    double towards = 1 - 1 / (9.0 * position);
    return sum * towards * towards * towards;
  }

  /** The class, begun if need be; null when there is no room for one more. */
  private @Nullable HandOuts opened(K key, Instant at) {
    HandOuts known = classes.get(key);
    if (known != null) {
      return known;
    }
    classes.values().removeIf(of -> of.isIdleFor(settings.forgetAfter(), at));
    if (classes.size() >= settings.mostClasses() && !forgetLongestIdle()) {
      return null;
    }
    HandOuts opened = new HandOuts(all, settings, handing, patience, at);
    classes.put(key, opened);
    return opened;
  }

  private boolean forgetLongestIdle() {
    @Nullable K longest = null;
    @Nullable Instant since = null;
    for (Map.Entry<K, HandOuts> entry : classes.entrySet()) {
      HandOuts of = entry.getValue();
      if (of.waiting() == 0 && (since == null || of.last().isBefore(since))) {
        longest = entry.getKey();
        since = of.last();
      }
    }
    return longest != null && classes.remove(longest) != null;
  }
}
