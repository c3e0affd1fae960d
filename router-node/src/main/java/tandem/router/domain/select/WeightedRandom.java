package tandem.router.domain.select;

/**
 * Anybody, each as likely as its score says; who scores 0 or less only when nobody scores more.
 * Each draws from an exponential distribution with its score as the rate, and the lowest wins
 * (Efraimidis, Spirakis: "Weighted random sampling with a reservoir", 2006), so that the order
 * behind the first is weighted too.
 *
 * <ol>
 *   <li>a scores 3, b scores 1: over many draws a comes first about three times in four.
 *   <li>a scores 3, b scores 0: always a, b.
 *   <li>a scores 0, b scores -5: over many draws each comes first about half of the time.
 *   <li>The same seed, the same count of the draw, the same agents: the same order.
 * </ol>
 */
record WeightedRandom(long seed) implements Selection.Drawn {
  /** Above any lot of somebody with a score: -ln of the smallest fraction is below 37. */
  private static final double BEHIND = 100;

  @Override
  public double lot(Candidate candidate, long draw) {
    double fraction = Draws.fraction(seed, draw, candidate.mark());
    return candidate.score() > 0 ? -Math.log(fraction) / candidate.score() : BEHIND + fraction;
  }

  @Override
  public boolean scores() {
    return true;
  }
}
