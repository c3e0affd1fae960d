package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * What the parts of a link's logic share. Single owner of how a leg ends: exactly once, with a
 * tombstone.
 */
final class LinkContext {
  static final Logger log = LoggerFactory.getLogger(LinkLogic.class);

  /** What an agent hears while somebody else's phone rings: the same as in our dialplan. */
  private static final String RINGING = "tone_stream://%(2000,4000,440,480);loops=-1";

  /** A parked leg that hears nothing is sent nothing, which some phones take for a dead line. */
  private static final String SILENCE = "silence_stream://-1";

  /** From {@code uuid_broadcast} to its first sound: 0.1 to 0.2 s, and as much again when busy. */
  private static final Duration BEGINNING = Duration.ofMillis(400);

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

  private final List<Consumer<Leg>> whenGone = new ArrayList<>();

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
    gone(leg, how, byLink, null);
  }

  /**
   * A leg is over; said once.
   *
   * @param quality how well it was heard; null when the switch does not say
   */
  void gone(Leg leg, String how, boolean byLink, @Nullable Quality quality) {
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
        tell(leg.call, new CallFact.LegGone(leg.id, cause, byLink, quality, now()));
      }
    }
    whenGone.forEach(watcher -> watcher.accept(leg));
  }

  /** Tells of each leg that is over, once it is not in the table any more. */
  void whenGone(Consumer<Leg> watcher) {
    whenGone.add(watcher);
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
    return returning && carried != null && carried.isVirtual();
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
    play(leg, Sound.MUSIC);
  }

  /** Plays what has no end, unless it plays there already. */
  void play(Leg leg, Sound what) {
    if (leg.sound == what || leg.isAway()) {
      return;
    }
    if (leg.sound != null || !leg.fresh) {
      // While something else is playing, this would wait behind it for ever.
      acts.api("uuid_break " + leg.id + " all", new Purpose.Sounding(leg.id));
    }
    leg.sound = what;
    leg.seat.again = false;
    leg.playedAt = now();
    acts.api(
        "uuid_broadcast " + leg.id + " playback::" + file(leg, what) + " aleg",
        new Purpose.Sounding(leg.id));
  }

  /**
   * Whether what it hears can be ended. Before the switch begins with what it is to play it hears
   * the leg for five frames, or ten without sound; a break within that time is lost, and what is
   * played next would wait behind what has no end.
   */
  boolean hasBegun(Leg leg) {
    return !now().isBefore(leg.playedAt.plus(BEGINNING));
  }

  /**
   * As {@link #play}, but not yet while what it hears cannot be ended: the next tick asks again.
   */
  void playOnceBegun(Leg leg, Sound what) {
    if (hasBegun(leg)) {
      play(leg, what);
    }
  }

  /**
   * What waits to be played survives a bridge, and would be played into the talk: what comes after
   * something else, and what a busy switch has not begun to read yet.
   */
  void dropQueue(Leg leg) {
    if (leg.queued || !hasBegun(leg)) {
      leg.musicEnded();
      acts.api("uuid_break " + leg.id + " all", new Purpose.Unwatched());
    }
  }

  /** What this leg hears as music. */
  String musicOf(Leg leg) {
    OpenCall call = calls.get(leg.call);
    return call == null || call.music == null ? settings.music() : call.music;
  }

  private String file(Leg leg, Sound sound) {
    return switch (sound) {
      case MUSIC -> musicOf(leg);
      case RINGING -> RINGING;
      case SILENCE -> SILENCE;
    };
  }
}
