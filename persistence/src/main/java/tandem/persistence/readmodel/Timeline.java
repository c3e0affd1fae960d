package tandem.persistence.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tandem.router.call.Call;
import tandem.router.call.TableEvent;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Routing;
import tandem.router.edge.Errand;
import tandem.router.edge.Outbound;

/** Tells a call's events in words, with what they hold for machines. */
final class Timeline {
  private final Cast cast = new Cast();
  private final WaitTrail trail = new WaitTrail();
  private final List<TimelineEntry> entries = new ArrayList<>();

  /** Whether a plan sent the call where it went first, and not the entry of the called number. */
  private final boolean planned;

  private Timeline(boolean planned) {
    this.planned = planned;
  }

  /** The entries of a call's events, which must be in order and begin with the first. */
  static List<TimelineEntry> of(List<JournaledEvent> events) {
    Timeline timeline = new Timeline(isPlanned(events));
    for (JournaledEvent each : events) {
      CallEventNames.of(each.event()).ifPresent(name -> timeline.tell(each, name));
    }
    return List.copyOf(timeline.entries);
  }

  private static boolean isPlanned(List<JournaledEvent> events) {
    return events.stream()
        .map(JournaledEvent::event)
        .filter(event -> event instanceof Call.Routed || event instanceof Call.Queued)
        .findFirst()
        .filter(Call.Routed.class::isInstance)
        .isPresent();
  }

  private void tell(JournaledEvent each, String name) {
    trail.see(each.event());
    cast.see(each.event());
    Map<String, Object> details = new LinkedHashMap<>();
    String reason = reason(each.event(), details);
    entries.add(new TimelineEntry(each.seq(), each.event().at(), name, reason, details));
  }

  private String reason(Call.Event event, Map<String, Object> details) {
    if (event instanceof Call.Arrived e) {
      return arrived(e, details);
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
      return "Phone of " + cast.who(e.leg()) + " is ringing";
    } else if (event instanceof Call.AgentAnswered e) {
      offer(e.offer(), details);
      details.put("leg", e.leg().value());
      details.put("bridgeDeadline", e.bridgeDeadline().toString());
      return cast.who(e.leg()) + " picked up";
    } else if (event instanceof Call.Connected e) {
      offer(e.offer(), details);
      details.put("leg", e.leg().value());
      return "Caller and " + cast.who(e.leg()) + " are connected";
    } else if (event instanceof Call.OfferFailed e) {
      return failed(e, details);
    } else if (event instanceof Call.CallerParked) {
      return "Caller is parked again and keeps the place";
    } else if (event instanceof Call.LegLeft e) {
      details.put("leg", e.leg().value());
      details.put("cause", e.cause());
      return cast.who(e.leg()) + " left: " + e.cause();
    } else if (event instanceof Call.Ended e) {
      details.put("outcome", word(e.outcome()));
      details.put("cause", e.cause());
      return Sentences.ended(e.outcome(), cast.outbound() != null) + " (" + e.cause() + ")";
    } else if (event instanceof TableEvent e) {
      return TableText.tell(e, cast, details);
    }
    return RemarkText.tell(event, cast, details)
        .or(
            () ->
                CallbackText.tell(event, trail.promise(), cast, details)
                    .map(text -> withOffer(event, text, details)))
        .orElseGet(() -> planned(event, details));
  }

  /** Adds for which agent somebody is called. */
  private String withOffer(Call.Event event, String text, Map<String, Object> details) {
    if (event instanceof Call.CustomerDialed e) {
      offer(e.offer(), details);
    } else if (event instanceof Call.CustomerAnswered e) {
      offer(e.offer(), details);
    }
    return text;
  }

  /** What a plan did, and where the call waits. */
  private String planned(Call.Event event, Map<String, Object> details) {
    if (event instanceof Call.Routed e) {
      return routed(e.routing(), details);
    } else if (event instanceof Call.Queued e) {
      return queued(e, details);
    } else if (event instanceof Call.PlaceRefused e) {
      details.put("queue", e.queue().name());
      details.put("round", e.round());
      details.put("why", word(e.why()));
      details.put("plan", e.plan());
      return "No place: " + Sentences.queue(e.queue().name()) + ' ' + Sentences.noPlace(e.why());
    } else if (event instanceof Call.StepTaken e) {
      return stepTaken(e, details);
    } else if (event instanceof Call.HandedOver e) {
      details.put("errand", errand(e.errand()));
      details.put("number", e.number());
      if (e.until() != null) {
        details.put("until", e.until().toString());
      }
      return Sentences.errand(e.errand());
    } else if (event instanceof Call.CameBack e) {
      details.put("number", e.number());
      details.put("refused", e.refused());
      return e.refused() ? "The switch could not do that" : "Caller is back from the switch";
    } else if (event instanceof Call.Held e) {
      details.put("lot", e.lot());
      details.put("until", e.until().toString());
      return "Caller is held in park lot " + e.lot();
    } else if (event instanceof Call.Dismissed e) {
      details.put("cause", e.cause());
      return "The plan ends the call (" + e.cause() + ")";
    }
    return "";
  }

  private static String routed(Routing routing, Map<String, Object> details) {
    details.put("plan", routing.plan());
    if (!routing.number().isEmpty()) {
      details.put("number", routing.number());
    }
    details.put("rules", routing.taken().stream().map(Timeline::rule).toList());
    if (!routing.announcements().isEmpty()) {
      details.put("announcements", routing.announcements());
    }
    List<String> taken =
        routing.taken().stream()
            .filter(one -> one.failed() == null)
            .map(one -> Sentences.rule(one.flow(), one.rule()))
            .toList();
    return "By version "
        + routing.plan()
        + " of the plan"
        + (taken.isEmpty() ? "" : ", " + Sentences.all(taken) + ',')
        + " the call is to "
        + Sentences.action(routing.action());
  }

  private static Map<String, Object> rule(Routing.Taken taken) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("flow", taken.flow());
    rule.put("index", taken.rule());
    if (taken.failed() != null) {
      rule.put("failed", taken.failed());
    }
    return rule;
  }

  private String stepTaken(Call.StepTaken e, Map<String, Object> details) {
    details.put("round", e.round());
    details.put("step", e.step());
    Optional<Action.Step> step = trail.step(e);
    if (step.isEmpty()) {
      return "A step of the wait was taken";
    }
    List<String> changes = Sentences.changes(step.get());
    details.put("due", Sentences.due(step.get()));
    details.put("changes", changes);
    return "Step " + Sentences.due(step.get()) + ": " + Sentences.all(changes);
  }

  private static Map<String, Object> errand(Errand errand) {
    if (errand instanceof Errand.Announce announce) {
      return Map.of("announce", announce.file());
    } else if (errand instanceof Errand.Voicemail voicemail) {
      return Map.of("voicemail", voicemail.box());
    } else if (errand instanceof Errand.Outside outside) {
      return Map.of("transfer", outside.number().value());
    } else if (errand instanceof Errand.Play play) {
      return Map.of("play", play.prompts().stream().map(Sentences::prompt).toList());
    } else if (errand instanceof Errand.Collect collect) {
      return Map.of(
          "collect",
          collect.prompts().stream().map(Sentences::prompt).toList(),
          "least",
          collect.least(),
          "most",
          collect.most());
    }
    throw new IllegalArgumentException("unknown errand " + errand.getClass().getSimpleName());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String arrived(Call.Arrived e, Map<String, Object> details) {
    details.put("callerNumber", e.arrival().callerNumber());
    details.put("calledNumber", e.arrival().calledNumber());
    details.put("switch", e.arrival().home().value());
    details.put("leg", e.arrival().leg().value());
    CallbackPromise promise = e.arrival().callback();
    if (promise != null) {
      CallbackText.promise(promise, details);
      return Sentences.arrived(promise);
    }
    Outbound outbound = e.arrival().outbound();
    if (outbound != null) {
      details.put("agent", outbound.agent().name());
      details.put("shown", outbound.shown().value());
      if (outbound.by() != null) {
        details.put("by", outbound.by());
      }
      return Sentences.calls(outbound);
    }
    String called = e.arrival().callerNumber() + " called " + e.arrival().calledNumber();
    if (planned) {
      return called;
    }
    details.put("queue", e.arrival().entry().queue().name());
    return called + ", which leads to queue " + e.arrival().entry().queue().name();
  }

  private String queued(Call.Queued e, Map<String, Object> details) {
    List<String> queues = trail.queues().stream().map(QueueId::name).toList();
    details.put("queue", e.queue().name());
    if (queues.size() > 1) {
      details.put("queues", queues);
    }
    details.put("round", e.round());
    details.put("priority", e.priority());
    details.put("since", e.since().toString());
    return "Waiting in "
        + Sentences.all(queues.stream().map(Sentences::queue).toList())
        + " with priority "
        + e.priority();
  }

  private String offered(Call.AgentOffered e, Map<String, Object> details) {
    offer(e.offer(), details);
    details.put("queue", e.queue().name());
    details.put("round", e.round());
    details.put("leg", e.leg().value());
    details.put("contact", e.contact().value());
    details.put("ringDeadline", e.ringDeadline().toString());
    if (e.why() != null) {
      details.put("plan", e.why().plan());
      details.put("strategy", word(e.why().strategy()));
    }
    return "Offered to agent " + e.agent().name() + " from " + Sentences.queue(e.queue().name());
  }

  private String refused(Call.OfferRefused e, Map<String, Object> details) {
    offer(e.offer(), details);
    if (e.queue() != null) {
      details.put("queue", e.queue().name());
      details.put("round", e.round());
    }
    details.put("reason", e.reason().name());
    return "Reservation of agent " + e.agent().name() + " not used: " + Sentences.why(e.reason());
  }

  private String failed(Call.OfferFailed e, Map<String, Object> details) {
    offer(e.offer(), details);
    details.put("reason", e.reason().name());
    details.put("callerAdrift", e.adrift());
    return "Offer"
        + cast.agent(e.offer()).map(agent -> " to agent " + agent.name()).orElse("")
        + " failed: "
        + Sentences.why(e.reason());
  }

  private void offer(OfferId offer, Map<String, Object> details) {
    details.put("offer", offer.value());
    cast.agent(offer).ifPresent(agent -> details.put("agent", agent.name()));
  }
}
