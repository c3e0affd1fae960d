package tandem.router.domain.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tandem.router.domain.estimate.SimulatedDay.Arrival;
import tandem.router.domain.estimate.SimulatedDay.Estimator;

/** What {@link WaitEstimate} is measured against, and itself in simulated time. */
final class Estimators {
  private Estimators() {}

  /** Ours: with or without being told how many agents fit. */
  static final class Observed implements Estimator {
    private static final Instant START = Instant.parse("2025-03-03T08:00:00Z");
    private final WaitEstimate<Integer> estimate;
    private final boolean countsAgents;

    Observed(WaitSettings settings, boolean countsAgents) {
      this.estimate = new WaitEstimate<>(settings);
      this.countsAgents = countsAgents;
    }

    @Override
    public void begins(int of, double now) {
      estimate.begins(of, at(now));
    }

    @Override
    public void handedOut(int of, double waited, double now) {
      estimate.handedOut(of, at(now));
    }

    @Override
    public void leaves(int of, double now) {
      estimate.leaves(of, at(now));
    }

    @Override
    public void agents(int of, int count, double now) {
      if (countsAgents) {
        estimate.agents(of, count, at(now));
      }
    }

    @Override
    public double estimate(Arrival arrival) {
      return estimate
          .estimate(arrival.of(), arrival.position(), at(arrival.now()))
          .map(Estimators::seconds)
          .orElseThrow();
    }

    private static Instant at(double seconds) {
      return START.plusNanos(Math.round(seconds * 1e9));
    }
  }

  /** Average handle time × position ÷ agents. */
  static final class HandleTimes implements Estimator {
    private final boolean ofAll;
    private double sum;
    private long calls;

    /**
     * @param ofAll position and agents of the whole queue instead of the caller's class
     * @param prior handle time believed before there is a call
     */
    HandleTimes(boolean ofAll, double prior) {
      this.ofAll = ofAll;
      this.sum = prior;
      this.calls = 1;
    }

    @Override
    public void handled(double seconds) {
      sum += seconds;
      calls++;
    }

    @Override
    public double estimate(Arrival a) {
      double average = sum / calls;
      return ofAll
          ? average * a.positionOfAll() / a.agentsOfAll()
          : average * a.position() / a.agents();
    }
  }

  /** Exponential average of the waits of those handed out of a class. */
  static final class RecentWaits implements Estimator {
    private final double weight;
    private final boolean onlyWaits;
    private final Map<Integer, Double> averages = new HashMap<>();

    /**
     * @param weight of the newest wait; 1 is "last to enter service"
     * @param onlyWaits leaves out callers who did not have to wait
     */
    RecentWaits(double weight, boolean onlyWaits) {
      this.weight = weight;
      this.onlyWaits = onlyWaits;
    }

    @Override
    public void handedOut(int of, double waited, double now) {
      if (waited > 0 || !onlyWaits) {
        averages.merge(of, waited, (old, newest) -> old + weight * (newest - old));
      }
    }

    @Override
    public double estimate(Arrival arrival) {
      return averages.getOrDefault(arrival.of(), 0.0);
    }
  }

  static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
