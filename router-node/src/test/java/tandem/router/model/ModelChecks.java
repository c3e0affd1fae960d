package tandem.router.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.router.call.Act;
import tandem.router.call.Call;
import tandem.router.call.CallPeek;
import tandem.router.call.CallState;
import tandem.router.call.ParkEvent;
import tandem.router.domain.CallId;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;
import tandem.router.model.ModelSwitch.Channel;

/** What must hold of calls that people do things with. */
final class ModelChecks {
  /** A call that persists more goes in circles. */
  private static final int LONGEST_JOURNAL = 600;

  private static final long PATIENCE_MILLIS = 20_000;

  private final ModelWorld world;
  private final Map<String, Long> wrongSince = new HashMap<>();

  ModelChecks(ModelWorld world) {
    this.world = world;
  }

  // ---- At every step

  /** A slot has one call. */
  void taken(ParkEvent.SlotTaken taken) {
    world.calls.forEach(
        (id, call) -> {
          CallState state = call.peek();
          CallPeek.Parked parked = state == null ? null : CallPeek.parked(state);
          if (parked != null && parked.lot().equals(taken.lot()) && parked.slot() == taken.slot()) {
            world.fail(id + " is in the slot another call has got: " + taken);
          }
        });
  }

  /** A caller is sent away by who has talked to it, never for somebody who never came. */
  void left(CallId id, CallState before, CallState after, Call.LegLeft left) {
    if (CallPeek.activity(before).equals("Bridged") && CallPeek.activity(after).equals("Ending")) {
      world.freeSwitch.channels.values().stream()
          .filter(channel -> channel.call.equals(id) && channel.caller && channel.up)
          .filter(caller -> !world.freeSwitch.haveTalked(caller.id, left.leg()))
          .findFirst()
          .ifPresent(caller -> world.fail(id + " is ended by one who never talked: " + left));
    }
  }

  // ---- Once the faults are over, while calls go on

  /** Looks every few seconds: what stays wrong for long is wrong. */
  void look() {
    Set<String> wrong = new HashSet<>();
    world.calls.forEach(
        (id, call) -> {
          CallState state = call.peek();
          if (state != null) {
            wrongs(id, state).forEach(what -> wrong.add(id + ": " + what));
          }
        });
    wrongSince.keySet().retainAll(wrong);
    for (String what : wrong) {
      long since = wrongSince.computeIfAbsent(what, any -> world.clock.millis());
      if (world.clock.millis() - since >= PATIENCE_MILLIS) {
        world.fail(what);
      }
    }
    hangUpSome();
    world.clock.in(2000, this::look);
  }

  /** People who talk do so for a while. */
  private void hangUpSome() {
    for (Channel channel : List.copyOf(world.freeSwitch.channels.values())) {
      ModelEntity<Call.Command, Call.Event, CallState> call = world.calls.get(channel.call);
      if (channel.up
          && call.peek() != null
          && CallPeek.activity(call.peek()).equals("Bridged")
          && world.faults.chance(0.03)) {
        world.freeSwitch.hangUp(channel.id, "NORMAL_CLEARING");
      }
    }
  }

  private List<String> wrongs(CallId id, CallState state) {
    List<String> wrong = new ArrayList<>();
    String activity = CallPeek.activity(state);
    CallPeek.Wanted wanted = CallPeek.wanted(state);
    if (wanted != null) {
      String differs =
          world.link.arranger.differs(
              new SwitchCommand.Arrange(
                  id, wanted.version(), wanted.rooms(), wanted.listeners(), ""));
      if (differs != null) {
        wrong.add("arrangement " + wanted.version() + ": " + differs);
      }
    }
    for (Channel channel : world.freeSwitch.channels.values()) {
      if (!channel.call.equals(id)) {
        continue;
      }
      if (!CallPeek.legs(state).contains(channel.id)) {
        wrong.add(channel.id + " lives and the call does not know");
      } else if (channel.caller && channel.up && hearsNothing(channel)) {
        wrong.add("the caller hears nothing: " + activity);
      }
    }
    if (activity.equals("Reaching") && CallPeek.coming(state) == 0) {
      wrong.add("nobody is on the way");
    }
    CallPeek.dying(state).forEach(leg -> wrong.add(leg + " is not hung up"));
    if (CallPeek.isLonely(state)) {
      wrong.add("somebody talks to nobody");
    }
    CallPeek.leaving(state).forEach(leg -> wrong.add(leg + " is not released"));
    if (CallPeek.isClaiming(state)) {
      wrong.add("its claim of a slot is not answered");
    }
    CallPeek.tapes(state)
        .forEach(
            (tape, mode) -> {
              SwitchCommand.TapeMode now = world.link.tapes.mode(tape);
              if (mode != now) {
                wrong.add("recording " + tape + " is to be " + mode + " and is " + now);
              }
            });
    return wrong;
  }

  private static boolean hearsNothing(Channel channel) {
    return channel.isAlone() && (channel.sound == null || channel.sound == Sound.SILENCE);
  }

  // ---- At the end

  /** Each request was done once. */
  void assertOnce() {
    world.calls.forEach(
        (id, call) -> {
          assertThat(call.journal).as("journal of %s", id).hasSizeLessThan(LONGEST_JOURNAL);
          Set<String> keys = new HashSet<>();
          Map<Integer, String> claims = new HashMap<>();
          for (Call.Event event : call.journal) {
            Act act = event instanceof Act.Done done ? done.act() : null;
            if (event instanceof ParkEvent.SlotClaimed claimed) {
              claims.put(claimed.claim(), act == null ? "" : act.key());
            } else if (event instanceof ParkEvent.SlotTaken taken) {
              claims.remove(taken.claim());
            } else if (event instanceof ParkEvent.SlotDenied denied) {
              // Nothing was done: asked again, it is tried again.
              keys.remove(claims.get(denied.claim()));
            } else if (event instanceof ParkEvent.SlotLeft left) {
              keys.remove(claims.get(left.claim()));
            }
            if (act != null) {
              assertThat(keys.add(act.key())).as("%s did %s once", id, act).isTrue();
            }
          }
        });
  }

  void assertLotsEmpty() {
    world.lots.forEach(
        (id, lot) -> assertThat(lot.state().slots()).as("slots of %s", id).isEmpty());
  }
}
