package tandem.edge.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One conference: who is in it, newest first as the switch lists them, and what it says. */
final class ConferenceRoom {

  /** The profile of our own configuration, which keeps floor changes to itself. */
  private static final String QUIET_PROFILE = "tandem";

  final String name;
  final String profile;
  final String uuid = UUID.randomUUID().toString();
  final long createdMicros;
  final List<ConferenceMember> members = new ArrayList<>();
  boolean locked;
  @Nullable ConferenceMember floor;

  ConferenceRoom(String name, String profile, long createdMicros) {
    this.name = name;
    this.profile = profile;
    this.createdMicros = createdMicros;
  }

  boolean tellsFloor() {
    return !profile.equals(QUIET_PROFILE);
  }

  int energy() {
    return tellsFloor() ? 100 : 0;
  }

  /** An event of the room alone. */
  void say(SwitchCore core, String action, String... more) {
    SimEvent event = core.bus().custom("conference::maintenance");
    if (event != null) {
      head(event).add("Action", action);
      for (int i = 0; i + 1 < more.length; i += 2) {
        event.add(more[i], more[i + 1]);
      }
      core.bus().send(event);
    }
  }

  /** An event about one member. */
  void say(SwitchCore core, String action, ConferenceMember member) {
    SimEvent event = core.bus().custom("conference::maintenance");
    if (event != null) {
      about(head(event), member);
      core.bus().send(event.add("Action", action));
    }
  }

  /** Who has the floor now. */
  void sayFloor(SwitchCore core) {
    ConferenceMember now = floor;
    if (now == null) {
      say(core, "floor-change", "Old-ID", "none", "New-ID", "none");
      return;
    }
    SimEvent event = core.bus().custom("conference::maintenance");
    if (event != null) {
      head(event).add("Action", "floor-change").add("Old-ID", "none");
      about(head(event), now);
      core.bus().send(event.add("New-ID", Integer.toString(now.id())));
    }
  }

  private SimEvent head(SimEvent event) {
    return event
        .add("Conference-Name", name)
        .add("Conference-Domain", "sim.invalid")
        .add("Conference-Size", Integer.toString(members.size()))
        .add("Conference-Ghosts", "0")
        .add("Conference-Profile-Name", profile)
        .add("Conference-Unique-ID", uuid);
  }

  private void about(SimEvent event, ConferenceMember member) {
    event.add("Floor", Boolean.toString(floor == member));
    ChannelEvents.brief(event, member.channel());
    event
        .add("Video", "false")
        .add("Hear", Boolean.toString(!member.deaf()))
        .add("See", "true")
        .add("Speak", Boolean.toString(!member.muted()))
        .add("Talking", "false")
        .add("Mute-Detect", "false")
        .add("Hold", Boolean.toString(member.held()))
        .add("Member-ID", Integer.toString(member.id()))
        .add("Member-Type", "member")
        .add("Member-Ghost", "false")
        .add("Energy-Level", Integer.toString(energy()))
        .add("Current-Energy", "0");
  }
}
