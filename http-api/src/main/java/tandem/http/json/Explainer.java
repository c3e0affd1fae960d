package tandem.http.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Explanation.Decision;
import tandem.persistence.readmodel.CallEventNames;
import tandem.persistence.readmodel.Cast;
import tandem.persistence.readmodel.Conduct;
import tandem.persistence.readmodel.Sentences;
import tandem.persistence.readmodel.WaitTrail;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.domain.plan.Plan;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.Outbound;

/** Makes decisions out of a call's events, one after the other. */
final class Explainer {
  private final RoutedText routed;
  private final List<Decision> decisions = new ArrayList<>();
  private final WaitTrail trail = new WaitTrail();
  private final Cast cast = new Cast();
  private @Nullable Instant arrived;
  private boolean planned;

  Explainer(Map<Long, Plan> plans) {
    this.routed = new RoutedText(plans);
  }

  List<Decision> decisions() {
    return decisions;
  }

  void tell(Call.Event event) {
    trail.see(event);
    cast.see(event);
    Map<String, Object> fields = new LinkedHashMap<>();
    if (event instanceof Call.Arrived e) {
      arrived = e.at();
      fields.put("callerNumber", e.arrival().callerNumber());
      fields.put("calledNumber", e.arrival().calledNumber());
      add(e, "arrived", arrived(e.arrival(), fields), fields);
    } else if (event instanceof Call.Routed e) {
      planned = true;
      add(e, "routed", routed.tell(e.routing(), fields), fields);
    } else if (event instanceof Call.Queued e) {
      add(e, "queued", queued(e, fields), fields);
    } else if (event instanceof Call.PlaceRefused e) {
      add(e, "no-place", noPlace(e, fields), fields);
    } else if (event instanceof Call.StepTaken e) {
      add(e, "step", step(e, fields), fields);
    } else if (event instanceof Call.Ended e) {
      fields.put("outcome", Words.of(e.outcome()));
      fields.put("cause", e.cause());
      String text = Sentences.ended(e.outcome(), cast.outbound() != null);
      add(e, "ended", text + " (" + e.cause() + ")", fields);
    } else if (!done(event, fields) && !handled(event, fields) && !calledBack(event, fields)) {
      offers(event, fields);
    }
  }

  private static String arrived(CallFact.Arrived arrival, Map<String, Object> fields) {
    CallbackPromise promise = arrival.callback();
    Outbound outbound = arrival.outbound();
    if (outbound != null) {
      fields.put("agent", outbound.agent().name());
      return Sentences.calls(outbound);
    } else if (promise == null) {
      return arrival.callerNumber() + " called " + arrival.calledNumber();
    }
    fields.put("origin", promise.origin().channel());
    promise(promise, fields);
    return Sentences.arrived(promise);
  }

  private static void promise(CallbackPromise promise, Map<String, Object> fields) {
    fields.put("to", promise.number().value());
    fields.put("queues", promise.queues());
    fields.put("priority", promise.priority());
    fields.put("since", promise.since());
    fields.put("from", promise.from());
    fields.put("until", promise.until());
    fields.put("attempts", promise.attempts());
  }

  /** What people did; whether the event was of that kind. */
  private boolean done(Call.Event event, Map<String, Object> fields) {
    Optional<Conduct> conduct = Conduct.of(event, cast);
    conduct.ifPresent(
        one -> {
          CallEventNames.of(event).ifPresent(name -> fields.put("event", name));
          put(fields, "by", one.by());
          add(event, "done", one.text(), fields);
        });
    return conduct.isPresent();
  }

  /** What concerns being called back; whether the event was of that kind. */
  private boolean calledBack(Call.Event event, Map<String, Object> fields) {
    if (event instanceof Call.CallbackPromised e) {
      fields.put("callback", e.callback().channel());
      promise(e.promise(), fields);
      add(
          e,
          "callback",
          Sentences.promised(e.promise(), e.callback()) + ", " + Sentences.window(e.promise()),
          fields);
    } else if (event instanceof Call.CustomerDialed e) {
      offer(e.offer(), fields);
      fields.put("attempt", e.attempt());
      add(
          e,
          "dialed",
          "%s is there, so %s is called, %s"
              .formatted(
                  cast.who(e.offer()),
                  cast.called(),
                  Sentences.attempt(e.attempt(), trail.promise())),
          fields);
    } else if (event instanceof Call.CustomerAnswered e) {
      offer(e.offer(), fields);
      add(e, "customer-answered", cast.called() + " answered", fields);
    } else if (event instanceof Call.AttemptFailed e) {
      fields.put("attempt", e.attempt());
      fields.put("cause", e.cause());
      put(fields, "again", e.again());
      add(
          e,
          "attempt-failed",
          Sentences.attempt(e.attempt(), trail.promise()) + ' ' + Sentences.attemptFailed(e),
          fields);
    } else if (event instanceof Call.GivenUp e) {
      fields.put("outcome", Words.of(e.outcome()));
      fields.put("cause", e.cause());
      add(e, "given-up", Sentences.givenUp(e, cast.outbound() != null), fields);
    } else {
      return false;
    }
    return true;
  }

  private void add(Call.Event event, String kind, String text, Map<String, Object> fields) {
    String line = text.replaceAll("\\s+", " ").strip();
    decisions.add(new Decision(event.at(), kind, Sentences.capital(line) + '.', fields));
  }

  private String queued(Call.Queued e, Map<String, Object> fields) {
    fields.put("queues", trail.queues().stream().map(QueueId::name).toList());
    fields.put("round", e.round());
    fields.put("priority", e.priority());
    fields.put("since", e.since());
    String where = queues(trail.queues()) + " with priority " + e.priority();
    CallbackPromise promise = trail.promise();
    if (promise != null) {
      return "with nobody on the line the callback waits in "
          + where
          + ", and calls "
          + Sentences.window(promise);
    }
    return planned
        ? "the call waits in " + where
        : "no plan had a say: by its number the call waits in " + where;
  }

  private String noPlace(Call.PlaceRefused e, Map<String, Object> fields) {
    fields.put("queue", e.queue().name());
    fields.put("round", e.round());
    fields.put("why", Words.of(e.why()));
    if (e.plan() > 0) {
      fields.put("plan", e.plan());
    }
    fields.put("then", ActionJson.of(e.then()));
    String refused =
        Sentences.queue(e.queue().name())
            + ' '
            + Sentences.noPlace(e.why())
            + " and has no place for the call, which ";
    return trail.queues().isEmpty()
        ? refused + "has no other left and is to " + Sentences.action(e.then())
        : refused + "goes on waiting in " + queues(trail.queues());
  }

  private String step(Call.StepTaken e, Map<String, Object> fields) {
    fields.put("round", e.round());
    fields.put("index", e.step());
    Optional<Action.Step> found = trail.step(e);
    if (found.isEmpty()) {
      return "a step of the wait was taken, but the events before it do not tell which";
    }
    Action.Step step = found.get();
    fields.put("step", ActionJson.step(step));
    return "a step of the wait was due "
        + Sentences.due(step)
        + ": "
        + Sentences.all(Sentences.changes(step));
  }

  /** What is done with a caller who waits in no queue; whether the event was of that kind. */
  private boolean handled(Call.Event event, Map<String, Object> fields) {
    if (event instanceof Call.HandedOver e) {
      fields.put("errand", errand(e.errand()));
      put(fields, "until", e.until());
      add(e, "handed-over", Sentences.errand(e.errand()), fields);
    } else if (event instanceof Call.CameBack e) {
      fields.put("refused", e.refused());
      String text = e.refused() ? "the switch could not do that" : "the caller is back";
      add(e, "came-back", text, fields);
    } else if (event instanceof Call.Held e) {
      fields.put("lot", e.lot());
      fields.put("until", e.until());
      fields.put("then", ActionJson.of(e.then()));
      add(
          e,
          "held",
          "the call is held in park lot %s until %s; if nobody has picked it up by then, it is to %s"
              .formatted(e.lot(), e.until(), Sentences.action(e.then())),
          fields);
    } else if (event instanceof Call.Dismissed e) {
      fields.put("cause", e.cause());
      add(e, "dismissed", "the plan ends the call with " + e.cause(), fields);
    } else {
      return false;
    }
    return true;
  }

  private static Map<String, Object> errand(Errand errand) {
    if (errand instanceof Errand.Announce announce) {
      return ActionJson.of(new Action.Announce(announce.file()));
    } else if (errand instanceof Errand.Voicemail voicemail) {
      return ActionJson.of(new Action.Voicemail(voicemail.box()));
    } else if (errand instanceof Errand.Outside outside) {
      return ActionJson.of(new Action.Transfer(outside.number()));
    } else if (errand instanceof Errand.Play play) {
      return Map.of("play", play.prompts());
    } else if (errand instanceof Errand.Collect collect) {
      return Map.of("collect", collect.prompts());
    }
    throw new IllegalArgumentException("unknown errand " + errand.getClass().getSimpleName());
  }

  /** What becomes of agents; other events decide nothing. */
  private void offers(Call.Event event, Map<String, Object> fields) {
    if (event instanceof Call.AgentOffered e) {
      offer(e.offer(), fields);
      fields.put("queue", e.queue().name());
      fields.put("round", e.round());
      add(e, "offered", OfferedText.tell(e, fields), fields);
    } else if (event instanceof Call.OfferRefused e) {
      offer(e.offer(), fields);
      String from = "";
      if (e.queue() != null) {
        fields.put("queue", e.queue().name());
        fields.put("round", e.round());
        from = " from " + Sentences.queue(e.queue().name());
      }
      fields.put("reason", Words.of(e.reason()));
      String text =
          "a reservation of agent %s%s was not used: %s"
              .formatted(e.agent().name(), from, Sentences.why(e.reason()));
      add(e, "refused", text, fields);
    } else if (event instanceof Call.OfferFailed e) {
      offer(e.offer(), fields);
      fields.put("reason", Words.of(e.reason()));
      add(
          e,
          "failed",
          "the offer to " + cast.who(e.offer()) + " failed: " + Sentences.why(e.reason()),
          fields);
    } else if (event instanceof Call.Connected e) {
      offer(e.offer(), fields);
      String text = "the caller and " + cast.who(e.offer()) + " are connected";
      CallbackPromise promise = trail.promise();
      Instant begin = promise == null ? arrived : promise.since();
      if (begin != null) {
        Duration waited = Duration.between(begin, e.at());
        fields.put("waited", waited);
        text +=
            ", "
                + Sentences.time(waited)
                + (promise == null ? " after the call arrived" : " after the caller began to wait");
      }
      add(e, "connected", text, fields);
    }
  }

  private void offer(OfferId offer, Map<String, Object> fields) {
    fields.put("offer", offer.value());
    put(fields, "agent", cast.agent(offer).map(AgentId::name).orElse(null));
  }

  private static String queues(List<QueueId> queues) {
    return Sentences.all(queues.stream().map(queue -> Sentences.queue(queue.name())).toList());
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
