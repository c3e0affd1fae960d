package tandem.edge.link;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.Causes;

/**
 * Compares what the link carries with what the switch has: after each connect, and again every
 * minute. The list of channels lags, so what it lacks is asked for one by one, and what an event
 * has told since is newer.
 */
final class Reconciler {
  /** The list may still show a channel for so long after the switch has ended it. */
  private static final Duration LIST_LAG = Duration.ofSeconds(5);

  private final LinkContext link;
  private final Questions questions;
  private final AdoptionDesk adoption;
  private final Set<LegId> partnersOwed = new LinkedHashSet<>();
  private Instant nextSweep = Instant.MAX;

  Reconciler(LinkContext link, Questions questions, AdoptionDesk adoption) {
    this.link = link;
    this.questions = questions;
    this.adoption = adoption;
  }

  /** Begins after a connect: the Core-UUID first, since another one ends all legs. */
  void start() {
    nextSweep = Instant.MAX;
    link.acts.api("global_getvar core_uuid", new Purpose.WhichCore());
  }

  /** The Core-UUID is known, and what it means was done. */
  void compare() {
    link.acts.api(ChannelList.COMMAND, new Purpose.List());
  }

  /** Every leg is of a switch that is no more. */
  void coreChanged() {
    for (Leg leg : List.copyOf(link.legs.all())) {
      link.gone(leg, Causes.SWITCH_LOST, true);
    }
  }

  /**
   * Takes the list in and asks about what it lacks.
   *
   * @return whether it could be read
   */
  boolean listed(String json, boolean draining) {
    List<ChannelList.Row> rows;
    try {
      rows = ChannelList.parse(json);
    } catch (IOException e) {
      LinkContext.log.warn("{}: no list of channels: {}", link.home, e.getMessage());
      return false;
    }
    Set<LegId> listed = new HashSet<>();
    for (ChannelList.Row row : rows) {
      listed.add(row.leg());
      take(row, draining);
    }
    for (Leg leg : List.copyOf(link.legs.all())) {
      if (!listed.contains(leg.id) && !leg.waiting && !leg.jobPending) {
        questions.exists(leg);
      }
    }
    nextSweep = link.now().plus(link.settings.sweepEvery());
    return true;
  }

  private void take(ChannelList.Row row, boolean draining) {
    Leg leg = link.legs.get(row.leg());
    if (leg != null) {
      boolean news = !leg.seen;
      show(leg, row);
      if (news) {
        askPartner(row);
      }
      return;
    }
    Tombstones.Stone stone = link.tombstones.get(row.leg());
    if (stone != null) {
      // What the switch itself has not ended may live: it was given up while it was out of reach.
      if (stone.byLink() || stone.at().plus(LIST_LAG).isBefore(link.now())) {
        link.killStray(row.leg());
      }
    } else if (row.inbound() && !row.answered() && row.parked()) {
      if (!adoption.isWaiting(row.leg())) {
        adoption.arrive(
            new Happening.Channel(
                row.leg(), true, false, null, row.callerNumber(), row.calledNumber()),
            draining);
      }
    } else {
      link.acts.api("uuid_getvar " + row.leg() + " " + EventReader.OWNER, new Purpose.Owner(row));
      askPartner(row);
    }
  }

  /** The variable outlives the bridge: it is asked for only where there is one. */
  private void askPartner(ChannelList.Row row) {
    if (row.bridged()) {
      askPartner(row.leg());
    }
  }

  private void askPartner(LegId leg) {
    link.acts.api("uuid_getvar " + leg + " bridge_uuid", new Purpose.Partner(leg));
  }

  private void show(Leg leg, ChannelList.Row row) {
    leg.unproven = false;
    if (leg.seen) {
      return;
    }
    leg.seen = true;
    leg.answered |= row.answered();
    leg.ringing |= row.ringing();
    leg.parked = row.parked();
    leg.seat.learn(row.application(), row.data());
    leg.bridgedTo = null;
    // The answer comes after this: it was asked for with or after what has brought us here.
    leg.partnerUnknown = row.bridged();
    if (leg.ordered && row.answered()) {
      leg.announced = true;
    }
    questions.wanted(leg);
  }

  /** Whom it talks to could not be asked: until it is, nothing is said of it. */
  void notAsked(LegId leg) {
    partnersOwed.add(leg);
  }

  /** A bridged channel of the list said whom it talks to. */
  void partner(LegId id, boolean ok, String text) {
    Leg leg = link.legs.get(id);
    if (leg == null) {
      return;
    }
    leg.partnerUnknown = false;
    if (ok && !leg.parked) {
      leg.bridgedTo = EventReader.leg(text).orElse(null);
      leg.hasTalked |= leg.bridgedTo != null;
    }
  }

  /** A channel of the list said which call it belongs to. */
  void owned(ChannelList.Row row, boolean ok, String text) {
    Optional<CallId> owner = ok ? LinkContext.owner(text) : Optional.empty();
    if (owner.isEmpty() || link.legs.get(row.leg()) != null) {
      // Not ours, or told by an event meanwhile.
      return;
    }
    Leg leg = link.adopt(row.leg(), owner.get());
    if (leg != null) {
      show(leg, row);
    }
  }

  void tick(Instant now) {
    if (!partnersOwed.isEmpty()) {
      List<LegId> owed = List.copyOf(partnersOwed);
      partnersOwed.clear();
      owed.forEach(this::askPartner);
    }
    if (!nextSweep.isAfter(now)) {
      nextSweep = now.plus(link.settings.sweepEvery());
      compare();
    }
  }

  void disconnected() {
    nextSweep = Instant.MAX;
    partnersOwed.clear();
  }
}
