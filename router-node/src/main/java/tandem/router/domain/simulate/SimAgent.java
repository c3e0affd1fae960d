package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.select.Matcher;
import tandem.router.domain.select.Turns;

/** One agent's day: single owner of how many calls it has, and of where its time went. */
final class SimAgent {
  final int index;
  final Staffing.Member member;

  private final Map<String, Desk> byName = new HashMap<>();

  /** Whose turn it is among its queues, as the agent's own entity keeps it. */
  private Turns<String> turns = new Turns<>(Map.<String, Integer>of());

  private boolean onShift;
  private @Nullable Instant restsUntil;
  private final Set<SimCall> ringing = new LinkedHashSet<>();
  private int talking;
  private int wrappingUp;
  private Instant idleSince = Instant.EPOCH;
  private long callsOfShift;
  private Duration talkOfShift = Duration.ZERO;
  private Instant accounted = Instant.EPOCH;
  private Duration busy = Duration.ZERO;
  private Duration idle = Duration.ZERO;
  private long calls;

  SimAgent(int index, Staffing.Member member) {
    this.index = index;
    this.member = member;
  }

  AgentId id() {
    return member.id();
  }

  /** One more queue: turns begin anew, as they do when a plan changes its weights. */
  void serves(Desk desk) {
    byName.put(desk.name(), desk);
    Map<String, Integer> weights = new HashMap<>();
    byName.forEach((name, each) -> weights.put(name, each.rule().weight()));
    turns = new Turns<>(weights);
  }

  /** Its queues, the one whose turn it is first. */
  List<Desk> inTurn() {
    List<Desk> desks = new ArrayList<>();
    for (String name : turns.order()) {
      Desk desk = byName.get(name);
      if (desk != null) {
        desks.add(desk);
      }
    }
    return desks;
  }

  /** Is given a caller of this queue: the queues before it had nobody for it. */
  void taken(Desk by) {
    if (byName.size() > 1) {
      String first = turns.order().get(0);
      if (!first.equals(by.name())) {
        turns.passed(first);
      }
      turns.served(by.name());
    }
  }

  void took() {
    callsOfShift++;
    calls++;
  }

  void begins(Instant now) {
    account(now);
    onShift = true;
    restsUntil = null;
    idleSince = now;
    callsOfShift = 0;
    talkOfShift = Duration.ZERO;
  }

  void ends(Instant now) {
    account(now);
    onShift = false;
  }

  /** Its phone rang to the end: it is not ready for a while. */
  void rests(Instant until, Instant now) {
    account(now);
    restsUntil = until;
  }

  /** Comes back from its rest, unless another has begun. */
  boolean rested(Instant now) {
    if (restsUntil == null || restsUntil.isAfter(now)) {
      return false;
    }
    account(now);
    restsUntil = null;
    idleSince = now;
    return true;
  }

  void rings(SimCall call, Instant now) {
    account(now);
    ringing.add(call);
    if (free() < 0) {
      throw new IllegalStateException("agent " + id() + " has more calls than it can take");
    }
  }

  void rangInVain(SimCall call, Instant now) {
    account(now);
    ringing.remove(call);
  }

  void answers(SimCall call, Instant now) {
    account(now);
    ringing.remove(call);
    talking++;
  }

  /** Calls its phone rings for. */
  List<SimCall> ringing() {
    return List.copyOf(ringing);
  }

  void hangsUp(Duration talk, Instant now) {
    account(now);
    talking--;
    wrappingUp++;
    talkOfShift = talkOfShift.plus(talk);
  }

  void wrappedUp(Instant now) {
    account(now);
    wrappingUp--;
    idleSince = now;
  }

  boolean isOnShift() {
    return onShift;
  }

  private boolean isReady() {
    return onShift && restsUntil == null;
  }

  /** Moments of its time are counted up to here. */
  void account(Instant now) {
    if (now.isAfter(accounted)) {
      Duration since = Duration.between(accounted, now);
      if (talking + wrappingUp > 0) {
        busy = busy.plus(since);
      } else if (isReady() && ringing.isEmpty()) {
        idle = idle.plus(since);
      }
      accounted = now;
    }
  }

  Matcher.Standing standing(Instant now) {
    return new Matcher.Standing(
        member.traits(), isReady() ? free() : 0, idleSince, callsOfShift, talkOfShift, now);
  }

  private int free() {
    return member.capacity() - ringing.size() - talking - wrappingUp;
  }

  Duration busy() {
    return busy;
  }

  Duration idle() {
    return idle;
  }

  long calls() {
    return calls;
  }
}
