package tandem.edge.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The api command {@code conference}, with the texts of the recordings 05g and 11. */
final class ConferenceApi {

  private static final String WHO = " <[member_id|all]|last|non_moderator> ";

  private record Verb(String event, String done, String more, Consumer<ConferenceMember> action) {}

  private static final Map<String, Verb> VERBS =
      Map.of(
          "mute", new Verb("mute-member", "mute", "[<quiet>]", member -> member.mute(true)),
          "tmute", new Verb("", "", "[<quiet>]", member -> member.mute(!member.muted())),
          "unmute", new Verb("unmute-member", "unmute", "[<quiet>]", member -> member.mute(false)),
          "deaf", new Verb("deaf-member", "deaf", "", member -> member.deafen(true)),
          "undeaf", new Verb("undeaf-member", "undeaf", "", member -> member.deafen(false)),
          "hold", new Verb("hold-member", "hold", "[file]", member -> member.hold(true)),
          "unhold", new Verb("unhold-member", "unhold", "", member -> member.hold(false)),
          "kick",
              new Verb(
                  "kick-member", "kicked", "[<optional sound file>]", ConferenceMember::kicked),
          "hup", new Verb("hup-member", "hup", "", ConferenceMember::hungUp));

  private final SwitchCore core;
  private final Conferences conferences;

  ConferenceApi(SwitchCore core, Conferences conferences) {
    this.core = core;
    this.conferences = conferences;
  }

  void register(ApiCommands commands) {
    commands.add("conference", call -> call.reply(run(call.words(5))));
  }

  private String run(String[] words) {
    if (words.length == 0) {
      return "-USAGE: conference <conference name> <command>\n";
    }
    if (words.length == 1 || words[0].equals("list")) {
      return switch (words[0]) {
        case "list" -> everything();
        case "json_list" -> ConferenceTexts.json(conferences.rooms(), core.clock().micros());
        default -> "-ERR Conference " + words[0] + " not found\n";
      };
    }
    ConferenceRoom room = conferences.room(words[0]);
    if (room == null) {
      return "-ERR Conference " + words[0] + " not found\n";
    }
    String argument = words.length > 2 ? words[2] : "";
    return switch (words[1]) {
      case "list" ->
          argument.equals("count") ? "" + room.members.size() : ConferenceTexts.list(room);
      case "json_list" -> ConferenceTexts.json(List.of(room), core.clock().micros());
      case "lock", "unlock" -> {
        room.locked = words[1].equals("lock");
        room.say(core, words[1]);
        yield "+OK " + room.name + " " + words[1] + "ed\n";
      }
      default -> member(room, words[1], argument);
    };
  }

  private String everything() {
    if (conferences.rooms().isEmpty()) {
      return "+OK No active conferences.\n";
    }
    StringBuilder out = new StringBuilder();
    for (ConferenceRoom room : conferences.rooms()) {
      out.append("+OK Conference ")
          .append(room.name)
          .append(" (")
          .append(room.members.size())
          .append(room.members.size() == 1 ? " member" : " members")
          .append(
              " rate: 8000 flags: running|answered|enforce_min|dynamic|exit_sound|enter_sound)\n")
          .append(ConferenceTexts.list(room));
    }
    return out.toString();
  }

  private String member(ConferenceRoom room, String name, String who) {
    Verb verb = VERBS.get(name);
    if (verb == null) {
      return "Conference command '" + name + "' not found.\n";
    }
    List<ConferenceMember> chosen = chosen(room, who);
    if (chosen == null) {
      return (name + WHO + verb.more).trim();
    }
    if (chosen.isEmpty() && !who.equals("all")) {
      return "-ERR Non-Existant ID " + who + "\n";
    }
    StringBuilder out = new StringBuilder();
    for (ConferenceMember member : chosen) {
      verb.action.accept(member);
      // A toggle says which way it went.
      Verb said = verb.event.isEmpty() ? VERBS.get(member.muted() ? "mute" : "unmute") : verb;
      if (said != null) {
        room.say(core, said.event, member);
        out.append("+OK ").append(said.done).append(' ').append(member.id()).append('\n');
      }
    }
    return out.toString();
  }

  /** Null when that names nobody in any way the switch knows. */
  private static @Nullable List<ConferenceMember> chosen(ConferenceRoom room, String who) {
    if (who.equals("all") || who.equals("non_moderator")) {
      return List.copyOf(room.members);
    }
    if (who.equals("last")) {
      return room.members.stream().limit(1).toList();
    }
    List<ConferenceMember> found = new ArrayList<>();
    boolean uuid = who.startsWith("uuid=");
    if (!uuid && !who.matches("[0-9]{1,9}")) {
      return null;
    }
    for (ConferenceMember member : room.members) {
      if (uuid
          ? member.channel().uuid.equals(who.substring(5))
          : member.id() == Integer.parseInt(who)) {
        found.add(member);
      }
    }
    return List.copyOf(found);
  }
}
