package tandem.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/**
 * A queue's callers with 200 different requirements and its agents with many different skills; the
 * same ones in every run.
 */
final class MatcherScene {
  static final int REQUIREMENTS = 200;

  private static final TenantId TENANT = new TenantId("bench");
  private static final int SKILLS = 20;
  private static final int SKILLS_OF_ONE = 6;
  private static final int PRIORITY = 50;
  private static final Duration BETWEEN = Duration.ofNanos(100_000);

  final Matcher<Long> matcher = new Matcher<>(QueueRule.of(QueueSettings.DEFAULT), "support", 1, 0);
  private final SplittableRandom random = new SplittableRandom(20_260_101);
  private final Traits[] traits;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long calls;

  MatcherScene(int agents, int free) {
    this.traits = new Traits[agents];
    for (int i = 0; i < agents; i++) {
      traits[i] = anyTraits();
      matcher.agent(id(i), standing(traits[i], free));
    }
  }

  Instant now() {
    return now;
  }

  void timePasses() {
    now = now.plus(BETWEEN);
  }

  int anyAgent() {
    return random.nextInt(traits.length);
  }

  static AgentId id(int agent) {
    return new AgentId(TENANT, "a" + agent);
  }

  /** An agent as it is, with so many slots free. */
  Standing standing(int agent, int free) {
    return standing(traits[agent], free);
  }

  Standing standing(Traits of, int free) {
    return new Standing(of, free, now, 0, Duration.ZERO, now);
  }

  /** The agent has learned and forgotten. */
  void learns(int agent) {
    traits[agent] = anyTraits();
  }

  Traits anyTraits() {
    return traits("s", SKILLS);
  }

  /** Skills that nobody requires. */
  Traits uselessTraits() {
    return traits("other", SKILLS);
  }

  private Traits traits(String prefix, int among) {
    Map<String, Integer> skills = new TreeMap<>();
    for (int i = 0; i < SKILLS_OF_ONE; i++) {
      skills.put(prefix + random.nextInt(among), 1 + random.nextInt(Traits.HIGHEST_SKILL));
    }
    return Traits.of(skills, List.of("en"), List.of("t" + random.nextInt(10)), Attributes.NONE);
  }

  /** So many callers wait, with any of the requirements. */
  void crowd(int waiting) {
    for (int i = 0; i < waiting; i++) {
      matcher.put(caller(anyRequirement()));
    }
  }

  /** So many callers wait whom no agent fits, with as many requirements. */
  void hopeless(int waiting) {
    for (int i = 0; i < waiting; i++) {
      matcher.put(caller(wants("skill('none') > " + i % REQUIREMENTS)));
    }
  }

  /** The first caller of each makes the queue judge all agents: no part of later decisions. */
  void seeEachRequirement() {
    for (int i = 0; i < REQUIREMENTS; i++) {
      Waiter<Long> caller = caller(requirement(i));
      matcher.put(caller);
      if (matcher.next(now).isEmpty()) {
        throw new IllegalStateException("nobody fits requirement " + i);
      }
      matcher.remove(caller.id());
    }
  }

  Waiter<Long> caller(Wants wants) {
    calls++;
    return new Waiter<>(calls, wants, PRIORITY, now, null, Set.of());
  }

  Wants anyRequirement() {
    return requirement(random.nextInt(REQUIREMENTS));
  }

  /** Each skill at each level. */
  private static Wants requirement(int number) {
    return wants("skill('s" + number % SKILLS + "') > " + number / SKILLS);
  }

  private static Wants wants(String require) {
    return new Wants(require, "", Collections.emptySortedMap());
  }
}
