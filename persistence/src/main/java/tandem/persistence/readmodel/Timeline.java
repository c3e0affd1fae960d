package tandem.persistence.readmodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.ReleaseReason;
import tandem.router.feed.CallView;

/** Tells a call's events in words. Single owner of the sentences of a timeline. */
final class Timeline {
  private final Map<OfferId, AgentId> agents = new HashMap<>();
  private final Map<LegId, String> legs = new HashMap<>();
  private final List<TimelineEntry> entries = new ArrayList<>();

  private Timeline() {}

  /** The entries of a call's events, which must be in order and begin with the first. */
  static List<TimelineEntry> of(List<JournaledEvent> events) {
    Timeline timeline = new Timeline();
    for (JournaledEvent each : events) {
      CallEventNames.of(each.event()).ifPresent(name -> timeline.tell(each, name));
    }
    return List.copyOf(timeline.entries);
  }

  private void tell(JournaledEvent each, String name) {
    Map<String, Object> details = new LinkedHashMap<>();
    String reason = reason(each.event(), details);
    entries.add(new TimelineEntry(each.seq(), each.event().at(), name, reason, details));
  }

  private String reason(Call.Event event, Map<String, Object> details) {
    if (event instanceof Call.Arrived e) {
      return arrived(e, details);
    } else if (event instanceof Call.Queued e) {
      return queued(e, details);
    } else if (event instanceof Call.CallerGreeted e) {
      details.put("answered", e.answered());
      return e.answered()
          ? "Caller answered, hears music"
          : "Caller not answered yet, hears ringing or music";
    } else if (event instanceof Call.AgentOffered e) {
      return offered(e, details);
    } else if (event instanceof Call.OfferRefused e) {
      return refused(e, details);
    } else if (event instanceof Call.LegRang e) {
      details.put("leg", e.leg().value());
      return "Phone of " + who(e.leg()) + " is ringing";
    } else if (event instanceof Call.AgentAnswered e) {
      offer(e.offer(), details);
      details.put("leg", e.leg().value());
      details.put("bridgeDeadline", e.bridgeDeadline().toString());
      return who(e.leg()) + " picked up";
    } else if (event instanceof Call.Connected e) {
      offer(e.offer(), details);
      details.put("leg", e.leg().value());
      return "Caller and " + who(e.leg()) + " are connected";
    } else if (event instanceof Call.OfferFailed e) {
      return failed(e, details);
    } else if (event instanceof Call.CallerParked) {
      return "Caller is parked again and keeps the place";
    } else if (event instanceof Call.LegLeft e) {
      details.put("leg", e.leg().value());
      details.put("cause", e.cause());
      return who(e.leg()) + " left: " + e.cause();
    } else if (event instanceof Call.Ended e) {
      details.put("outcome", e.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      details.put("cause", e.cause());
      return ended(e.outcome()) + " (" + e.cause() + ")";
    }
    return "";
  }

  private String arrived(Call.Arrived e, Map<String, Object> details) {
    legs.put(e.arrival().leg(), "caller");
    details.put("callerNumber", e.arrival().callerNumber());
    details.put("calledNumber", e.arrival().calledNumber());
    details.put("switch", e.arrival().home().value());
    details.put("leg", e.arrival().leg().value());
    details.put("queue", e.arrival().entry().queue().name());
    return e.arrival().callerNumber()
        + " called "
        + e.arrival().calledNumber()
        + ", which leads to queue "
        + e.arrival().entry().queue().name();
  }

  private static String queued(Call.Queued e, Map<String, Object> details) {
    details.put("queue", e.queue().name());
    details.put("round", e.round());
    details.put("priority", e.priority());
    details.put("since", e.since().toString());
    return "Waiting in queue " + e.queue().name() + " with priority " + e.priority();
  }

  private String offered(Call.AgentOffered e, Map<String, Object> details) {
    agents.put(e.offer(), e.agent());
    legs.put(e.leg(), "agent " + e.agent().name());
    offer(e.offer(), details);
    details.put("queue", e.queue().name());
    details.put("round", e.round());
    details.put("leg", e.leg().value());
    details.put("contact", e.contact().value());
    details.put("ringDeadline", e.ringDeadline().toString());
    return "Offered to agent " + e.agent().name() + " from queue " + e.queue().name();
  }

  private String refused(Call.OfferRefused e, Map<String, Object> details) {
    agents.put(e.offer(), e.agent());
    offer(e.offer(), details);
    details.put("queue", e.queue().name());
    details.put("round", e.round());
    details.put("reason", e.reason().name());
    return "Reservation of agent " + e.agent().name() + " not used: " + why(e.reason());
  }

  private String failed(Call.OfferFailed e, Map<String, Object> details) {
    offer(e.offer(), details);
    details.put("reason", e.reason().name());
    details.put("callerAdrift", e.adrift());
    AgentId agent = agents.get(e.offer());
    return "Offer"
        + (agent == null ? "" : " to agent " + agent.name())
        + " failed: "
        + why(e.reason());
  }

  private void offer(OfferId offer, Map<String, Object> details) {
    details.put("offer", offer.value());
    AgentId agent = agents.get(offer);
    if (agent != null) {
      details.put("agent", agent.name());
    }
  }

  private String who(LegId leg) {
    return legs.getOrDefault(leg, "leg " + leg.value());
  }

  private static String ended(CallView.Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> "Call answered and over";
      case ABANDONED -> "Caller hung up before anybody answered";
      case SWITCH_LOST -> "The switch was lost before anybody answered";
    };
  }

  private static String why(ReleaseReason reason) {
    return switch (reason) {
      case NO_ANSWER -> "no answer";
      case DECLINED -> "the agent declined";
      case UNREACHABLE -> "the phone cannot be reached";
      case BUSY -> "the phone is busy";
      case WITHDRAWN -> "the agent signed out or took a break";
      case CALLER_GONE -> "the caller is gone";
      case ANSWERED_ELSEWHERE -> "answered elsewhere";
      case NEVER_HEARD -> "the offer never reached the call";
      case OTHER_OFFER -> "another offer is out";
      case STALE_ROUND -> "it belongs to an earlier stay in a queue";
      case LINK_LOST -> "the switch is out of reach";
      case NOT_ORDERED -> "the switch did not take the order";
      case BRIDGE_FAILED -> "the switch did not connect the two";
      case NOT_ADMITTED -> "this phone may not be rung";
    };
  }
}
