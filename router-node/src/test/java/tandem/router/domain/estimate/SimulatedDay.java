package tandem.router.domain.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/**
 * A day in a queue with several classes of callers who share some agents: Poisson arrivals,
 * exponential patience, first come first served among those an agent fits. Times are seconds from
 * the day's start; the same seed gives the same day.
 */
final class SimulatedDay {
  /**
   * @param arrivals callers a second at a time of day, for each class
   * @param teams who serves which classes
   * @param handleTime seconds of one call begun at a time of day
   * @param pause seconds an agent takes between two calls: ringing, notes, breaks
   * @param watched the first so many classes are this queue's; estimators see nothing of the others
   */
  record Scenario(
      String name,
      double length,
      List<DoubleUnaryOperator> arrivals,
      List<Team> teams,
      Draw handleTime,
      Draw pause,
      double meanPatience,
      int watched) {
    Scenario with(Draw handleTimes) {
      return new Scenario(name, length, arrivals, teams, handleTimes, pause, meanPatience, watched);
    }

    Scenario pausing(Draw pauses) {
      return new Scenario(name, length, arrivals, teams, handleTime, pauses, meanPatience, watched);
    }

    Scenario patience(double mean) {
      return new Scenario(name, length, arrivals, teams, handleTime, pause, mean, watched);
    }
  }

  /** Agents who serve the same classes, and how many of them work from when on. */
  record Team(List<Integer> serves, List<Shift> shifts) {}

  record Shift(double from, int agents) {}

  /** Seconds for a call of a class. */
  interface Draw {
    double draw(SplitMix random, int of, double now);
  }

  /**
   * What a caller finds on arriving.
   *
   * @param position in its class, 1 is next
   * @param agents who fit it and work
   */
  record Arrival(
      int of, int position, int agents, int positionOfAll, int agentsOfAll, double now) {}

  /** Somebody who watches the queue and is asked at each arrival that has to wait. */
  interface Estimator {
    default void begins(int of, double now) {}

    default void handedOut(int of, double waited, double now) {}

    default void leaves(int of, double now) {}

    default void handled(double seconds) {}

    default void agents(int of, int count, double now) {}

    double estimate(Arrival arrival);
  }

  /** A served caller who had to wait: what each estimator said, and what came true. */
  record Wait(List<Double> estimates, double seconds) {}

  private record Event(double at, long number, Runnable what) {}

  private static final class Waiting {
    final int of;
    final long number;
    final double since;
    List<Double> estimates = List.of();

    Waiting(int of, long number, double since) {
      this.of = of;
      this.number = number;
      this.since = since;
    }
  }

  /** A second, of any class. */
  private static final double MOST_ARRIVALS = 0.25;

  private final Scenario scenario;
  private final SplitMix random;
  private final List<Estimator> estimators;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparing(Event::number));
  private final List<TreeSet<Waiting>> queues = new ArrayList<>();
  private final int[] on;
  private final int[] busy;
  private final List<Wait> waits = new ArrayList<>();
  private long numbers;
  private double now;

  private SimulatedDay(Scenario scenario, long seed, List<Estimator> estimators) {
    this.scenario = scenario;
    this.random = new SplitMix(seed);
    this.estimators = estimators;
    this.on = new int[scenario.teams().size()];
    this.busy = new int[scenario.teams().size()];
  }

  /** Every served caller who had to wait, in the order they were served. */
  static List<Wait> run(Scenario scenario, long seed, List<Estimator> estimators) {
    return new SimulatedDay(scenario, seed, estimators).run();
  }

  private List<Wait> run() {
    for (int of = 0; of < scenario.arrivals().size(); of++) {
      queues.add(new TreeSet<>(Comparator.comparingLong(w -> w.number)));
      nextArrival(of, 0);
    }
    for (int team = 0; team < on.length; team++) {
      int which = team;
      for (Shift shift : scenario.teams().get(team).shifts()) {
        at(shift.from(), () -> staff(which, shift.agents()));
      }
    }
    while (!events.isEmpty()) {
      Event event = events.remove();
      now = event.at();
      event.what().run();
    }
    return waits;
  }

  private void nextArrival(int of, double from) {
    double at = from;
    do { // thinned from a Poisson stream of the highest rate
      at += random.exponential(1 / MOST_ARRIVALS);
    } while (random.unit() * MOST_ARRIVALS >= scenario.arrivals().get(of).applyAsDouble(at));
    if (at < scenario.length()) {
      at(at, () -> arrives(of));
    }
  }

  private void arrives(int of) {
    nextArrival(of, now);
    Waiting caller = new Waiting(of, ++numbers, now);
    if (of < scenario.watched() && freeTeam(of) < 0) {
      caller.estimates = ask(of);
    }
    tell(of, e -> e.begins(of, now));
    int team = freeTeam(of);
    if (team >= 0) {
      serve(caller, team);
      return;
    }
    queues.get(of).add(caller);
    at(now + random.exponential(scenario.meanPatience()), () -> givesUp(caller));
  }

  private List<Double> ask(int of) {
    int all = queues.stream().limit(scenario.watched()).mapToInt(TreeSet::size).sum() + 1;
    int agents = 0;
    for (int team = 0; team < on.length; team++) {
      if (scenario.teams().get(team).serves().stream().anyMatch(c -> c < scenario.watched())) {
        agents += on[team];
      }
    }
    Arrival arrival = new Arrival(of, queues.get(of).size() + 1, agentsFor(of), all, agents, now);
    return estimators.stream().map(e -> e.estimate(arrival)).toList();
  }

  private void givesUp(Waiting caller) {
    if (queues.get(caller.of).remove(caller)) {
      tell(caller.of, e -> e.leaves(caller.of, now));
    }
  }

  private void staff(int team, int agents) {
    on[team] = agents;
    for (int of : scenario.teams().get(team).serves()) {
      int count = agentsFor(of);
      tell(of, e -> e.agents(of, count, now));
    }
    fill(team);
  }

  private void fill(int team) {
    while (busy[team] < on[team]) {
      Waiting first = null;
      for (int of : scenario.teams().get(team).serves()) {
        TreeSet<Waiting> queue = queues.get(of);
        if (!queue.isEmpty() && (first == null || queue.first().number < first.number)) {
          first = queue.first();
        }
      }
      if (first == null) {
        return;
      }
      queues.get(first.of).remove(first);
      serve(first, team);
    }
  }

  private void serve(Waiting caller, int team) {
    double waited = now - caller.since;
    tell(caller.of, e -> e.handedOut(caller.of, waited, now));
    if (!caller.estimates.isEmpty()) {
      waits.add(new Wait(caller.estimates, waited));
    }
    busy[team]++;
    double seconds = scenario.handleTime().draw(random, caller.of, now);
    at(now + seconds, () -> tell(caller.of, e -> e.handled(seconds)));
    at(
        now + seconds + scenario.pause().draw(random, caller.of, now),
        () -> {
          busy[team]--;
          fill(team);
        });
  }

  private void tell(int of, Consumer<Estimator> word) {
    if (of < scenario.watched()) {
      estimators.forEach(word);
    }
  }

  /** A free agent's team, those with fewer classes first; -1 when all who fit are busy. */
  private int freeTeam(int of) {
    int best = -1;
    for (int team = 0; team < on.length; team++) {
      List<Integer> serves = scenario.teams().get(team).serves();
      if (serves.contains(of)
          && busy[team] < on[team]
          && (best < 0 || serves.size() < scenario.teams().get(best).serves().size())) {
        best = team;
      }
    }
    return best;
  }

  private int agentsFor(int of) {
    int count = 0;
    for (int team = 0; team < on.length; team++) {
      if (scenario.teams().get(team).serves().contains(of)) {
        count += on[team];
      }
    }
    return count;
  }

  private void at(double time, Runnable what) {
    events.add(new Event(time, ++numbers, what));
  }
}
