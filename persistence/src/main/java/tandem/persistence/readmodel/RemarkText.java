package tandem.persistence.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tandem.router.call.Act;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.call.ParkEvent;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TapeEvent;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;

/** Tells of slots in park lots, of recordings, and of what there is to say about a call. */
final class RemarkText {
  private final Cast cast;
  private final Map<String, Object> details;

  private RemarkText(Cast cast, Map<String, Object> details) {
    this.cast = cast;
    this.details = details;
  }

  /** What happened, with what it holds; empty when the event is of another kind. */
  static Optional<String> tell(Call.Event event, Cast cast, Map<String, Object> details) {
    RemarkText text = new RemarkText(cast, details);
    Optional<String> told =
        event instanceof ParkEvent e
            ? Optional.of(text.parked(e))
            : event instanceof TapeEvent e
                ? Optional.of(text.taped(e))
                : event instanceof RemarkEvent e
                    ? Optional.of(text.remarked(e))
                    : event instanceof FlowEvent e ? Optional.of(text.flow(e)) : Optional.empty();
    return told.map(
        sentence ->
            event instanceof Act.Done done
                ? ActText.by(Sentences.capital(sentence), done.act(), details)
                : Sentences.capital(sentence));
  }

  private String parked(ParkEvent event) {
    if (event instanceof ParkEvent.SlotClaimed e) {
      details.put("lot", e.lot().name());
      details.put("claim", e.claim());
      if (e.slot() != null) {
        details.put("slot", e.slot());
      }
      if (e.parker() != null) {
        details.put("parker", e.parker().name());
      }
      return (e.slot() == null ? "a slot" : "slot " + e.slot())
          + " in park lot "
          + e.lot().name()
          + " is asked for"
          + (e.parker() == null ? "" : " by " + Cast.agent(e.parker()));
    } else if (event instanceof ParkEvent.SlotTaken e) {
      details.put("lot", e.lot().name());
      details.put("claim", e.claim());
      details.put("slot", e.slot());
      details.put("until", e.until().toString());
      return "caller is parked in slot " + e.slot() + " of park lot " + e.lot().name();
    } else if (event instanceof ParkEvent.SlotDenied e) {
      details.put("lot", e.lot().name());
      details.put("claim", e.claim());
      details.put("why", word(e.why()));
      return "no slot in park lot %s (%s)".formatted(e.lot().name(), word(e.why()));
    } else if (event instanceof ParkEvent.SlotLeft e) {
      details.put("lot", e.lot().name());
      details.put("claim", e.claim());
      return "the slot in park lot " + e.lot().name() + " is free again";
    } else if (event instanceof ParkEvent.Recalled e) {
      details.put("parker", e.parker().name());
      details.put("attempt", e.attempt());
      return "nobody has picked the caller up, so %s is called, attempt %d"
          .formatted(Cast.agent(e.parker()), e.attempt());
    }
    throw unknown(event);
  }

  private String taped(TapeEvent event) {
    if (event instanceof TapeEvent.ConsentAsked) {
      return "the caller hears that the call is recorded";
    } else if (event instanceof TapeEvent.TapeStarted e) {
      details.put("recording", e.recording());
      details.put("keep", e.keep().toString());
      return "the recording begins, of " + leg(e.leg());
    } else if (event instanceof TapeEvent.TapeSet e) {
      details.put("recording", e.recording());
      details.put("state", word(e.mode()));
      return switch (e.mode()) {
        case RECORDING -> "the recording goes on";
        case PAUSED -> "the recording pauses";
        case STOPPED -> "the recording is stopped";
      };
    } else if (event instanceof TapeEvent.TapeOver e) {
      details.put("recording", e.recording());
      details.put("length", e.length().toString());
      return "the recording is over, " + Sentences.time(e.length()) + " long";
    } else if (event instanceof TapeEvent.TapeFailed e) {
      details.put("recording", e.recording());
      details.put("text", e.text());
      return "the switch does not record: " + e.text();
    }
    throw unknown(event);
  }

  private String remarked(RemarkEvent event) {
    if (event instanceof RemarkEvent.Noted e) {
      details.put("text", e.text());
      return "a note is written";
    } else if (event instanceof RemarkEvent.Tagged e) {
      details.put("add", e.add());
      details.put("remove", e.remove());
      List<String> done = new ArrayList<>();
      if (!e.add().isEmpty()) {
        done.add("tagged " + Sentences.all(e.add()));
      }
      if (!e.remove().isEmpty()) {
        done.add("no longer tagged " + Sentences.all(e.remove()));
      }
      return "the call is " + Sentences.all(done);
    } else if (event instanceof RemarkEvent.Disposed e) {
      details.put("code", e.code());
      if (e.comment() != null) {
        details.put("comment", e.comment());
      }
      return "the call came to '" + e.code() + "'";
    } else if (event instanceof RemarkEvent.AttributesSet e) {
      details.put("attributes", new TreeMap<>(e.attributes()));
      return "attributes are set: "
          + Sentences.all(List.copyOf(new TreeMap<>(e.attributes()).keySet()));
    } else if (event instanceof RemarkEvent.QualityTold e) {
      return heard(e.leg(), e.quality());
    } else if (event instanceof RemarkEvent.DigitPressed e) {
      details.put("digit", e.digit());
      return leg(e.leg()) + " pressed " + e.digit();
    } else if (event instanceof RemarkEvent.MessageTaken e) {
      details.put("box", e.box());
      details.put("message", e.message());
      if (e.group() != null) {
        details.put("group", e.group());
      }
      details.put("length", e.length().toString());
      details.put("keep", e.keep().toString());
      return "caller left a message of %s in voicemail box %s"
          .formatted(Sentences.time(e.length()), e.box());
    }
    throw unknown(event);
  }

  private String heard(LegId leg, Quality quality) {
    String who = leg(leg);
    details.put("mos", quality.mos());
    details.put("jitter", quality.jitter());
    details.put("loss", quality.loss());
    details.put("packets", quality.packets());
    return quality.packets() == 0
        ? "nothing was heard of " + who
        : String.format(
            Locale.ROOT,
            "%s was heard with a mean opinion score of %.1f, %.0f ms of jitter and %.1f %% loss",
            who,
            quality.mos(),
            quality.jitter(),
            quality.loss() * 100);
  }

  private String flow(FlowEvent event) {
    if (event instanceof FlowEvent.NodeEntered e) {
      node(e.flow(), e.node());
      details.put("passed", e.passed());
      return "interactive flow " + e.flow() + " is at node " + e.node();
    } else if (event instanceof FlowEvent.Answered e) {
      node(e.flow(), e.node());
      if (e.digits() == null) {
        return "caller keyed something in that is secret";
      }
      details.put("digits", e.digits());
      return e.digits().isEmpty()
          ? "caller keyed nothing in"
          : "caller keyed " + e.digits() + " in";
    } else if (event instanceof FlowEvent.LookupBegun e) {
      details.put("number", e.number());
      return "another system is asked about the call";
    } else if (event instanceof FlowEvent.LookedUp e) {
      details.put("number", e.number());
      details.put("found", word(e.found()));
      return switch (e.found()) {
        case FOUND -> "the other system has answered";
        case FAILED -> "the other system could not be asked";
        case TIMED_OUT -> "the other system did not answer in time";
      };
    } else if (event instanceof FlowEvent.FlowLeft e) {
      node(e.flow(), e.node());
      details.put("passed", e.passed());
      return "interactive flow %s is over at node %s: the call is to %s"
          .formatted(e.flow(), e.node(), Sentences.action(e.to()));
    }
    throw unknown(event);
  }

  private void node(String flow, String node) {
    details.put("flow", flow);
    details.put("node", node);
  }

  private String leg(LegId leg) {
    details.put("leg", leg.value());
    return cast.who(leg);
  }

  private static IllegalArgumentException unknown(Call.Event event) {
    return new IllegalArgumentException("unknown event " + event.getClass().getSimpleName());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
