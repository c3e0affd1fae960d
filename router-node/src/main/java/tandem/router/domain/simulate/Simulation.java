package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Caller;
import tandem.router.domain.geo.Geography;
import tandem.router.domain.geo.Origin;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.simulate.SimulationReport.AgentFigures;
import tandem.router.domain.simulate.SimulationReport.Agents;
import tandem.router.domain.simulate.SimulationReport.Figures;
import tandem.router.domain.simulate.SimulationReport.Section;

/**
 * Replays calls against a plan and a staffing in simulated time, by the code that routes real
 * calls: {@link tandem.router.domain.plan.Router} runs the flows, {@link
 * tandem.router.domain.select.Matcher} brings callers and agents together, {@link
 * tandem.router.domain.estimate.WaitEstimate} says how long a wait would be. Messages between
 * machines take no time here, and announcements are not waited for.
 *
 * <p>One run uses one thread and ends with a report, or without one when {@link Progress} says so.
 * The same plan, traffic, staffing and options give the same report, on any machine.
 */
public final class Simulation {
  /** Calls between two words to {@link Progress}. */
  private static final int REPORT_EVERY = 500;

  private final PlanInForce plan;
  private final Traffic traffic;
  private final SimulationOptions options;
  private final Chance chance;
  private final Agenda agenda;
  private final Floor floor;
  private final Desks desks;
  private final Tallies all = new Tallies();
  private final Journey journey;
  private final Ringing ringing;
  private final List<SimCall> calls = new ArrayList<>();

  private Simulation(
      PlanInForce plan,
      Traffic traffic,
      Staffing staffing,
      SimulationOptions options,
      Witness witness) {
    this.plan = plan;
    this.options = options;
    this.chance = new Chance(options.seed());
    this.traffic = Unknowns.fill(traffic, chance);
    this.agenda = new Agenda(begin(traffic, staffing));
    this.floor = new Floor(staffing, agenda);
    this.desks = new Desks(plan, floor.agents(), agenda, options.seed());
    this.journey = new Journey(plan, agenda, desks, all, witness, options.callbackAnswer());
    this.ringing = new Ringing(agenda, chance, floor, desks, journey, all);
  }

  /**
   * Runs it.
   *
   * @param traffic what it does not tell is drawn: see docs/simulate.md
   * @return empty when {@code progress} ended it
   * @throws IllegalArgumentException when no call of the traffic has a handle time
   */
  public static Optional<SimulationReport> run(
      PlanInForce plan,
      Traffic traffic,
      Staffing staffing,
      SimulationOptions options,
      Progress progress) {
    return run(plan, traffic, staffing, options, progress, Witness.NONE);
  }

  /** The same, with somebody who hears what becomes of each call. */
  public static Optional<SimulationReport> run(
      PlanInForce plan,
      Traffic traffic,
      Staffing staffing,
      SimulationOptions options,
      Progress progress,
      Witness witness) {
    return new Simulation(plan, traffic, staffing, options, witness).run(progress);
  }

  private static Instant begin(Traffic traffic, Staffing staffing) {
    Instant first = traffic.arrivals().get(0).at();
    return staffing.members().stream()
        .flatMap(member -> member.shifts().stream().limit(1))
        .map(Staffing.Shift::from)
        .filter(shift -> shift.isBefore(first))
        .min(Instant::compareTo)
        .orElse(first);
  }

  private Optional<SimulationReport> run(Progress progress) {
    floor.open(desks, journey);
    List<Arrival> arrivals = traffic.arrivals();
    for (int i = 0; i < arrivals.size(); i++) {
      if (i % REPORT_EVERY == 0 && !progress.at((double) i / arrivals.size())) {
        return Optional.empty();
      }
      runUntil(arrivals.get(i).at());
      agenda.moveTo(arrivals.get(i).at());
      arrives(i, arrivals.get(i));
    }
    int steps = 0;
    while (agenda.next() != null) {
      if (++steps % (REPORT_EVERY * 10) == 0 && !progress.at(1)) {
        return Optional.empty();
      }
      agenda.run();
      settle();
    }
    return progress.at(1) ? Optional.of(report()) : Optional.empty();
  }

  /** All that is due up to an instant: who is there before a call comes can serve it. */
  private void runUntil(Instant instant) {
    Instant next = agenda.next();
    while (next != null && !next.isAfter(instant)) {
      agenda.run();
      settle();
      next = agenda.next();
    }
  }

  private void arrives(int index, Arrival arrival) {
    Origin origin =
        options.region().isEmpty()
            ? Geography.ofCaller(arrival.from(), arrival.to())
            : Geography.of(arrival.from(), options.region());
    Caller caller =
        new Caller(
            arrival.id(),
            arrival.from(),
            arrival.to(),
            origin.country(),
            origin.region(),
            origin.timeZone(),
            arrival.at(),
            arrival.attributes());
    SimCall call = new SimCall(index, arrival, caller);
    calls.add(call);
    journey.arrives(call);
    settle();
  }

  private void settle() {
    desks.settle((call, desk, agents) -> ringing.offers(calls.get(call), desk, agents));
  }

  private SimulationReport report() {
    // Whoever has no shifts works until the last call, and the work after it, is over.
    floor.account(journey.lastEnd());
    floor.agents().forEach(all::time);
    Recording recording = Recording.of(traffic);
    SortedSet<String> names = new TreeSet<>(desks.all().keySet());
    names.addAll(recording.queues().keySet());
    SortedMap<String, Section> queues = new TreeMap<>();
    names.forEach(name -> queues.put(name, section(name, recording)));
    boolean recorded = traffic.isRecorded();
    return new SimulationReport(
        options.seed(),
        plan.version(),
        options.formula(),
        traffic.arrivals().get(0).at(),
        journey.lastEnd(),
        new Section(
            figures(all, options.within()),
            recorded ? figures(recording.all(), options.within()) : null),
        queues,
        agents());
  }

  private Section section(String queue, Recording recording) {
    Desk desk = desks.all().get(queue);
    QueueRule.ServiceLevel own = plan.plan().queue(queue).map(QueueRule::serviceLevel).orElse(null);
    Duration within = own == null ? options.within() : own.within();
    Tallies recorded = recording.queues().get(queue);
    if (desk != null) {
      desk.members().forEach(desk.tallies()::time);
    }
    return new Section(
        desk == null ? null : figures(desk.tallies(), within),
        recorded == null ? null : figures(recorded, within));
  }

  private Figures figures(Tallies tallies, Duration within) {
    return tallies.figures(options.formula(), within, options.shortAbandon());
  }

  private Agents agents() {
    List<AgentFigures> each = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    Duration busy = Duration.ZERO;
    Duration idle = Duration.ZERO;
    for (SimAgent agent : floor.agents()) {
      @Nullable Double share = Tallies.occupancy(agent.busy(), agent.idle());
      each.add(
          new AgentFigures(agent.id().name(), agent.calls(), agent.busy(), agent.idle(), share));
      if (share != null) {
        shares.add(share);
      }
      busy = busy.plus(agent.busy());
      idle = idle.plus(agent.idle());
    }
    List<Double> sorted = shares.stream().sorted().toList();
    boolean none = sorted.isEmpty();
    return new Agents(
        each.size(),
        Tallies.occupancy(busy, idle),
        none ? null : sorted.get(0),
        none ? null : sorted.get((sorted.size() - 1) / 2),
        none ? null : sorted.get(sorted.size() - 1),
        each);
  }
}
