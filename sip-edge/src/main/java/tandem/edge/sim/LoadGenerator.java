package tandem.edge.sim;

import java.util.Random;

/**
 * Places a plan's calls on time; when the loop was late, those due are placed at once, so that the
 * rate holds.
 */
final class LoadGenerator {

  private final SwitchCore core;
  private final Switch owner;
  private final LoadPlan plan;
  private final Random random;
  private final long start = System.nanoTime();
  private double dueNanos;
  private long placed;
  private boolean stopped;

  LoadGenerator(SwitchCore core, Switch owner, LoadPlan plan) {
    this.core = core;
    this.owner = owner;
    this.plan = plan;
    this.random = new Random(plan.seed());
  }

  long placed() {
    return placed;
  }

  boolean done() {
    return stopped || placed >= plan.calls();
  }

  void stop() {
    stopped = true;
  }

  void run() {
    while (!done() && start + (long) dueNanos <= System.nanoTime()) {
      String to = plan.to().get((int) (placed % plan.to().size()));
      owner.call(
          java.util.UUID.randomUUID().toString(),
          plan.fromPrefix() + String.format(java.util.Locale.ROOT, "%07d", placed % 10_000_000),
          to,
          plan.caller(),
          random);
      placed++;
      double gap = 1e9 / plan.rate();
      dueNanos += plan.poisson() ? -Math.log(1 - random.nextDouble()) * gap : gap;
    }
    if (!done()) {
      core.loop().afterNanos(start + (long) dueNanos - System.nanoTime(), this::run);
    }
  }
}
