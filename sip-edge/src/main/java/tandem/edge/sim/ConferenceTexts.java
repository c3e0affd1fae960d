package tandem.edge.sim;

import java.util.Collection;

/** How the switch lists a conference, in lines and in JSON. */
final class ConferenceTexts {

  private static final String[] ROOM_FLAGS = {
    "locked",
    "destruct",
    "wait_mod",
    "audio_always",
    "running",
    "answered",
    "enforce_min",
    "bridge_to",
    "dynamic",
    "exit_sound",
    "enter_sound",
    "recording",
    "video_bridge",
    "video_floor_only",
    "video_rfc4579"
  };
  private static final java.util.Set<String> ALWAYS =
      java.util.Set.of(
          "running", "answered", "enforce_min", "dynamic", "exit_sound", "enter_sound");

  private ConferenceTexts() {}

  private static String shownName(SimChannel channel) {
    return channel.inbound ? channel.callerName : "Outbound Call";
  }

  private static String shownNumber(SimChannel channel) {
    return channel.inbound ? channel.callerNumber : channel.destination;
  }

  static String list(ConferenceRoom room) {
    StringBuilder out = new StringBuilder();
    for (ConferenceMember member : room.members) {
      SimChannel channel = member.channel();
      StringBuilder flags = new StringBuilder();
      flag(flags, !member.deaf(), "hear");
      flag(flags, !member.muted(), "speak");
      flag(flags, room.floor == member, "floor");
      flag(flags, member.held(), "hold");
      out.append(
              String.join(
                  ";",
                  Integer.toString(member.id()),
                  channel.name,
                  channel.uuid,
                  shownName(channel),
                  shownNumber(channel),
                  flags,
                  "0",
                  "0",
                  Integer.toString(room.energy())))
          .append('\n');
    }
    return out.toString();
  }

  private static void flag(StringBuilder flags, boolean set, String name) {
    if (set) {
      flags.append(flags.isEmpty() ? "" : "|").append(name);
    }
  }

  static String json(Collection<ConferenceRoom> rooms, long now) {
    StringBuilder out = new StringBuilder("[");
    for (ConferenceRoom room : rooms) {
      room(out.append(out.length() > 1 ? ", " : ""), room, now);
    }
    return out.append(']').toString();
  }

  private static void room(StringBuilder out, ConferenceRoom room, long now) {
    SimJson json =
        SimJson.object(out)
            .put("conference_name", room.name)
            .put("member_count", room.members.size())
            .put("ghost_count", 0)
            .put("rate", Tape.RATE)
            .put("run_time", (now - room.createdMicros) / 1_000_000)
            .put("conference_uuid", room.uuid)
            .put("canvas_count", 0)
            .put("max_bw_in", 0)
            .put("force_bw_in", 0)
            .put("video_floor_packets", 0);
    for (String flag : ROOM_FLAGS) {
      boolean set = ALWAYS.contains(flag) || (flag.equals("locked") && room.locked);
      json.raw(flag, Boolean.toString(set));
    }
    StringBuilder members = new StringBuilder("[");
    for (ConferenceMember member : room.members) {
      member(members.append(members.length() > 1 ? ", " : ""), room, member, now);
    }
    json.raw("variables", "{}").raw("members", members.append(']').toString()).end();
  }

  private static void member(
      StringBuilder out, ConferenceRoom room, ConferenceMember member, long now) {
    StringBuilder flags = new StringBuilder();
    SimJson.object(flags)
        .raw("can_hear", Boolean.toString(!member.deaf()))
        .raw("can_see", "true")
        .raw("can_speak", Boolean.toString(!member.muted()))
        .raw("hold", Boolean.toString(member.held()))
        .raw("mute_detect", "false")
        .raw("talking", "false")
        .raw("has_video", "false")
        .raw("video_bridge", "false")
        .raw("has_floor", Boolean.toString(room.floor == member))
        .raw("is_moderator", "false")
        .raw("end_conference", "false")
        .raw("mandatory_member_end_conference", "false")
        .raw("pass_digits", "false")
        .end();
    SimChannel channel = member.channel();
    SimJson.object(out)
        .put("type", "caller")
        .put("id", member.id())
        .raw("flags", flags.toString())
        .put("uuid", channel.uuid)
        .put("caller_id_name", shownName(channel))
        .put("caller_id_number", shownNumber(channel))
        .put("join_time", (now - member.joinedMicros()) / 1_000_000)
        .put("last_talking", 0)
        .put("energy", room.energy())
        .put("volume_in", 0)
        .put("volume_out", 0)
        .put("output-volume", 0)
        .put("input-volume", 0)
        .end();
  }
}
