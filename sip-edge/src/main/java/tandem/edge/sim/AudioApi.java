package tandem.edge.sim;

/** The api commands about a leg's own sound and its phone's keys: mutes, digits, phone events. */
final class AudioApi {

  private static final String NO_CHANNEL = "-ERR No such channel!\n";
  private static final String NO_SESSION = "-ERR Cannot locate session!\n";
  private static final String AUDIO_USAGE =
      "-USAGE: <uuid> [start [read|write] [mute|level <level>]|stop]\n";
  private static final String PHONE_USAGE = "-USAGE: <uuid> [talk|hold]\n";
  private static final int APPLIED_SAMPLES = 2_000;

  private final SwitchCore core;
  private final Digits digits;

  AudioApi(SwitchCore core, Digits digits) {
    this.core = core;
    this.digits = digits;
  }

  void register(ApiCommands commands) {
    commands.add("uuid_audio", call -> call.reply(audio(call.words(5))));
    commands.add("uuid_send_dtmf", call -> digits(call, false));
    commands.add("uuid_recv_dtmf", call -> digits(call, true));
    commands.add("uuid_phone_event", call -> call.reply(phone(call.words(2))));
  }

  private String audio(String[] words) {
    boolean stop = words.length > 1 && words[1].equals("stop");
    boolean start =
        words.length > 4
            && words[1].equals("start")
            && (words[2].equals("read") || words[2].equals("write"))
            && (words[3].equals("mute") || words[3].equals("level"));
    if (!stop && !start) {
      return AUDIO_USAGE;
    }
    SimChannel channel = core.channels().locate(words[0]);
    if (channel == null) {
      return NO_CHANNEL;
    }
    if (stop) {
      boolean was = channel.readMuted || channel.writeMuted;
      channel.readMuted = false;
      channel.writeMuted = false;
      if (was) {
        bug(channel, "MEDIA_BUG_STOP");
      }
      return "+OK\n";
    }
    boolean was = channel.readMuted || channel.writeMuted;
    if (words[3].equals("mute")) {
      boolean on = !words[4].equals("0");
      if (words[2].equals("read")) {
        channel.readMuted = on;
      } else {
        channel.writeMuted = on;
      }
    }
    if (!was) {
      bug(channel, "MEDIA_BUG_START");
    }
    return "+OK\n";
  }

  private void bug(SimChannel channel, String event) {
    core.events()
        .full(channel, event, "Media-Bug-Function", "audio", "Media-Bug-Target", channel.uuid);
  }

  private void digits(ApiCall call, boolean received) {
    String[] words = call.words(2);
    SimChannel channel = words.length < 2 ? null : core.channels().locate(words[0]);
    if (words.length < 2) {
      call.reply("-USAGE: <uuid> <dtmf_data>\n");
      return;
    }
    if (channel == null) {
      call.reply(NO_SESSION);
      return;
    }
    if (Digits.keys(words[1]).isEmpty()) {
      call.reply("-ERR Operation failed\n");
      return;
    }
    String done = received ? " received DTMF " : " sent DTMF ";
    call.reply("+OK " + channel.uuid + done + words[1] + ".\n");
    String keys = Digits.keys(words[1]);
    if (received) {
      digits.received(channel, keys, "APP", APPLIED_SAMPLES);
    } else {
      channel.port.digits(channel, keys);
    }
  }

  private String phone(String[] words) {
    if (words.length < 2) {
      return PHONE_USAGE;
    }
    SimChannel channel = core.channels().locate(words[0]);
    if (channel == null) {
      return "-ERR Operation failed\n";
    }
    channel.port.phoneEvent(channel, words[1]);
    return "+OK Success\n";
  }
}
