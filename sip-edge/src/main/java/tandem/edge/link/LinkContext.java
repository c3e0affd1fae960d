package tandem.edge.link;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;

/**
 * What the parts of a link's logic share. Single owner of how a leg ends: exactly once, with a
 * tombstone.
 */
final class LinkContext {
  static final Logger log = LoggerFactory.getLogger(LinkLogic.class);

  final SwitchSettings home;
  final LinkSettings settings;
  final InstantSource clock;
  final RandomGenerator random;
  final LinkActs acts;
  final LinkMetrics metrics;
  final Legs legs = new Legs();
  final Tombstones tombstones = new Tombstones();
  final Map<CallId, OpenCall> calls = new LinkedHashMap<>();

  /** Legs that are being set up: while there are any, the switch is nudged. */
  private final Set<LegId> settingUp = new LinkedHashSet<>();

  /** Of the present connection; null while there is none. */
  @Nullable String incarnation;

  Instant connectedAt = Instant.EPOCH;

  /** Down for so long that all legs were given up. */
  boolean dead;

  /** Back after that, and not compared yet. */
  boolean returning;

  LinkContext(
      SwitchSettings home,
      LinkSettings settings,
      InstantSource clock,
      RandomGenerator random,
      LinkActs acts) {
    this.home = home;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.acts = acts;
    this.metrics = new LinkMetrics(home.id());
  }

  Instant now() {
    return clock.instant();
  }

  boolean isConnected() {
    return incarnation != null;
  }

  /** Whether an order names the present incarnation; any other one's tombstones are gone. */
  boolean isCurrent(String named) {
    return named.equals(incarnation);
  }

  void tell(CallId call, CallFact fact) {
    acts.tell(call, fact);
  }

  /**
   * A leg is over; said once. One of a doomed call was lost with its switch, whatever has ended it
   * since: that we hang it up is neither the caller's nor the agent's doing.
   */
  void gone(Leg leg, String how, boolean byLink) {
    legs.remove(leg);
    setUp(leg.id);
    if (!tombstones.has(leg.id)) {
      OpenCall call = calls.get(leg.call);
      boolean lost = leg.givenUp || (call != null && call.info.doomed());
      String cause = lost ? Causes.SWITCH_LOST : how;
      tombstones.add(leg.id, cause, byLink, now());
      if (leg.ordered && !leg.announced) {
        metrics.originate("failed");
      }
      // A call that has not taken its caller yet hears of the end right after it has.
      if (leg.ordered || call == null || call.taken) {
        tell(leg.call, new CallFact.LegGone(leg.id, cause, byLink, now()));
      }
    }
  }

  /** A leg that this link does not have: leaves a tombstone and says so. */
  void neverWas(CallId call, LegId leg, String cause) {
    tombstones.add(leg, cause, true, now());
    tell(call, new CallFact.LegGone(leg, cause, true, now()));
  }

  /** Says again how a leg ended, if that is known; false when it is not. */
  boolean sayEndAgain(CallId call, LegId leg) {
    Tombstones.Stone stone = tombstones.get(leg);
    if (stone == null) {
      return false;
    }
    tell(call, new CallFact.LegGone(leg, stone.cause(), stone.byLink(), stone.at()));
    return true;
  }

  /** Something is being set up: events matter now. */
  void settingUp(LegId leg) {
    if (settingUp.add(leg) && settingUp.size() == 1) {
      acts.nudge(true);
    }
  }

  void setUp(LegId leg) {
    if (settingUp.remove(leg) && settingUp.isEmpty()) {
      acts.nudge(false);
    }
  }

  void nothingSetUp() {
    if (!settingUp.isEmpty()) {
      settingUp.clear();
      acts.nudge(false);
    }
  }

  /** The channel itself says where it belongs; empty when that is no call of ours. */
  static Optional<CallId> owner(@Nullable String said) {
    if (said == null || said.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CallId.parse(said.strip()));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** The call, when it is carried and neither over nor given up. */
  Optional<OpenCall> living(CallId id) {
    return Optional.ofNullable(calls.get(id)).filter(call -> !call.dropping && !call.info.doomed());
  }

  /** Notes a leg, unless it is known: what it is to its call shows in its id. */
  Leg add(LegId id, CallId call) {
    return legs.add(id, call, role(id, call));
  }

  Leg.Role role(LegId id, CallId call) {
    OpenCall carried = calls.get(call);
    if (carried != null && carried.customers.contains(id)) {
      return Leg.Role.CUSTOMER;
    }
    return id.value().equals(call.channel()) ? Leg.Role.CALLER : Leg.Role.AGENT;
  }

  /**
   * Notes a leg that nobody here knew, and that says it belongs to this call; null when the call
   * does not want it, and it is hung up. A callback lives through a declaration of death, but none
   * of the legs it had: these are neither in memory after a recovery, nor is their call doomed.
   */
  @Nullable Leg adopt(LegId id, CallId owner) {
    if (living(owner).isEmpty()) {
      killStray(id);
      return null;
    }
    if (hasLostItsLegs(owner)) {
      giveUp(id, owner);
      return null;
    }
    return add(id, owner);
  }

  boolean hasLostItsLegs(CallId call) {
    OpenCall carried = calls.get(call);
    return returning && carried != null && carried.isCallback();
  }

  /** A leg of a callback from before a declaration of death. */
  void giveUp(LegId id, CallId callback) {
    neverWas(callback, id, Causes.SWITCH_LOST);
    killStray(id);
  }

  /** Ends a channel that no call wants; nothing hangs on the outcome. */
  void killStray(LegId leg) {
    acts.api("uuid_kill " + leg + " NORMAL_CLEARING", new Purpose.Unwatched());
  }

  void kill(Leg leg, String cause) {
    leg.killCause = cause;
    leg.killAgainAt = null;
    acts.api("uuid_kill " + leg.id + " " + cause, new Purpose.Killing(leg.id));
  }

  void music(Leg leg) {
    play(leg, settings.music());
  }

  /** Plays what has no end, unless something of that kind plays there. */
  void play(Leg leg, String what) {
    if (leg.music || leg.isAway()) {
      return;
    }
    leg.music = true;
    if (!leg.fresh) {
      // Should something be playing after all, this would wait behind it for ever.
      acts.api("uuid_break " + leg.id + " all", new Purpose.Unwatched());
    }
    acts.api("uuid_broadcast " + leg.id + " playback::" + what + " aleg", new Purpose.Unwatched());
  }
}
