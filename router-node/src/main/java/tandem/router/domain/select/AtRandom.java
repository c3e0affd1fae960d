package tandem.router.domain.select;

/**
 * Anybody, each as likely as the others. The same seed and draws give the same agents.
 *
 * <ol>
 *   <li>a, b, c free: over many draws each comes first about a third of the time.
 *   <li>The same seed, the same count of the draw, the same agents: the same order.
 *   <li>An agent who goes away does not change the order of the others.
 * </ol>
 */
record AtRandom(long seed) implements Selection.Drawn {
  @Override
  public double lot(Candidate candidate, long draw) {
    return Draws.fraction(seed, draw, candidate.mark());
  }
}
