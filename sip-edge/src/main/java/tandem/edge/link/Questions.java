package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

/**
 * Finds out which legs live, and tells their calls. Single owner of when "there is no such channel"
 * is believed: said by {@code uuid_exists}, with no job pending, and for a leg that an earlier
 * connection may have ordered only some time after connecting.
 */
final class Questions {
  /** The event of a leg's end comes within 20 ms; it has the cause, so it is waited for. */
  private static final Duration EVENT_PATIENCE = Duration.ofMillis(500);

  private final LinkContext link;

  /** What calls have asked about, for as long as they are carried. */
  private final Map<CallId, Set<LegId>> asked = new HashMap<>();

  /** Of these, what the switch has not answered yet. */
  private final Map<CallId, Set<LegId>> open = new HashMap<>();

  Questions(LinkContext link) {
    this.link = link;
  }

  void ask(SwitchCommand.Ask question) {
    CallId call = question.call();
    if (!link.isConnected()) {
      sayHowItStands(call);
      if (link.dead) {
        question.legs().forEach(leg -> link.neverWas(call, leg, Causes.SWITCH_LOST));
      }
      return;
    }
    Set<LegId> unresolved = new LinkedHashSet<>();
    for (LegId id : question.legs()) {
      asked.computeIfAbsent(call, c -> new LinkedHashSet<>()).add(id);
      Leg leg = link.legs.get(id);
      if (leg == null && !link.tombstones.has(id) && link.hasLostItsLegs(call)) {
        link.giveUp(id, call);
      } else if (leg == null && !link.tombstones.has(id)) {
        leg = link.add(id, call);
        leg.unproven = true;
      }
      if (leg != null && leg.unproven) {
        unresolved.add(id);
        exists(leg);
      }
    }
    if (unresolved.isEmpty()) {
      stillUp(call);
    } else {
      open.put(call, unresolved);
    }
  }

  /** An order names a leg that is not here: the call learns what became of it. */
  void missing(CallId call, LegId leg) {
    if (!link.sayEndAgain(call, leg)) {
      ask(new SwitchCommand.Ask(call, List.of(leg)));
    }
  }

  /** Answers what cannot be carried out: the present incarnation, or that there is none. */
  void sayHowItStands(CallId call) {
    if (link.isConnected()) {
      stillUp(call);
    } else {
      link.tell(call, new CallFact.LinkLost(link.home.id(), link.now()));
    }
  }

  void stillUp(CallId call) {
    String incarnation = link.incarnation;
    if (incarnation == null) {
      return;
    }
    List<CallFact.LegView> up = new ArrayList<>();
    for (Leg leg : link.legs.of(call)) {
      if (!leg.unproven && !leg.partnerUnknown) {
        up.add(leg.view());
      }
    }
    Set<LegId> wanted = new LinkedHashSet<>();
    OpenCall carried = link.calls.get(call);
    if (carried != null) {
      if (!carried.isVirtual()) {
        wanted.add(carried.info.leg());
      }
      carried.stillUpAt = nextTime();
    }
    wanted.addAll(asked.getOrDefault(call, Set.of()));
    List<LegId> absent = new ArrayList<>();
    for (LegId leg : wanted) {
      if (link.legs.get(leg) == null && link.sayEndAgain(call, leg)) {
        absent.add(leg);
      }
    }
    link.tell(call, new CallFact.StillUp(link.home.id(), incarnation, up, absent, link.now()));
    if (carried == null) {
      asked.remove(call);
    }
  }

  /** Something about this leg did not work: it may be over. */
  void doubt(Leg leg) {
    leg.askAgainAt = link.now().plus(EVENT_PATIENCE);
  }

  void exists(Leg leg) {
    leg.askAgainAt = null;
    link.acts.api("uuid_exists " + leg.id, new Purpose.Exists(leg.id));
  }

  void existsReply(LegId id, String text) {
    Leg leg = link.legs.get(id);
    if (leg == null) {
      resolved(id, null);
      return;
    }
    if (text.equals("true")) {
      leg.seen = true;
      leg.unproven = false;
      leg.missed = false;
      leg.endCause = null;
      resolved(id, leg.call);
      wanted(leg);
    } else if (text.equals("false")) {
      absent(leg);
    } else {
      doubt(leg);
    }
  }

  /** A leg was shown to live: it may be one that is to be killed. */
  void wanted(Leg leg) {
    OpenCall call = link.calls.get(leg.call);
    if (leg.killCause != null) {
      link.kill(leg, leg.killCause);
    } else if (call != null && call.info.doomed()) {
      link.kill(leg, "NORMAL_CLEARING");
    }
  }

  private void absent(Leg leg) {
    Instant now = link.now();
    if (leg.jobPending) {
      leg.unproven = false;
      resolved(leg.id, leg.call);
    } else if (leg.endCause != null) {
      finish(leg, leg.endCause, false);
    } else if (!isBelievable(leg, now)) {
      leg.askAgainAt = link.connectedAt.plus(link.settings.absentAfter());
    } else if (leg.seen && !leg.missed) {
      leg.missed = true;
      leg.askAgainAt = now.plus(EVENT_PATIENCE);
    } else {
      finish(leg, Causes.ABSENT, true);
    }
  }

  private void finish(Leg leg, String cause, boolean byLink) {
    link.gone(leg, cause, byLink);
    resolved(leg.id, leg.call);
  }

  /** A leg of an earlier connection may have a job that nobody here knows of. */
  boolean isBelievable(Leg leg, Instant now) {
    return !leg.ordered
        || leg.seen
        || leg.orderedHere
        || !now.isBefore(link.connectedAt.plus(link.settings.absentAfter()));
  }

  private void resolved(LegId leg, @Nullable CallId call) {
    List<CallId> askers =
        call != null
            ? List.of(call)
            : open.entrySet().stream()
                .filter(entry -> entry.getValue().contains(leg))
                .map(Map.Entry::getKey)
                .toList();
    for (CallId asker : askers) {
      Set<LegId> rest = open.get(asker);
      if (rest != null && rest.remove(leg) && rest.isEmpty()) {
        open.remove(asker);
        stillUp(asker);
      }
    }
  }

  void tick(Instant now) {
    for (Leg leg : List.copyOf(link.legs.all())) {
      if (leg.askAgainAt != null && !leg.askAgainAt.isAfter(now)) {
        exists(leg);
      }
    }
    for (OpenCall call : link.calls.values()) {
      if (call.taken && !call.dropping && !call.stillUpAt.isAfter(now)) {
        remind(call);
      }
    }
  }

  /** To every call, at once. */
  void remindAll() {
    for (OpenCall call : link.calls.values()) {
      if (call.taken && !call.dropping) {
        remind(call);
      }
    }
  }

  private void remind(OpenCall call) {
    call.stillUpAt = nextTime();
    CallId id = call.info.call();
    if (call.info.doomed()) {
      link.sayEndAgain(id, call.info.leg());
    }
    sayHowItStands(id);
  }

  /** With jitter, so that thousands of calls do not speak in step. */
  private Instant nextTime() {
    long every = link.settings.stillUpEvery().toMillis();
    return link.now().plusMillis((long) (every * (0.9 + 0.2 * link.random.nextDouble())));
  }

  void disconnected() {
    open.clear();
  }

  void forget(CallId call) {
    asked.remove(call);
    open.remove(call);
  }
}
