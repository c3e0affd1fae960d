package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.estimate.WaitEstimate;
import tandem.router.domain.estimate.WaitSettings;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;

/** One queue's day: who stands in it, who serves it, and what is counted of it. */
final class Desk {
  private final String name;
  private final QueueRule rule;
  private final Matcher<Integer> matcher;
  private final Tallies tallies = new Tallies();
  private final List<SimAgent> members = new ArrayList<>();

  /** Null when no limit asks for it. */
  private final @Nullable WaitEstimate<Wants> estimate;

  private final Map<Wants, Integer> classes = new HashMap<>();

  /** Callers on the line: limits are about them. */
  private int standing;

  /** When it will look again by itself; null when it need not. */
  @Nullable Instant looksAt;

  Desk(String name, QueueRule rule, Matcher<Integer> matcher) {
    this.name = name;
    this.rule = rule;
    this.matcher = matcher;
    this.estimate =
        rule.limits().estimatedWait() == null ? null : new WaitEstimate<>(WaitSettings.STANDARD);
  }

  String name() {
    return name;
  }

  QueueRule rule() {
    return rule;
  }

  Matcher<Integer> matcher() {
    return matcher;
  }

  Tallies tallies() {
    return tallies;
  }

  List<SimAgent> members() {
    return members;
  }

  void hasMember(SimAgent agent, Instant now) {
    members.add(agent);
    agent.serves(this);
    hears(agent, now);
  }

  /** An agent has changed. */
  void hears(SimAgent agent, Instant now) {
    if (agent.isOnShift()) {
      matcher.agent(agent.id(), agent.standing(now));
    } else {
      matcher.forget(agent.id());
    }
  }

  /** What becomes of a caller for whom there is no place; empty when there is one. */
  Optional<Action> refusal(Wants wants, Instant now) {
    QueueRule.Limits limits = rule.limits();
    Duration most = limits.estimatedWait();
    if (standing >= limits.length()) {
      return Optional.of(limits.onLength());
    }
    return most == null || estimated(wants, now).compareTo(most) <= 0
        ? Optional.empty()
        : Optional.of(limits.onEstimatedWait());
  }

  /** A caller came and got no place. */
  void refused() {
    tallies.offered();
    tallies.redirected();
  }

  /** A caller takes a place. */
  void enters(Wants wants, Instant now) {
    standing++;
    tallies.offered();
    tallies.length(standing);
    takes(wants, now);
  }

  /**
   * A caller who is to be called back takes a place, whatever the limits say.
   *
   * @param stood whether it gave up a place here for that, which is counted already
   */
  void promised(boolean stood, Wants wants, Instant now) {
    if (!stood) {
      tallies.offered();
    }
    tallies.promised();
    takes(wants, now);
  }

  private void takes(Wants wants, Instant now) {
    if (estimate != null) {
      estimate.agents(wants, matcher.fitting(wants), now);
    }
    begins(wants, now);
  }

  /**
   * A caller gives its place up.
   *
   * @param onTheLine false for one who is to be called back
   */
  void leaves(boolean onTheLine) {
    standing -= onTheLine ? 1 : 0;
  }

  /** A caller who has a place waits for an agent, from now on or again. */
  void begins(Wants wants, Instant now) {
    if (estimate != null) {
      classes.merge(wants, 1, Integer::sum);
      estimate.begins(wants, now);
    }
  }

  /** A caller who waited is handed to an agent. */
  void handsOut(Wants wants, Instant now) {
    if (estimate != null) {
      classes.merge(wants, -1, Integer::sum);
      estimate.handedOut(wants, now);
    }
  }

  /** A caller who waited does so no longer, for another reason. */
  void stops(Wants wants, Instant now) {
    if (estimate != null) {
      classes.merge(wants, -1, Integer::sum);
      estimate.leaves(wants, now);
    }
  }

  /** How long one more caller who wants this would wait; zero while nothing is known. */
  private Duration estimated(Wants wants, Instant now) {
    int before = classes.getOrDefault(wants, 0);
    if (estimate == null || (before == 0 && matcher.available() > 0)) {
      return Duration.ZERO;
    }
    return estimate.estimate(wants, before + 1, now).orElse(Duration.ZERO);
  }
}
