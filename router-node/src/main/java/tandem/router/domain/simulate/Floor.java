package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tandem.router.domain.AgentId;

/** The agents: when they come and go, and that their queues hear of all that changes them. */
final class Floor {
  private final Agenda agenda;
  private final Duration rest;
  private final List<SimAgent> agents = new ArrayList<>();
  private final Map<AgentId, SimAgent> byId = new HashMap<>();

  Floor(Staffing staffing, Agenda agenda) {
    this.agenda = agenda;
    this.rest = staffing.rest();
    for (Staffing.Member member : staffing.members()) {
      SimAgent agent = new SimAgent(agents.size(), member);
      agents.add(agent);
      byId.put(member.id(), agent);
    }
  }

  List<SimAgent> agents() {
    return agents;
  }

  SimAgent agent(AgentId id) {
    SimAgent agent = byId.get(id);
    if (agent == null) {
      throw new IllegalStateException("nobody staffed " + id);
    }
    return agent;
  }

  /** Notes all shifts; who has none is there from now on. */
  void open(Desks desks, Journey journey) {
    for (SimAgent agent : agents) {
      if (agent.member.shifts().isEmpty()) {
        agent.begins(agenda.now());
      }
      for (Staffing.Shift shift : agent.member.shifts()) {
        agenda.at(
            shift.from(),
            () -> {
              agent.begins(agenda.now());
              desks.hear(agent);
            });
        agenda.at(
            shift.to(),
            () -> {
              agent.ends(agenda.now());
              agent.ringing().forEach(call -> journey.withdrawn(call, agent));
              desks.hear(agent);
            });
      }
    }
  }

  /** Its phone rang to the end. */
  void rests(SimAgent agent, Desks desks) {
    Instant until = agenda.now().plus(rest);
    agent.rests(until, agenda.now());
    agenda.at(
        until,
        () -> {
          if (agent.rested(agenda.now())) {
            desks.hear(agent);
          }
        });
  }

  /** Counts everybody's time up to now. */
  void account(Instant now) {
    agents.forEach(agent -> agent.account(now));
  }
}
