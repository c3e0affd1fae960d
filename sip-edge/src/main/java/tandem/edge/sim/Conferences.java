package tandem.edge.sim;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single owner of the conferences that there are; numbers their members over the whole switch. */
final class Conferences {

  private static final Duration FLOOR = Duration.ofMillis(20);

  private final SwitchCore core;
  private final Consumer<ConferenceRoom> watcher;
  private final Map<String, ConferenceRoom> rooms = new LinkedHashMap<>();
  private int lastId;

  /**
   * @param watcher told of every room whose members have changed, for the ledger
   */
  Conferences(SwitchCore core, Consumer<ConferenceRoom> watcher) {
    this.core = core;
    this.watcher = watcher;
  }

  @Nullable ConferenceRoom room(String name) {
    return rooms.get(name);
  }

  Collection<ConferenceRoom> rooms() {
    return rooms.values();
  }

  int nextId() {
    return ++lastId;
  }

  /** The room of that name; the first who comes makes it. */
  ConferenceRoom enter(String name, String profile) {
    ConferenceRoom known = rooms.get(name);
    if (known != null) {
      return known;
    }
    ConferenceRoom made = new ConferenceRoom(name, profile, core.clock().micros());
    rooms.put(name, made);
    made.say(core, "conference-create");
    return made;
  }

  /** Somebody has come or gone: tells the parties who is with them, and ends an empty room. */
  void changed(ConferenceRoom room) {
    List<ConferenceMember> members = List.copyOf(room.members);
    if (members.isEmpty()) {
      rooms.remove(room.name, room);
      core.loop()
          .after(
              core.upTo(core.settings().timing().teardown()),
              () -> room.say(core, "conference-destroy"));
      return;
    }
    for (ConferenceMember member : members) {
      SimChannel with =
          members.size() < 2 ? null : members.get(members.get(0) == member ? 1 : 0).channel();
      member.channel().port.bridged(member.channel(), with);
    }
    watcher.accept(room);
    if (room.tellsFloor() && room.floor == null) {
      core.loop().after(core.upTo(FLOOR), () -> giveFloor(room));
    }
  }

  private void giveFloor(ConferenceRoom room) {
    if (room.floor == null && !room.members.isEmpty()) {
      room.floor = room.members.get(0);
      room.sayFloor(core);
    }
  }

  void clear() {
    rooms.clear();
    lastId = 0;
  }
}
