package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tandem.router.domain.AgentId;
import tandem.router.domain.simulate.Chance.Purpose;
import tandem.router.domain.simulate.SimCall.State;

/** What happens from the first phone that rings for a call until the agent is free again. */
final class Ringing {
  private static final Duration QUICKEST = Duration.ofSeconds(2);
  private static final Duration SLOWEST = Duration.ofSeconds(8);

  private final Agenda agenda;
  private final Chance chance;
  private final Floor floor;
  private final Desks desks;
  private final Journey journey;
  private final Tallies all;

  Ringing(Agenda agenda, Chance chance, Floor floor, Desks desks, Journey journey, Tallies all) {
    this.agenda = agenda;
    this.chance = chance;
    this.floor = floor;
    this.desks = desks;
    this.journey = journey;
    this.all = all;
  }

  /** A queue has agents for a caller. */
  void offers(SimCall call, Desk desk, List<AgentId> agents) {
    for (Desk each : call.desks) {
      each.matcher().remove(call.index);
      if (each == desk) {
        each.handsOut(call.wants, agenda.now());
      } else {
        each.stops(call.wants, agenda.now());
      }
    }
    call.state = State.RINGING;
    call.ringsFor = desk;
    agents.forEach(agent -> rings(call, desk, floor.agent(agent)));
    if (desk.rule().settings().strategy().ringsSeveral()) {
      ringsMoreLater(call, desk, call.offers);
    }
  }

  private void rings(SimCall call, Desk desk, SimAgent agent) {
    int offer = ++call.offers;
    Instant now = agenda.now();
    agent.rings(call, now);
    agent.taken(desk);
    call.ringing.put(agent, offer);
    desk.matcher().asked(agent.id());
    desks.hear(agent);
    desk.matcher().answered(agent.id());
    Duration timeout = desk.rule().settings().ringTimeout();
    long turn = ((long) call.offers << Integer.SIZE) + agent.index;
    if (chance.fraction(Purpose.NO_ANSWER, call.index, turn) < agent.member.noAnswer()) {
      agenda.at(now.plus(timeout), () -> ringsOut(call, agent, offer));
      return;
    }
    Duration own = agent.member.answerDelay();
    Duration delay =
        own == null
            ? chance.between(QUICKEST, SLOWEST, Purpose.ANSWER_DELAY, call.index, turn)
            : own;
    Duration rings = delay.compareTo(timeout) < 0 ? delay : timeout;
    agenda.at(now.plus(rings), () -> answers(call, desk, agent, offer));
  }

  /** One more phone after a while, where the strategy lets several ring. */
  private void ringsMoreLater(SimCall call, Desk desk, int sinceOffer) {
    agenda.at(
        agenda.now().plus(desk.rule().ringEvery()),
        () -> {
          if (call.state != State.RINGING || call.ringsFor != desk || call.offers != sinceOffer) {
            return;
          }
          Set<AgentId> ringing =
              call.ringing.keySet().stream()
                  .map(SimAgent::id)
                  .collect(Collectors.toCollection(LinkedHashSet::new));
          desk.matcher()
              .another(call.waiter(journey.lastAgent(call)), ringing, agenda.now())
              .ifPresent(agent -> rings(call, desk, floor.agent(agent)));
          ringsMoreLater(call, desk, call.offers);
        });
  }

  private void ringsOut(SimCall call, SimAgent agent, int offer) {
    if (isOn(call, agent, offer)) {
      floor.rests(agent, desks);
      journey.rangOut(call, agent);
    }
  }

  private static boolean isOn(SimCall call, SimAgent agent, int offer) {
    return Integer.valueOf(offer).equals(call.ringing.get(agent));
  }

  private void answers(SimCall call, Desk desk, SimAgent agent, int offer) {
    if (!isOn(call, agent, offer)) {
      return;
    }
    Instant now = agenda.now();
    call.ringing.remove(agent);
    List.copyOf(call.ringing.keySet()).forEach(other -> journey.stopsRinging(call, other));
    agent.answers(call, now);
    agent.took();
    desks.hear(agent);
    journey.served(call, agent, desk);
    Duration talk = call.arrival.handle();
    if (talk == null) {
      throw new IllegalStateException("call " + call.arrival.id() + " has no handle time");
    }
    // The agent waits while the phone of a caller rings who is called back.
    Duration rings = call.promise == null ? Duration.ZERO : call.promise.rings();
    agenda.at(now.plus(rings).plus(talk), () -> hangsUp(call, desk, agent, talk));
  }

  private void hangsUp(SimCall call, Desk desk, SimAgent agent, Duration talk) {
    Duration wrapUp = desk.rule().settings().wrapUp();
    agent.hangsUp(talk, agenda.now());
    desks.hear(agent);
    journey.over(call);
    for (Tallies tallies : List.of(all, desk.tallies())) {
      tallies.talked(talk);
      tallies.handled(talk.plus(wrapUp));
    }
    agenda.at(
        agenda.now().plus(wrapUp),
        () -> {
          agent.wrappedUp(agenda.now());
          desks.hear(agent);
          journey.agentDone();
        });
  }
}
