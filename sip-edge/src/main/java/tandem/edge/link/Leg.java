package tandem.edge.link;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;

/** One living or pending channel of a call, as far as events and replies have told. */
final class Leg {
  final LegId id;
  final CallId call;

  Role role;

  /** The caller's side of the call, to be bridged with an agent. */
  boolean caller;

  /** It did not call us: a phone that was rung. */
  final boolean ordered;

  boolean ringing;
  boolean answered;

  /** Waits for orders, as CHANNEL_PARK said since it was last bridged. */
  boolean parked;

  /** LegAnswered was said. */
  boolean announced;

  @Nullable LegId bridgedTo;

  /** Was bridged at least once: a park after that means something. */
  boolean hasTalked;

  /** Ordered on the present connection, so that its job's outcome is going to be heard. */
  boolean orderedHere;

  boolean jobPending;

  /** An event, or the list, has shown it on the present connection. */
  boolean seen;

  /** Asked about, and nothing has shown yet whether it lives at all. */
  boolean unproven;

  /** Held back by pacing. */
  boolean waiting;

  /**
   * What plays there is known: nothing that this link did not start. So it is from the first park
   * on and after a bridge, and not after one that came to nothing.
   */
  boolean fresh;

  /** What was started to be heard and nothing has ended; null when that is nothing. */
  @Nullable Sound sound;

  /** When something was last ordered to be played there; the switch begins some 0.2 s later. */
  Instant playedAt = Instant.MIN;

  /** More than one thing is to be played there, one after the other. */
  boolean queued;

  /** What it ended of, should it turn out to be absent. */
  @Nullable String endCause;

  /** {@code uuid_exists} said no; said twice it is believed. */
  boolean missed;

  /** When to ask again whether it exists; null when nobody doubts it. */
  @Nullable Instant askAgainAt;

  /**
   * The list says that it is bridged, and with whom is being asked. Until that is known nothing is
   * said of it: as a leg that talks to nobody it would be hung up.
   */
  boolean partnerUnknown;

  /** It is to be hung up with this cause, as soon as that can be done. */
  @Nullable String killCause;

  @Nullable Instant killAgainAt;

  Greeting greeting = Greeting.NOT_YET;
  boolean greetingFailed;

  /** {@code uuid_bridge} was written and neither refused nor carried out. */
  boolean bridging;

  /** A bridge of this agent's leg was ordered, or must never be again: it is ordered once. */
  boolean bridgeSpent;

  /** The bridge of this agent's leg that is written once its caller is known to be answered. */
  SwitchCommand.@Nullable Bridge bridgeOwed;

  /** The agent's leg this caller was last ordered to be bridged with. */
  @Nullable LegId lastPartner;

  /** A repark was ordered; said is Parked when it is so. */
  boolean reparking;

  /** When patience with that ends. */
  @Nullable Instant parkDueAt;

  /** The park was written: the caller had not come back by itself. */
  boolean parkWritten;

  /**
   * It was seen to arrive on the present connection: nobody before that has done anything to it.
   */
  boolean arrivedHere;

  /** The last announcement that was said over its music. */
  int said;

  /** Orders that are carried out once, by their names. */
  private final Set<String> doneOnce = new LinkedHashSet<>();

  /** The last errand it was handed over for; {@link Errands} sees to it. */
  Errands.@Nullable Trip trip;

  /** Where an arrangement has put it, and is moving it. */
  final Seat seat = new Seat();

  /** The agent's leg on which this one is heard ringing. */
  @Nullable LegId heardBy;

  /** It was given up with its switch, whatever may end it since. */
  boolean givenUp;

  /** What a leg is to its call. */
  enum Role {
    /** The call's first channel, which called us. */
    CALLER,
    /** An agent's phone. */
    AGENT,
    /** Whom we call: rung as an agent's phone is, and the call's caller from the answer on. */
    CUSTOMER,
    /** Somebody outside whom the call has asked in, beside its caller. */
    GUEST
  }

  /** How far the caller's greeting is. */
  enum Greeting {
    NOT_YET,
    UNDER_WAY,
    DONE
  }

  Leg(LegId id, CallId call, Role role) {
    this.id = id;
    this.call = call;
    this.role = role;
    this.caller = role == Role.CALLER || role == Role.CUSTOMER;
    this.ordered = role != Role.CALLER;
  }

  LegState state() {
    if (bridgedTo != null || seat.isTaken()) {
      return LegState.BRIDGED;
    }
    if (!ordered) {
      return answered ? LegState.ANSWERED : LegState.RINGING;
    }
    if (announced) {
      return LegState.ANSWERED;
    }
    return ringing ? LegState.RINGING : LegState.PENDING;
  }

  LegView view() {
    return new LegView(id, state(), bridgedTo);
  }

  /**
   * Whether the switch does something with it by itself, or is about to: nothing is to disturb it.
   */
  boolean isAway() {
    return trip != null && trip.isAway();
  }

  /**
   * Something is ordered for it as for a caller, so that it is one: a link that was started anew
   * cannot tell whom an agent calls from the agent. Who was called has answered, its call knows.
   */
  void takenForCaller() {
    if (ordered) {
      role = Role.CUSTOMER;
      caller = true;
      answered = true;
    }
  }

  /** Whether no order of this name was carried out for it yet; from now on one was. */
  boolean firstTime(String order) {
    return doneOnce.add(order);
  }

  /** It is parked, or wanted for something else. */
  void reparked() {
    reparking = false;
    parkDueAt = null;
    parkWritten = false;
  }

  /** Something else has most likely ended the music; no event says so. */
  void musicEnded() {
    sound = null;
    playedAt = Instant.MIN;
    queued = false;
    fresh = false;
    seat.again = false;
  }

  /** The connection is gone, and with it every reply and event still owed. */
  void disconnected() {
    orderedHere = false;
    jobPending = false;
    seen = false;
    waiting = false;
    missed = false;
    partnerUnknown = false;
    askAgainAt = null;
    killAgainAt = null;
    bridging = false;
    bridgeOwed = null;
    musicEnded();
    reparked();
    arrivedHere = false;
    trip = null;
    seat.disconnected();
    if (greeting == Greeting.UNDER_WAY) {
      greeting = Greeting.NOT_YET;
    }
  }
}
