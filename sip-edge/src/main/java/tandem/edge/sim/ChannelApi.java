package tandem.edge.sim;

import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The api commands about one channel's life: exists, answer, kill, bridge, park, variables,
 * originate, scheduled hang-ups.
 */
final class ChannelApi {

  private static final String NO_CHANNEL = "-ERR No such channel!\n";

  private static final String TRANSFER_USAGE =
      "<uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]";

  private final SwitchCore core;
  private final Switch owner;

  ChannelApi(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
  }

  void register(ApiCommands commands) {
    commands.add("create_uuid", call -> call.reply(UUID.randomUUID().toString()));
    commands.add(
        "uuid_exists",
        call -> call.reply(core.channels().locate(call.arguments()) == null ? "false" : "true"));
    commands.add("originate", call -> owner.originator().originate(call));
    commands.add("uuid_answer", call -> onChannel(call, "-ERROR\n", "<uuid>", this::answer));
    commands.add("uuid_pre_answer", call -> onChannel(call, "-ERROR\n", "<uuid>", this::preAnswer));
    commands.add("uuid_ring_ready", call -> onChannel(call, "-ERROR\n", "<uuid>", this::ringReady));
    commands.add("uuid_kill", call -> onChannel(call, NO_CHANNEL, "<uuid> [cause]", this::kill));
    commands.add("uuid_park", call -> onChannel(call, NO_CHANNEL, "<uuid>", this::park));
    commands.add(
        "uuid_dump",
        call -> onChannel(call, NO_CHANNEL, "<uuid> [format]", (c, rest) -> core.events().dump(c)));
    commands.add(
        "uuid_setvar",
        call -> onChannel(call, NO_CHANNEL, "<uuid> <var> [value]", this::setVariable));
    commands.add(
        "uuid_setvar_multi",
        call ->
            onChannel(
                call, NO_CHANNEL, "<uuid> <var>=<value>;<var>=<value>...", this::setVariables));
    commands.add(
        "uuid_getvar", call -> onChannel(call, NO_CHANNEL, "<uuid> <var>", this::getVariable));
    commands.add(
        "uuid_transfer", call -> onChannel(call, NO_CHANNEL, TRANSFER_USAGE, this::transfer));
    commands.add("uuid_bridge", this::bridge);
    commands.add("sched_hangup", this::scheduleHangup);
    commands.add(
        "sched_del",
        call -> call.reply("+OK Deleted: " + owner.schedules().delete(call.arguments()) + "\n"));
    commands.add("hupall", this::hangupAll);
  }

  /** Runs what is given on the channel named by the first word; the rest of the words go along. */
  private void onChannel(
      ApiCall call, String unknown, String usage, BiFunction<SimChannel, String, String> action) {
    String[] words = call.words(2);
    if (words.length == 0) {
      call.reply("-USAGE: " + usage + "\n");
      return;
    }
    SimChannel channel = core.channels().locate(words[0]);
    call.reply(
        channel == null ? unknown : action.apply(channel, words.length > 1 ? words[1].trim() : ""));
  }

  private String answer(SimChannel channel, String rest) {
    owner.arrivals().answer(channel);
    return "+OK\n";
  }

  private String preAnswer(SimChannel channel, String rest) {
    if (channel.inbound) {
      owner.media().early(channel);
    }
    return "+OK\n";
  }

  private String ringReady(SimChannel channel, String rest) {
    owner.arrivals().ring(channel);
    return "+OK\n";
  }

  private String kill(SimChannel channel, String cause) {
    owner.hangups().hangup(channel, Causes.named(cause));
    return "+OK\n";
  }

  private String park(SimChannel channel, String rest) {
    owner.bridges().park(channel);
    return "+OK\n";
  }

  private String transfer(SimChannel channel, String rest) {
    String flag = rest.startsWith("-") ? rest.split(" +", 2)[0] : "";
    String order = rest.substring(flag.length()).trim();
    String extension;
    int quote = order.startsWith("'") ? order.indexOf('\'', 1) : -1;
    if (quote > 0) {
      extension = order.substring(1, quote);
      order = order.substring(quote + 1).trim();
    } else {
      extension = order.split(" +", 2)[0];
      order = order.substring(extension.length()).trim();
    }
    String[] words = order.isEmpty() ? new String[0] : order.split(" +", -1);
    boolean known = flag.isEmpty() || flag.equals("-both") || flag.equals("-bleg");
    if (extension.isEmpty() || !known || words.length > 2) {
      return "-USAGE: " + TRANSFER_USAGE + "\n";
    }
    Dialplan.Target target =
        new Dialplan.Target(
            extension,
            words.length > 0 ? words[0] : "XML",
            words.length > 1 ? words[1] : channel.context);
    Bridge bridge = channel.bridge;
    if (flag.equals("-both")) {
      owner.dialplan().transferBoth(channel, target);
    } else if (flag.equals("-bleg")) {
      if (bridge == null || bridge.phase != Bridge.Phase.UP) {
        return "-ERR No such channel!\n";
      }
      owner.dialplan().transfer(bridge.partnerOf(channel), target);
    } else {
      owner.dialplan().transfer(channel, target);
    }
    return "+OK\n";
  }

  private String setVariable(SimChannel channel, String rest) {
    String[] pair = rest.split(" +", 2);
    if (pair[0].isEmpty()) {
      return "-USAGE: <uuid> <var> [value]\n";
    }
    set(channel, pair[0], pair.length > 1 ? pair[1] : "");
    return "+OK\n";
  }

  private String setVariables(SimChannel channel, String rest) {
    for (String pair : rest.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        set(channel, pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return "+OK\n";
  }

  private static void set(SimChannel channel, String name, String value) {
    if (value.contains("${")) {
      // Refused without a word: the old value stays.
      return;
    }
    if (value.isEmpty()) {
      channel.variables.remove(name);
    } else {
      channel.variables.put(name, value);
    }
  }

  private String getVariable(SimChannel channel, String name) {
    if (name.equals("rtp_audio_out_media_packet_count")) {
      return RtpStatistics.sent(channel.port.rtp(), owner.media().packets(channel));
    }
    String value = channel.variables.get(name);
    return value == null ? "_undef_" : value;
  }

  private void bridge(ApiCall call) {
    String[] words = call.words(3);
    call.reply(
        words.length < 2
            ? "-USAGE: <uuid> <other_uuid>\n"
            : owner.bridges().bridge(words[0], words[1]));
  }

  private void scheduleHangup(ApiCall call) {
    String[] words = call.words(3);
    if (words.length < 2) {
      call.reply("-USAGE: [+]<time> <uuid> [<cause>]\n");
      return;
    }
    if (core.channels().locate(words[1]) == null) {
      call.reply(NO_CHANNEL);
      return;
    }
    try {
      boolean relative = words[0].startsWith("+");
      long number = Long.parseLong(relative ? words[0].substring(1) : words[0]);
      long seconds = relative ? number : number - core.clock().micros() / 1_000_000;
      owner
          .schedules()
          .hangupIn(words[1], seconds, words.length > 2 ? words[2] : "ALLOTTED_TIMEOUT");
      call.reply("+OK\n");
    } catch (NumberFormatException e) {
      call.reply("-USAGE: [+]<time> <uuid> [<cause>]\n");
    }
  }

  private void hangupAll(ApiCall call) {
    String cause = call.arguments().isEmpty() ? "MANAGER_REQUEST" : Causes.named(call.words(2)[0]);
    for (SimChannel channel : core.channels().living()) {
      owner.hangups().hangup(channel, cause);
    }
    call.reply("+OK hangup all channels with cause " + cause + "\n");
  }
}
