package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/** The api commands about what a channel hears: broadcast, break, hold, record, statistics. */
final class MediaApi {

  private static final String NO_SESSION = "-ERR Cannot locate session!\n";
  private static final String RECORD_USAGE =
      "-USAGE: <uuid> [start|stop|mask|unmask] <path> [<limit>] [<recording_vars>]\n";

  private final SwitchCore core;
  private final Media media;
  private final Tapes tapes;

  MediaApi(SwitchCore core, Media media, Tapes tapes) {
    this.core = core;
    this.media = media;
    this.tapes = tapes;
  }

  void register(ApiCommands commands) {
    commands.add("uuid_broadcast", this::broadcast);
    commands.add("uuid_break", this::interrupt);
    commands.add("uuid_hold", this::hold);
    commands.add("uuid_record", this::record);
    commands.add("uuid_set_media_stats", this::statistics);
  }

  private void broadcast(ApiCall call) {
    String[] words = call.words(2);
    if (words.length < 2) {
      call.reply("-USAGE: <uuid> <path> [aleg|bleg|holdb|both]\n");
      return;
    }
    SimChannel channel = core.channels().locate(words[0]);
    if (channel == null) {
      call.reply("-ERR invalid uuid\n");
      return;
    }
    String what = words[1].trim();
    String legs = "aleg";
    int space = what.lastIndexOf(' ');
    if (space > 0) {
      String last = what.substring(space + 1);
      if (last.equals("aleg") || last.equals("bleg") || last.equals("both")) {
        legs = last;
        what = what.substring(0, space).trim();
      }
    }
    call.reply("+OK Message sent\n");
    SimChannel partner = partner(channel);
    if (!legs.equals("bleg")) {
      media.broadcast(channel, unquote(what));
    }
    if (!legs.equals("aleg") && partner != null) {
      media.broadcast(partner, unquote(what));
    }
  }

  private static String unquote(String text) {
    return text.length() > 1 && text.startsWith("'") && text.endsWith("'")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private void interrupt(ApiCall call) {
    String[] words = call.words(2);
    SimChannel channel = words.length == 0 ? null : core.channels().locate(words[0]);
    if (channel == null) {
      call.reply("-ERR No such channel!\n");
      return;
    }
    call.reply("+OK\n");
    media.interrupt(channel, words.length > 1 && words[1].trim().equals("all"));
  }

  private void hold(ApiCall call) {
    String[] words = call.words(3);
    String mode =
        words.length > 0 && (words[0].equals("off") || words[0].equals("toggle")) ? words[0] : "on";
    int at = mode.equals("on") ? 0 : 1;
    if (words.length <= at) {
      call.reply("-USAGE: [off|toggle] <uuid> [<display>]\n");
      return;
    }
    SimChannel channel = core.channels().locate(words[at]);
    if (channel == null) {
      // So says the recorded switch, too.
      call.reply("+OK Success\n");
      return;
    }
    boolean held = channel.callState.equals("HELD");
    boolean wanted = mode.equals("toggle") ? !held : mode.equals("on");
    if (!channel.answered() || (!wanted && !held)) {
      call.reply("-ERR Operation failed\n");
      return;
    }
    call.reply("+OK Success\n");
    SimChannel partner = partner(channel);
    channel.port.hold(channel, wanted);
    if (wanted) {
      core.events().callState(channel, "HELD");
      core.events().full(channel, "CHANNEL_HOLD");
      if (partner != null) {
        media.broadcast(partner, "silence_stream://-1");
      }
    } else {
      core.events().callState(channel, "UNHELD");
      if (partner != null) {
        media.interrupt(partner, true);
      }
      Bridge bridge = channel.bridge;
      if (bridge != null && bridge.second == channel) {
        core.events().callState(channel, "ACTIVE");
        core.events().full(channel, "CHANNEL_UNHOLD");
      } else {
        core.events().full(channel, "CHANNEL_UNHOLD");
        core.events().callState(channel, "ACTIVE");
      }
    }
  }

  private void record(ApiCall call) {
    String[] words = call.words(4);
    if (words.length < 3) {
      call.reply(RECORD_USAGE);
      return;
    }
    SimChannel channel = core.channels().locate(words[0]);
    if (channel == null) {
      call.reply(NO_SESSION);
      return;
    }
    String path = words[2];
    Tape tape = channel.tapes.get(path);
    String verb = words[1];
    switch (verb) {
      case "start" -> {
        long limit = words.length > 3 && words[3].matches("[0-9]{1,6}.*") ? number(words[3]) : 0;
        call.reply(
            tapes.start(channel, path, limit) ? "+OK Success\n" : "-ERR Cannot record session!\n");
      }
      case "stop" ->
          call.reply(
              tapes.stop(channel, path) ? "+OK Success\n" : "-ERR Cannot stop record session!\n");
      case "mask", "unmask", "pause", "resume" -> {
        if (tape != null && verb.endsWith("mask")) {
          tape.mask(verb.equals("mask"));
        }
        call.reply(
            tape != null ? "+OK Success\n" : "-ERR Cannot " + verb + " recording session!\n");
      }
      default -> call.reply(RECORD_USAGE);
    }
  }

  private static long number(String text) {
    return Long.parseLong(text.split(" ", 2)[0].replaceAll("[^0-9].*", ""));
  }

  private void statistics(ApiCall call) {
    SimChannel channel = core.channels().locate(call.arguments());
    if (channel == null) {
      call.reply("-ERR No such channel!\n");
      return;
    }
    channel.variables.put(
        "rtp_audio_out_media_packet_count",
        RtpStatistics.sent(channel.port.rtp(), media.packets(channel)));
    call.reply("+OK:\n");
  }

  private static @Nullable SimChannel partner(SimChannel channel) {
    Bridge bridge = channel.bridge;
    return bridge != null && bridge.phase == Bridge.Phase.UP ? bridge.partnerOf(channel) : null;
  }
}
