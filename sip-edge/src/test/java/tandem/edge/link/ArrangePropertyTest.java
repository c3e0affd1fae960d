package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * Whatever is wanted after whatever, while legs end and the switch refuses: all living legs come to
 * be where they were wanted last, and nothing is left stuck.
 */
class ArrangePropertyTest {
  private static final int AGENTS = 4;

  @Property(tries = 400)
  void shouldAlwaysEndWhereItIsWanted(@ForAll long seed) {
    Random random = new Random(seed);
    LinkHarness link = new LinkHarness().ready().compared();
    LegId caller = link.greeted();
    List<LegId> legs = new ArrayList<>(List.of(caller));
    for (int i = 0; i < AGENTS; i++) {
      legs.add(link.answeredAgent(caller));
    }
    link.answerAll();
    RoomSwitch model = new RoomSwitch(link, random);
    legs.forEach(model::has);
    model.of(caller).sounds.add("tone_stream://music");

    SwitchCommand.Arrange last = null;
    for (int version = 1; version <= 2 + random.nextInt(6); version++) {
      model.refusing = random.nextInt(4) == 0 ? 0.15 : 0;
      last = wanted(link, caller, legs, version, random);
      link.order(last);
      model.run(random.nextInt(4) == 0 ? 1_000 : random.nextInt(150));
      if (random.nextInt(5) == 0) {
        model.die(legs.get(random.nextInt(legs.size())));
        model.run(random.nextInt(80));
      }
    }
    model.refusing = 0;
    model.run(8_000);
    link.order(last);
    model.run(4_000);

    assertThat(model.wrong).as("ordered with seed " + seed).isEmpty();
    assertThat(link.facts(caller, CallFact.Arranged.class))
        .as("said with seed " + seed)
        .extracting(CallFact.Arranged::version)
        .endsWith(last.version());
    check(model, last, "seed " + seed);
  }

  private static SwitchCommand.Arrange wanted(
      LinkHarness link, LegId caller, List<LegId> legs, int version, Random random) {
    List<LegId> order = new ArrayList<>(legs);
    Collections.shuffle(order, random);
    List<Listener> listeners = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      Ear ear = one(random, Ear.values());
      listeners.add(new Listener(order.remove(0), order.get(0), ear));
    }
    List<Room> rooms = new ArrayList<>();
    while (!order.isEmpty()) {
      int size = Math.min(order.size(), 1 + random.nextInt(4));
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Sound sound = one(random, Sound.values());
        places.add(new Place(order.remove(0), random.nextInt(4) == 0, sound));
      }
      rooms.add(new Room(places));
    }
    return new SwitchCommand.Arrange(
        LinkHarness.call(caller), version, rooms, listeners, link.incarnation());
  }

  private static void check(RoomSwitch model, SwitchCommand.Arrange order, String seed) {
    Set<String> names = new HashSet<>();
    for (Room room : order.rooms()) {
      List<Place> living =
          room.places().stream().filter(place -> !model.of(place.leg()).dead).toList();
      for (Place place : living) {
        assertThat(model.of(place.leg()).muted).as(seed).isEqualTo(place.muted());
      }
      if (living.size() == 1) {
        RoomSwitch.Channel only = model.of(living.get(0).leg());
        assertThat(only.isParked()).as(seed).isTrue();
        assertThat(only.sounds).as(seed).startsWith(file(living.get(0).alone()));
      } else if (living.size() == 2) {
        LegId one = living.get(0).leg();
        LegId other = living.get(1).leg();
        assertThat(model.of(one).partner).as(seed).isEqualTo(other);
        assertThat(model.of(other).partner).as(seed).isEqualTo(one);
      } else if (living.size() > 2) {
        List<String> theirs = living.stream().map(p -> model.of(p.leg()).room).distinct().toList();
        assertThat(theirs).as(seed).hasSize(1).doesNotContainNull();
        assertThat(names.add(theirs.get(0))).as("a room of its own, " + seed).isTrue();
      }
    }
    for (Listener listener : order.listeners()) {
      RoomSwitch.Channel ear = model.of(listener.leg());
      if (!ear.dead && model.of(listener.target()).dead) {
        assertThat(ear.isParked()).as(seed).isTrue();
      } else if (!ear.dead) {
        assertThat(ear.target).as(seed).isEqualTo(listener.target());
        assertThat(ear.ear)
            .as(seed)
            .isEqualTo((listener.ear() == Ear.BARGE) + "/" + (listener.ear() != Ear.MONITOR));
      }
    }
  }

  private static <T> T one(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private static String file(Sound sound) {
    return switch (sound) {
      case MUSIC -> "tone_stream://music";
      case RINGING -> "tone_stream://%(2000,4000,440,480);loops=-1";
      case SILENCE -> "silence_stream://-1";
    };
  }
}
