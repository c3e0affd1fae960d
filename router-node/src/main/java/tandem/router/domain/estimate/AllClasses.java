package tandem.router.domain.estimate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Single owner of what was observed of all classes together: what an average class is like. */
final class AllClasses {
  /** Of a handle time given beforehand, in hand-outs. */
  private static final double PRIOR_HAND_OUTS = 3;

  /** Weighed hand-outs below which nothing is known: one of 3.3 half-lives ago. */
  private static final double LEAST_HAND_OUTS = 0.1;

  private final Decay decay;
  private final @Nullable Duration handleTime;
  private Instant last = Instant.MIN;
  private double handOuts;

  /** Weighed seconds with a backlog, summed over classes. */
  private double classSeconds;

  /** The same, times agents. */
  private double agentSeconds;

  AllClasses(Decay decay, @Nullable Duration handleTime) {
    this.decay = decay;
    this.handleTime = handleTime;
  }

  /** A class had a backlog; both are weighed as of {@code at}. */
  void busy(double seconds, double withAgents, Instant at) {
    advance(at);
    classSeconds += seconds;
    agentSeconds += withAgents;
  }

  void handedOut(Instant at) {
    advance(at);
    handOuts++;
  }

  /** Hand-outs per second and agent of a class with a backlog; 0 when nothing is known. */
  double perAgent(Instant now) {
    double kept = decay.kept(Decay.seconds(last, now));
    if (handleTime != null) {
      return (handOuts * kept + PRIOR_HAND_OUTS)
          / (agentSeconds * kept + PRIOR_HAND_OUTS * Decay.seconds(handleTime));
    }
    return handOuts * kept < LEAST_HAND_OUTS ? 0 : handOuts / agentSeconds;
  }

  /** Agents who fit an average class; 1 when nothing is known. */
  double agents() {
    return classSeconds > 0 ? agentSeconds / classSeconds : 1;
  }

  private void advance(Instant at) {
    double kept = decay.kept(Decay.seconds(last, at));
    handOuts *= kept;
    classSeconds *= kept;
    agentSeconds *= kept;
    if (at.isAfter(last)) {
      last = at;
    }
  }
}
