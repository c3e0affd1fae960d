package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * Rings phones, of agents and of those who are called back: each leg once in its life, no faster
 * than the switch can take it, and not after its time. Single owner of what waits for pacing and of
 * what became of each job.
 */
final class Originates {
  private static final Duration AFTER_RING = Duration.ofSeconds(30);
  private static final Pattern FAILURE = Pattern.compile("-ERR ([A-Z0-9_]{1,64})");
  private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z0-9+*#_.-]{1,64}");
  private static final String IN_USE_OR_THROTTLED = "DESTINATION_OUT_OF_ORDER";
  private static final String NO_TRUNK = "NO_ROUTE_DESTINATION";

  private final LinkContext link;
  private final Questions questions;
  private final Trunk trunk;
  private final Pacer pacer;
  private final Deque<Order> waiting = new ArrayDeque<>();

  /** Orders to outside, until the switch has named its trunk. */
  private final List<Order> unaddressed = new ArrayList<>();

  /**
   * One phone to be rung.
   *
   * @param role what its leg is going to be
   * @param to the switch's dial string; of a number outside, that number until its trunk is known
   * @param trunk of a number outside: which of the switch's trunks, from 0
   * @param shown on the phone
   * @param heardBy the agent's leg that is to hear it ring, if any
   */
  private record Order(
      CallId call,
      LegId leg,
      Leg.Role role,
      String to,
      int trunk,
      String shown,
      @Nullable LegId heardBy,
      Duration ringTimeout,
      Instant notAfter,
      String incarnation) {
    Order over(Trunk trunks) {
      return new Order(
          call,
          leg,
          role,
          trunks.dialString(trunk, to),
          trunk,
          shown,
          heardBy,
          ringTimeout,
          notAfter,
          incarnation);
    }
  }

  Originates(LinkContext link, Questions questions, Trunk trunk) {
    this.link = link;
    this.questions = questions;
    this.trunk = trunk;
    this.pacer =
        new Pacer(
            link.home.originateRate(),
            link.settings.leastRate(),
            link.settings.slowReply(),
            link.now());
  }

  void order(SwitchCommand.Originate order) {
    order(
        new Order(
            order.call(),
            order.leg(),
            Leg.Role.AGENT,
            "sofia/" + link.home.profile() + "/" + order.contact().address(),
            0,
            order.callerNumber(),
            null,
            order.ringTimeout(),
            order.notAfter(),
            order.incarnation()));
  }

  void dial(SwitchCommand.Dial order) {
    order(
        new Order(
            order.call(),
            order.leg(),
            order.customer() ? Leg.Role.CUSTOMER : Leg.Role.GUEST,
            order.number().value(),
            order.trunk(),
            order.shownNumber(),
            order.agentLeg(),
            order.ringTimeout(),
            order.notAfter(),
            order.incarnation()));
  }

  private void order(Order order) {
    CallId call = order.call();
    if (link.legs.get(order.leg()) != null) {
      return;
    }
    if (link.sayEndAgain(call, order.leg())) {
      link.metrics.originate("refused");
      return;
    }
    if (!link.isCurrent(order.incarnation())) {
      refuse(call, order.leg());
      questions.sayHowItStands(call);
    } else if (!fits(order)) {
      refuse(call, order.leg());
    } else {
      link.legs.add(order.leg(), call, order.role()).waiting = true;
      if (order.role() == Leg.Role.AGENT) {
        waiting.add(order);
      } else {
        unaddressed.add(order);
        trunk.ask();
      }
      flush();
    }
  }

  /** Its call is carried, and its leg is not somebody else's. */
  private boolean fits(Order order) {
    Leg.Role byName = link.role(order.leg(), order.call());
    return link.living(order.call())
        .filter(
            call ->
                order.role() == Leg.Role.CUSTOMER
                    ? call.mayCall(order.leg())
                    : byName == Leg.Role.AGENT)
        .isPresent();
  }

  private void refuse(CallId call, LegId leg) {
    refuse(call, leg, Causes.NOT_ORDERED);
  }

  private void refuse(CallId call, LegId leg, String cause) {
    link.metrics.originate("refused");
    link.neverWas(call, leg, cause);
  }

  /** Over which trunk to go the switch is being asked; agents' phones do not wait for that. */
  private void address(Instant now) {
    for (Order order : List.copyOf(unaddressed)) {
      Leg leg = link.legs.get(order.leg());
      if (leg == null || !leg.waiting) {
        unaddressed.remove(order);
      } else if (order.notAfter().isBefore(now)) {
        unaddressed.remove(order);
        cancel(leg);
      } else if (trunk.isKnown() && trunk.exists(order.trunk())) {
        unaddressed.remove(order);
        waiting.add(order.over(trunk));
      } else if (trunk.isKnown()) {
        unaddressed.remove(order);
        cancel(leg, NO_TRUNK);
      }
    }
  }

  /** Writes what pacing lets through. */
  void flush() {
    Instant now = link.now();
    address(now);
    while (!waiting.isEmpty()) {
      Order order = waiting.peek();
      Leg leg = link.legs.get(order.leg());
      if (leg == null || !leg.waiting) {
        waiting.remove();
      } else if (order.notAfter().isBefore(now)) {
        waiting.remove();
        cancel(leg);
      } else if (pacer.take(now)) {
        waiting.remove();
        write(order, leg, now);
      } else {
        return;
      }
    }
  }

  private void write(Order order, Leg leg, Instant now) {
    leg.waiting = false;
    leg.orderedHere = true;
    leg.seat.muted = false;
    leg.heardBy = order.heardBy();
    leg.jobPending = true;
    link.settingUp(leg.id);
    OpenCall call = link.calls.get(leg.call);
    if (call != null && call.parkedAt != null) {
      link.metrics.offered(Duration.between(call.parkedAt, now));
      call.parkedAt = null;
    }
    link.acts.originate(
        leg.id,
        command(order),
        order.ringTimeout().plus(AFTER_RING),
        new Purpose.Ordering(leg.id, now));
  }

  private String command(Order order) {
    String shown = SHOWABLE.matcher(order.shown()).matches() ? order.shown() : "anonymous";
    // The switch counts on a clock of whole seconds: of N the first is cut short.
    long seconds = Math.max(1, order.ringTimeout().plusMillis(999).toSeconds()) + 1;
    return "originate {origination_uuid="
        + order.leg()
        + ",ignore_early_media=true,park_after_bridge=true,uuid_bridge_park_on_cancel=true"
        + ",max_session_transfers=1000000"
        + ",originate_timeout="
        + seconds
        + ","
        + EventReader.OWNER
        + "="
        + order.call().value()
        + ",origination_caller_id_number="
        + shown
        + ",origination_caller_id_name="
        + shown
        + "}"
        + order.to()
        + " &park()";
  }

  /** An order that was never written is taken back. */
  void cancel(Leg leg) {
    cancel(leg, Causes.NOT_ORDERED);
  }

  private void cancel(Leg leg, String cause) {
    leg.waiting = false;
    link.legs.remove(leg);
    refuse(leg.call, leg.id, cause);
  }

  /** The switch has taken the job, or not. */
  void taken(Purpose.Ordering ordering, boolean ok) {
    Instant now = link.now();
    pacer.answeredAfter(Duration.between(ordering.writtenAt(), now), now);
    Leg leg = link.legs.get(ordering.leg());
    if (leg != null && !ok) {
      leg.jobPending = false;
      link.gone(leg, Causes.NOT_ORDERED, true);
    }
  }

  /** The job's outcome, which has no fixed place among the leg's events. */
  void done(Happening.OrderDone done) {
    Leg leg = link.legs.get(done.leg());
    boolean ok = done.outcome().startsWith("+OK");
    if (leg == null) {
      if (ok && link.tombstones.has(done.leg())) {
        link.killStray(done.leg());
      }
      return;
    }
    leg.jobPending = false;
    if (!ok) {
      failed(leg, done.outcome());
    } else if (leg.killCause != null) {
      link.kill(leg, leg.killCause);
    } else {
      announce(leg);
    }
  }

  /** Nobody says any more what became of the job: the channel itself is asked for. */
  void lost(LegId id) {
    Leg leg = link.legs.get(id);
    if (leg != null && leg.jobPending) {
      LinkContext.log.warn("{}: no outcome of the originate of {}", link.home, id);
      leg.jobPending = false;
      questions.exists(leg);
    }
  }

  private void failed(Leg leg, String outcome) {
    Matcher failure = FAILURE.matcher(outcome);
    if (!failure.lookingAt()) {
      LinkContext.log.error("{}: originate of {} failed: {}", link.home, leg.id, outcome);
      link.gone(leg, "INVALID_MSG_UNSPECIFIED", false);
    } else if (failure.group(1).equals(IN_USE_OR_THROTTLED)) {
      // The same text says that the id is in use, that the switch is paused, or that it is busy.
      leg.endCause = IN_USE_OR_THROTTLED;
      if (!leg.ringing && !leg.caller) {
        // A carrier says it for reasons of its own.
        pacer.refused(link.now());
      }
      questions.exists(leg);
    } else {
      link.gone(leg, failure.group(1), false);
    }
  }

  void rang(Leg leg) {
    if (!leg.ringing) {
      leg.ringing = true;
      // A phone may ring for long, and until it is answered nothing is in a hurry.
      link.setUp(leg.id);
      link.tell(leg.call, new CallFact.LegRinging(leg.id, link.now()));
      letHear(leg.heardBy);
    }
  }

  /** A bridge ends it by itself, as it does music. */
  private void letHear(@Nullable LegId agentLeg) {
    Leg agent = agentLeg == null ? null : link.legs.get(agentLeg);
    if (agent != null && agent.parked && !agent.bridging && agent.killCause == null) {
      link.play(agent, Sound.RINGING);
    }
  }

  /** Answered, parked, and the job done, in any order: it can be bridged. */
  void announce(Leg leg) {
    if (leg.answered && leg.parked && !leg.jobPending && !leg.announced && leg.killCause == null) {
      leg.announced = true;
      leg.fresh |= leg.orderedHere;
      link.metrics.originate("answered");
      link.tell(leg.call, new CallFact.LegAnswered(leg.id, link.now()));
    }
  }

  /** What was not written never will be. */
  void disconnected() {
    List<Order> never = new ArrayList<>(waiting);
    never.addAll(unaddressed);
    waiting.clear();
    unaddressed.clear();
    for (Order order : never) {
      Leg leg = link.legs.get(order.leg());
      if (leg != null && leg.waiting) {
        cancel(leg);
      }
    }
  }

  boolean isPacing() {
    return !waiting.isEmpty();
  }

  int waitingCount() {
    return waiting.size() + unaddressed.size();
  }

  double rate() {
    return pacer.rate();
  }
}
