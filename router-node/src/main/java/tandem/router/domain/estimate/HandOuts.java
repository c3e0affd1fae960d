package tandem.router.domain.estimate;

import java.time.Duration;
import java.time.Instant;

/**
 * Single owner of what was observed of one class: how fast it is handed out while it has a backlog,
 * and how fast its callers give up. Counts and times lose half their weight each half-life.
 *
 * <p>Hand-outs are counted only once there has been a backlog for a grace time, and so is the time.
 * Callers who find an agent at once say how fast the machine is, not how fast agents come free;
 * numerator and denominator leave out the same stretches, so the quotient is not skewed.
 *
 * <p>How much agents are shared with other classes shows in the hand-outs: either the rate does not
 * depend on what share of those who wait are of this class (exponent 0: agents of its own), or it
 * is proportional to it (exponent 1: one line for all), or something between. Each exponent is
 * fitted, and they are weighed by how likely they make the hand-outs seen: with rate r·agents·s^g
 * at share s, a Poisson process has log-likelihood Σ log(r·s^g) − r·∫ agents·s^g dt.
 */
final class HandOuts {
  private static final double[] EXPONENTS = {0, 0.25, 0.5, 0.75, 1};

  /** Of the rate a class leans on, in hand-outs. */
  private static final double PRIOR_HAND_OUTS = 10;

  /** Of the belief that nobody gives up, in seconds of waiting. */
  private static final double PRIOR_WAITED = 300;

  private static final double LEAST_SHARE = 1e-3;

  private final AllClasses all;
  private final double grace;
  private final Decay handing;
  private final Decay patience;
  private Instant last;
  private Instant backlogSince;
  private int waiting;
  private int agents = 1;
  private double share = 1;

  /** Weighed hand-outs from the backlog. */
  private double handOuts;

  /** Weighed logarithms of the shares at these. */
  private double logShares;

  /** Weighed agent-seconds with a backlog, times share to the power of each exponent. */
  private final double[] busy = new double[EXPONENTS.length];

  /** Weighed callers who left without an agent. */
  private double left;

  /** Weighed seconds of waiting, summed over callers. */
  private double waited;

  HandOuts(AllClasses all, WaitSettings settings, Decay handing, Decay patience, Instant now) {
    this.all = all;
    this.grace = Decay.seconds(settings.grace());
    this.handing = handing;
    this.patience = patience;
    this.last = now;
    this.backlogSince = now;
  }

  void begins(Instant at) {
    advance(at);
    if (waiting == 0) {
      backlogSince = last;
    }
    waiting++;
  }

  void handedOut(Instant at) {
    advance(at);
    if (waiting > 0 && agents > 0 && backlogged() > grace) {
      handOuts++;
      logShares += Math.log(share);
      all.handedOut(last);
    }
    goes();
  }

  void leaves(Instant at) {
    advance(at);
    if (waiting > 0) {
      left++;
    }
    goes();
  }

  /** Goes without an agent, and not because it gave up. */
  void pauses(Instant at) {
    advance(at);
    goes();
  }

  void agents(int count, Instant at) {
    advance(at);
    agents = count;
  }

  /**
   * What of those who wait are of this class from now on. Told with this class's own events only:
   * what happens to others between two of them is left out, which keeps each event cheap.
   */
  void shareOf(int total) {
    share = share(waiting, total);
  }

  int waiting() {
    return waiting;
  }

  boolean isIdleFor(Duration time, Instant now) {
    return waiting == 0 && !last.plus(time).isAfter(now);
  }

  Instant last() {
    return last;
  }

  /**
   * Hand-outs per second with a backlog, at present; 0 when no agent fits.
   *
   * @param prior hand-outs per second and agent to lean on, above 0
   * @param ofClass who waits of this class
   * @param ofAll who waits of all classes
   */
  double rate(double prior, int ofClass, int ofAll, Instant now) {
    double since = Decay.seconds(last, now);
    double kept = handing.kept(since);
    double more = busyFor(since);
    double count = handOuts * kept;
    double shareNow = share(ofClass, ofAll);
    double[] rates = new double[EXPONENTS.length];
    double[] likelihoods = new double[EXPONENTS.length];
    double best = Double.NEGATIVE_INFINITY;
    double plain = busy[0] * kept + more;
    for (int i = 0; i < EXPONENTS.length; i++) {
      double time = busy[i] * kept + more * Math.pow(share, EXPONENTS[i]);
      double powerNow = Math.pow(shareNow, EXPONENTS[i]);
      // The prior is a rate at the shares usually seen; before any, at the present one.
      double usual = (time + powerNow) / (plain + 1);
      double rate = (count + PRIOR_HAND_OUTS) / (time + PRIOR_HAND_OUTS / prior * usual);
      rates[i] = rate * powerNow;
      likelihoods[i] = count * Math.log(rate) + EXPONENTS[i] * logShares * kept - rate * time;
      best = Math.max(best, likelihoods[i]);
    }
    double weights = 0;
    double sum = 0;
    for (int i = 0; i < EXPONENTS.length; i++) {
      double weight = Math.exp(likelihoods[i] - best);
      weights += weight;
      sum += weight * rates[i];
    }
    return agents * sum / weights;
  }

  /** Callers who give up, per second and waiting caller. */
  double givingUp(Instant now) {
    double since = Decay.seconds(last, now);
    double kept = patience.kept(since);
    return left * kept / (waited * kept + waiting * patience.integral(since) + PRIOR_WAITED);
  }

  private void goes() {
    // Callers of before a restart may go who were never seen to come.
    waiting = Math.max(0, waiting - 1);
  }

  private void advance(Instant at) {
    double since = Decay.seconds(last, at);
    if (since == 0) {
      return;
    }
    double more = busyFor(since);
    double kept = handing.kept(since);
    handOuts *= kept;
    logShares *= kept;
    for (int i = 0; i < EXPONENTS.length; i++) {
      busy[i] = busy[i] * kept + more * Math.pow(share, EXPONENTS[i]);
    }
    double stays = patience.kept(since);
    left *= stays;
    waited = waited * stays + waiting * patience.integral(since);
    last = at;
    if (more > 0) {
      all.busy(more / agents, more, at);
    }
  }

  /** Agent-seconds with a backlog in the stretch from {@code last} on, weighed as of its end. */
  private double busyFor(double since) {
    if (waiting == 0) {
      return 0;
    }
    double counted = Math.min(since, backlogged() + since - grace);
    return counted <= 0 ? 0 : agents * handing.integral(counted);
  }

  private double backlogged() {
    return Decay.seconds(backlogSince, last);
  }

  private static double share(int ofClass, int ofAll) {
    return Math.max(LEAST_SHARE, Math.min(1, ofClass / (double) Math.max(1, ofAll)));
  }
}
