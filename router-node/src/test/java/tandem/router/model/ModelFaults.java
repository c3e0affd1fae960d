package tandem.router.model;

import java.util.Random;

/** How badly a history is treated; {@link #stop()} makes everything kind from then on. */
final class ModelFaults {
  final Random random;
  private double loss;
  private double repeat;
  private double late;
  private double crash;
  private double switchFault;
  private boolean active;
  private boolean kind;

  ModelFaults(Random random) {
    this.random = random;
    // One history in four has no faults at all: there the order of hand-outs is exact.
    if (random.nextInt(4) > 0) {
      loss = random.nextDouble() * 0.15;
      repeat = random.nextDouble() * 0.15;
      late = random.nextDouble() * 0.1;
      crash = random.nextDouble() * 0.03;
      switchFault = random.nextDouble();
    }
  }

  /** The faults begin, once everybody is there. */
  void start() {
    active = true;
  }

  void stop() {
    active = false;
    kind = true;
  }

  boolean none() {
    return loss == 0 && repeat == 0 && late == 0 && crash == 0 && switchFault == 0;
  }

  boolean loses() {
    return active && chance(loss);
  }

  boolean repeats() {
    return active && chance(repeat);
  }

  boolean crashes() {
    return active && chance(crash);
  }

  boolean switchFault(double scale) {
    return active && chance(switchFault * scale);
  }

  boolean kind() {
    return kind;
  }

  long delay() {
    return active && chance(late) ? random.nextInt(4000) : 1 + random.nextInt(8);
  }

  long between(int least, int most) {
    return (long) least + random.nextInt(most - least + 1);
  }

  boolean chance(double p) {
    return random.nextDouble() < p;
  }
}
