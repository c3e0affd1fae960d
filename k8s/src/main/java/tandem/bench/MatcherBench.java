package tandem.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Matcher;
import tandem.router.domain.select.Matcher.Match;
import tandem.router.domain.select.Matcher.Standing;
import tandem.router.domain.select.Matcher.Waiter;

/**
 * The decisions of a queue alone, without the queue: callers with many different requirements,
 * agents with many different skills. Every round leaves as many callers and free agents as it
 * found.
 */
final class MatcherBench {
  private static final TenantId TENANT = new TenantId("bench");
  private static final int SKILLS = 20;
  private static final int SKILLS_OF_ONE = 6;
  private static final int REQUIREMENTS = 200;
  private static final int PRIORITY = 50;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SplittableRandom random = new SplittableRandom(20_260_101);
  private final Matcher<Long> matcher =
      new Matcher<>(QueueRule.of(QueueSettings.DEFAULT), "support", 1, 0);
  private final Traits[] traits;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long calls;

  private MatcherBench(int agents) {
    this.traits = new Traits[agents];
  }

  /** A caller comes while all agents are free, and callers wait whom none of them fits. */
  static DecisionResult callerComes(int agents, int waiting, Duration budget) {
    MatcherBench bench = new MatcherBench(agents);
    for (int i = 0; i < agents; i++) {
      bench.traits[i] = bench.anyTraits();
      bench.agent(i, 1);
    }
    for (int i = 0; i < waiting; i++) {
      bench.put(wants("skill('none') > " + i % REQUIREMENTS));
    }
    bench.seeEachRequirement();
    return bench.measure(among("a call arrives", agents, waiting), budget, bench::callerComes);
  }

  /** An agent gets free while all others are busy and callers wait. */
  static DecisionResult agentGetsFree(int agents, int waiting, Duration budget) {
    MatcherBench bench = crowded(agents, waiting);
    return bench.measure(
        among("an agent gets free", agents, waiting), budget, bench::agentGetsFree);
  }

  /** An agent who is busy learns and forgets while callers wait. */
  static DecisionResult agentChanges(int agents, int waiting, Duration budget) {
    MatcherBench bench = crowded(agents, waiting);
    return bench.measure(among("an agent changes", agents, waiting), budget, bench::agentChanges);
  }

  private static String among(String what, int agents, int waiting) {
    return "%s: %d agents, %d callers, %d requirements"
        .formatted(what, agents, waiting, REQUIREMENTS);
  }

  private static MatcherBench crowded(int agents, int waiting) {
    MatcherBench bench = new MatcherBench(agents);
    for (int i = 0; i < agents; i++) {
      bench.traits[i] = bench.anyTraits();
      bench.agent(i, 0);
    }
    for (int i = 0; i < waiting; i++) {
      bench.put(requirement(bench.random.nextInt(REQUIREMENTS)));
    }
    return bench;
  }

  /** The first caller of each makes the queue judge all agents: no part of later decisions. */
  private void seeEachRequirement() {
    for (int i = 0; i < REQUIREMENTS; i++) {
      long call = put(requirement(i));
      if (matcher.next(now).isEmpty()) {
        throw new IllegalStateException("nobody fits requirement " + i);
      }
      matcher.remove(call);
    }
  }

  private DecisionResult measure(String what, Duration budget, LongSupplier round) {
    long begin = System.nanoTime();
    long warm = begin + budget.toNanos() / 2;
    while (System.nanoTime() < warm) {
      next(round);
    }
    Histogram nanos = new Histogram(MAX_NANOS, 3);
    long end = begin + budget.toNanos();
    do {
      nanos.recordValue(Math.min(MAX_NANOS, next(round)));
    } while (System.nanoTime() < end);
    return DecisionResult.of(what, nanos);
  }

  private long next(LongSupplier round) {
    now = now.plusNanos(100_000);
    return round.getAsLong();
  }

  private long callerComes() {
    Wants wants = requirement(random.nextInt(REQUIREMENTS));
    long begin = System.nanoTime();
    long call = put(wants);
    Optional<Match<Long>> match = matcher.next(now);
    matcher.remove(call);
    match.ifPresent(found -> matcher.asked(found.agents().get(0)));
    long took = System.nanoTime() - begin;
    match.ifPresent(found -> matcher.answered(found.agents().get(0)));
    return took;
  }

  private long agentGetsFree() {
    int agent = random.nextInt(traits.length);
    long begin = System.nanoTime();
    agent(agent, 1);
    Optional<Match<Long>> match = matcher.next(now);
    long took = System.nanoTime() - begin;
    agent(agent, 0);
    match.ifPresent(
        found -> {
          matcher.remove(found.waiter().id());
          long unusedCall = put(found.waiter().wants());
        });
    return took;
  }

  private long agentChanges() {
    int agent = random.nextInt(traits.length);
    traits[agent] = anyTraits();
    long begin = System.nanoTime();
    agent(agent, 0);
    Optional<Match<Long>> none = matcher.next(now);
    long took = System.nanoTime() - begin;
    if (none.isPresent()) {
      throw new IllegalStateException("a busy agent was matched");
    }
    return took;
  }

  private void agent(int agent, int free) {
    AgentId id = new AgentId(TENANT, "a" + agent);
    matcher.agent(id, new Standing(traits[agent], free, now, 0, Duration.ZERO, now));
  }

  private long put(Wants wants) {
    calls++;
    matcher.put(new Waiter<>(calls, wants, PRIORITY, now, null, Set.of()));
    return calls;
  }

  private Traits anyTraits() {
    Map<String, Integer> skills = new TreeMap<>();
    for (int i = 0; i < SKILLS_OF_ONE; i++) {
      skills.put("s" + random.nextInt(SKILLS), 1 + random.nextInt(Traits.HIGHEST_SKILL));
    }
    return Traits.of(skills, List.of("en"), List.of("t" + random.nextInt(10)), Attributes.NONE);
  }

  /** Each skill at each level. */
  private static Wants requirement(int number) {
    return wants("skill('s" + number % SKILLS + "') > " + number / SKILLS);
  }

  private static Wants wants(String require) {
    return new Wants(require, "", Collections.emptySortedMap());
  }
}
