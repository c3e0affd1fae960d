package tandem.persistence.readmodel;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Invite;
import tandem.router.call.Invite.Purpose;
import tandem.router.call.TableEvent;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;

/** Tells who was brought into a conversation, moved in it and sent out, by whom. */
final class TableText {
  private final Cast cast;
  private final Map<String, Object> details;

  private TableText(Cast cast, Map<String, Object> details) {
    this.cast = cast;
    this.details = details;
  }

  /** What happened, with what it holds. */
  static String tell(TableEvent event, Cast cast, Map<String, Object> details) {
    TableText text = new TableText(cast, details);
    return ActText.by(Sentences.capital(text.tell(event)), event.act(), details);
  }

  private String tell(TableEvent event) {
    if (event instanceof TableEvent.Invited e) {
      return invited(e.invite());
    } else if (event instanceof TableEvent.InviteOrdered e) {
      return ordered(e);
    } else if (event instanceof TableEvent.InviteAnswered e) {
      invite(e.number());
      return cast.invited(e.number()) + (isSupervisor(e.number()) ? " listens" : " picked up");
    } else if (event instanceof TableEvent.InviteEnded e) {
      invite(e.number());
      details.put("cause", e.cause());
      return cast.invited(e.number()) + " does not come: " + e.cause();
    } else if (event instanceof TableEvent.Settled e) {
      details.put("version", e.version());
      return "all hear whom they are to hear";
    } else if (event instanceof TableEvent.Unsettled e) {
      details.put("version", e.version());
      details.put("text", e.text());
      return "the switch could not connect " + leg(e.leg()) + " as wanted: " + e.text();
    } else if (event instanceof TableEvent.SetAgain) {
      return "the switch is told again who is to hear whom";
    } else if (event instanceof TableEvent.AnswerAsked e) {
      return "phone of " + offer(e.offer()) + " is asked to pick up";
    } else if (event instanceof TableEvent.Declined e) {
      return offer(e.offer()) + " declined";
    }
    return told(event);
  }

  private String told(TableEvent event) {
    if (event instanceof TableEvent.PutOnHold) {
      return "caller is on hold";
    } else if (event instanceof TableEvent.TakenOffHold) {
      return "caller is off hold";
    } else if (event instanceof TableEvent.Muted e) {
      details.put("muted", e.on());
      return leg(e.leg()) + (e.on() ? " is muted" : " is no longer muted");
    } else if (event instanceof TableEvent.DigitsSent e) {
      details.put("count", e.count());
      return (e.count() == 1 ? "1 digit" : e.count() + " digits") + " sent to " + leg(e.leg());
    } else if (event instanceof TableEvent.Swapped) {
      return "the agent talks to the other one now: the caller, or who is consulted";
    } else if (event instanceof TableEvent.Completed) {
      Invite to = cast.consulted().orElse(null);
      who(to == null ? null : to.agent());
      return "caller is given to " + (to == null ? "who was consulted" : Cast.who(to));
    } else if (event instanceof TableEvent.ConsultCancelled) {
      return "the consultation is called off";
    } else if (event instanceof TableEvent.Merged) {
      return "the caller and all who were consulted talk together";
    } else if (event instanceof TableEvent.GivenAway e) {
      details.put("to", ActText.json(e.to()));
      if (e.back() != null) {
        details.put("from", e.back().name());
      }
      String to = "the caller to " + ActText.target(e.to());
      return e.back() == null
          ? to.replaceFirst("the caller", "the caller is transferred")
          : Cast.agent(e.back()) + " transfers " + to;
    } else if (event instanceof TableEvent.SentOut e) {
      return leg(e.leg()) + " is sent out";
    } else if (event instanceof TableEvent.LockSet e) {
      details.put("locked", e.on());
      return e.on() ? "the conversation is locked" : "the conversation is no longer locked";
    } else if (event instanceof TableEvent.HungUp) {
      return "the call is hung up for all";
    }
    return supervised(event);
  }

  private String supervised(TableEvent event) {
    if (event instanceof TableEvent.EarSet e) {
      who(e.supervisor());
      details.put("ear", word(e.ear()));
      return "supervisor " + e.supervisor().name() + " listens, " + ActText.ear(e.ear());
    } else if (event instanceof TableEvent.StoppedSupervising e) {
      who(e.supervisor());
      return "supervisor " + e.supervisor().name() + " is not to listen any more";
    } else if (event instanceof TableEvent.TakenOver e) {
      who(e.supervisor());
      details.put("from", e.from().name());
      return "supervisor %s takes the call over from %s"
          .formatted(e.supervisor().name(), Cast.agent(e.from()));
    }
    throw new IllegalArgumentException("unknown event " + event.getClass().getSimpleName());
  }

  private String invited(Invite invite) {
    invite(invite.number());
    details.put("purpose", word(invite.purpose()));
    String host = invite.host() == null ? "an agent" : Cast.agent(invite.host());
    if (invite.host() != null) {
      details.put("host", invite.host().name());
    }
    if (invite.shown() != null) {
      details.put("shown", invite.shown().value());
    }
    String who = Cast.who(invite);
    return switch (invite.purpose()) {
      case CONSULT -> host + " wants to talk to " + who + " while the caller hears music";
      case JOIN -> who + " is asked to join";
      case TRANSFER -> who + " is asked to take the caller";
      case RECALL -> who + " is asked to take the caller back";
      case PICK_UP -> who + " is to pick the parked caller up";
      case OUTBOUND -> who + " is called first";
      case SUPERVISE -> supervisor(invite);
    };
  }

  private String supervisor(Invite invite) {
    String name = invite.agent() == null ? "somebody" : "supervisor " + invite.agent().name();
    if (invite.ear() == null) {
      return name + " is to listen";
    }
    details.put("ear", word(invite.ear()));
    return name + " is to listen, " + ActText.ear(invite.ear());
  }

  private String ordered(TableEvent.InviteOrdered e) {
    invite(e.number());
    details.put("leg", e.leg().value());
    details.put("ringDeadline", e.ringDeadline().toString());
    if (e.contact() != null) {
      details.put("contact", e.contact().value());
      return "phone of " + cast.invited(e.number()) + " is to ring";
    }
    details.put("trunk", e.trunk() + 1);
    return "calling " + cast.invited(e.number()) + " over trunk " + (e.trunk() + 1);
  }

  private boolean isSupervisor(int number) {
    return cast.invite(number).filter(one -> one.purpose() == Purpose.SUPERVISE).isPresent();
  }

  /** Notes who was wanted. */
  private void invite(int number) {
    details.put("invite", number);
    cast.invite(number)
        .ifPresent(
            invite -> {
              if (invite.outside() != null) {
                details.put("number", invite.outside().value());
              }
              if (invite.offer() != null) {
                details.put("offer", invite.offer().value());
              }
              who(invite.agent());
            });
  }

  private void who(@Nullable AgentId agent) {
    if (agent != null) {
      details.put("agent", agent.name());
    }
  }

  private String leg(LegId leg) {
    details.put("leg", leg.value());
    return cast.who(leg);
  }

  private String offer(OfferId offer) {
    details.put("offer", offer.value());
    who(cast.agent(offer).orElse(null));
    return cast.who(offer);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
