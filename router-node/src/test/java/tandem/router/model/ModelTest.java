package tandem.router.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.Presence;
import tandem.router.domain.Strategy;

/**
 * Random histories of callers, agents, clocks, loss, repeats, delays, crashes of any entity and of
 * all at once, link and switch faults. In each step no phone has more legs than its agent's
 * capacity and no caller two agents; once the faults are over, all that was begun comes to its end.
 *
 * <p>{@code -Dtandem.model.histories} says how many, {@code -Dtandem.model.seed} repeats one. Each
 * run plays new ones and prints the seeds.
 */
class ModelTest {
  private static final long CHAOS_MILLIS = 90_000;
  private static final long QUIET_MILLIS = 600_000;

  /** People go on for a while after the faults are over. */
  private static final long ACTING_MILLIS = 150_000;

  private static final Duration SAME_MOMENT = Duration.ofMillis(50);

  @Test
  void shouldKeepItsPromisesInEveryRandomHistory() {
    Long only = Long.getLong("tandem.model.seed");
    if (only != null) {
      run(only);
      return;
    }
    int histories = Integer.getInteger("tandem.model.histories", 1000);
    long first = 1L + new Random().nextInt(Integer.MAX_VALUE);
    System.out.printf("ModelTest: histories of seeds %d to %d%n", first, first + histories - 1);
    for (long seed = first; seed < first + histories; seed++) {
      run(seed);
    }
    System.out.println("ModelTest: answers " + ModelWorld.ANSWERS);
  }

  private static void run(long seed) {
    ModelWorld world = new ModelWorld(seed);
    try {
      play(world);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("history " + seed + ": " + e.getMessage() + "\n" + world.story(), e);
    }
  }

  private static void play(ModelWorld world) {
    Strategy strategy = world.faults.chance(0.5) ? Strategy.LONGEST_IDLE : Strategy.ROUND_ROBIN;
    world.addQueue("support", strategy);
    world.addQueue("sales", strategy);
    int capacity = world.faults.chance(0.3) ? 2 : 1;
    world.addAgent("ann", capacity, List.of("support"));
    world.addAgent("bob", capacity, List.of("support", "sales"));
    world.addAgent("cho", 1, List.of("sales"));
    world.controlled = world.faults.chance(0.6);
    if (world.controlled) {
      world.addAgent("sue", 1, List.of());
      world.clock.in(world.faults.between(0, 5000), () -> world.people.actUntil(ACTING_MILLIS));
      for (int i = world.faults.random.nextInt(4); i > 0; i--) {
        world.clock.in(world.faults.between(0, 120_000), world.people::place);
      }
    }
    boolean planned = world.faults.chance(0.6);
    if (planned) {
      publishPlans(world);
    }
    world.clock.in(10_000, world.link::everyTenSeconds);
    int callers = (int) world.faults.between(1, 10);
    for (int i = 0; i < callers; i++) {
      world.clock.in(world.faults.between(0, world.controlled ? 100_000 : 60_000), world::arrive);
    }
    world.faults.start();
    planFaults(world);
    world.clock.runUntil(CHAOS_MILLIS, () -> {});

    boolean exact = world.faults.none();
    world.faults.stop();
    world.link.connect();
    everybodyWorks(world);
    world.clock.in(20_000, world.checks::look);
    world.clock.in(100_000, world.people::lookAgain);
    world.clock.runUntil(CHAOS_MILLIS + QUIET_MILLIS, () -> {});
    assertQuiet(world);
    if (exact && !planned && !world.controlled) {
      assertOrder(world);
    }
  }

  /** The first plan is there before anybody calls; others are published while callers wait. */
  private static void publishPlans(ModelWorld world) {
    ModelPlans plans =
        new ModelPlans(
            world.faults.random, List.of("support", "sales"), List.of("ann", "bob", "cho"));
    world.publish(plans.draw());
    for (int i = world.faults.random.nextInt(4); i > 0; i--) {
      world.clock.in(
          world.faults.between(0, (int) CHAOS_MILLIS), () -> world.publish(plans.draw()));
    }
  }

  private static void planFaults(ModelWorld world) {
    for (var agent : world.agents.values()) {
      for (int i = 0; i < 3; i++) {
        Presence presence = List.of(Presence.values()).get(world.faults.random.nextInt(3));
        world.clock.in(
            world.faults.between(0, (int) CHAOS_MILLIS),
            () -> agent.deliver(new Agent.SetPresence(presence, null, null)));
        world.clock.in(
            world.faults.between(0, (int) CHAOS_MILLIS),
            () -> agent.deliver(new Agent.SetPresence(Presence.READY, null, null)));
      }
    }
    if (world.faults.none()) {
      return;
    }
    for (int i = 0; i < 4; i++) {
      world.clock.in(world.faults.between(0, (int) CHAOS_MILLIS), world::crashSomething);
    }
    if (world.faults.switchFault(0.6)) {
      world.clock.in(world.faults.between(0, (int) CHAOS_MILLIS), world::totalRestart);
    }
    if (world.faults.switchFault(0.6)) {
      long at = world.faults.between(0, (int) CHAOS_MILLIS);
      world.clock.in(at, world.link::disconnect);
      world.clock.in(at + world.faults.between(100, 80_000), world.link::connect);
    }
    if (world.faults.switchFault(0.4)) {
      world.clock.in(world.faults.between(0, (int) CHAOS_MILLIS), world.link::crash);
    }
    if (world.faults.switchFault(0.2)) {
      world.clock.in(world.faults.between(0, (int) CHAOS_MILLIS), world.freeSwitch::restart);
    }
  }

  /** From now on every agent is ready, again whenever something made it not ready. */
  private static void everybodyWorks(ModelWorld world) {
    world
        .agents
        .values()
        .forEach(agent -> agent.deliver(new Agent.SetPresence(Presence.READY, null, null)));
    world.clock.in(5_000, () -> everybodyWorks(world));
  }

  private static void assertQuiet(ModelWorld world) {
    world.checks.assertOnce();
    world.checks.assertLotsEmpty();
    assertThat(world.freeSwitch.channels.keySet()).as("channels alive").isEmpty();
    world.calls.forEach(
        (id, call) -> {
          // A caller who came and went while no link was there is nobody's call.
          boolean known = world.link.carried.containsKey(id) || !call.journal.isEmpty();
          if (known) {
            assertThat(call.state().closed()).as("%s is closed", id).isTrue();
            assertThat(world.recorded.get(id))
                .as("how much of %s the record has", id)
                .isGreaterThanOrEqualTo(call.state().recordable());
          }
        });
    world.calls.values().stream()
        .flatMap(call -> call.journal.stream())
        .filter(Call.CallbackPromised.class::isInstance)
        .map(event -> ((Call.CallbackPromised) event).callback())
        .forEach(id -> assertThat(world.calls.get(id).journal).as("callback %s", id).isNotEmpty());
    assertThat(world.link.carried.keySet()).as("calls the link carries").isEmpty();
    world.agents.forEach(
        (id, agent) -> assertThat(agent.state().offers()).as("offers of %s", id).isEmpty());
    world.queues.forEach(
        (id, queue) ->
            assertThat(queue.state().snapshot().places()).as("places of %s", id).isEmpty());
  }

  /**
   * Without faults, callers of one queue are first offered in the order in which they came; two who
   * come within the time of a few messages are in the order in which they reached the queue.
   */
  private static void assertOrder(ModelWorld world) {
    world.firstOffers.stream()
        .filter(call -> !isCalledBack(world, call))
        .collect(
            Collectors.groupingBy(call -> world.calls.get(call).state().stay().queues().get(0)))
        .forEach(
            (queue, offered) -> {
              Instant latest = Instant.EPOCH;
              for (CallId call : offered) {
                Instant since = world.calls.get(call).state().stay().since();
                assertThat(since)
                    .as("%s overtaken in %s", call, queue)
                    .isAfterOrEqualTo(latest.minus(SAME_MOMENT));
                latest = since.isAfter(latest) ? since : latest;
              }
            });
  }

  /** Between the promise and the callback's own place others may come first. */
  private static boolean isCalledBack(ModelWorld world, CallId call) {
    return world.calls.get(call).journal.stream()
        .anyMatch(
            event ->
                event instanceof Call.CallbackPromised
                    || (event instanceof Call.Arrived arrived
                        && arrived.arrival().callback() != null));
  }
}
