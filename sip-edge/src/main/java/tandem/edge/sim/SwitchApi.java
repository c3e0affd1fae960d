package tandem.edge.sim;

import java.util.List;

/**
 * The api commands about the switch as a whole: status, version, limits, pauses, the channel list,
 * shutdown.
 */
final class SwitchApi {

  private static final String COLUMNS =
      "uuid,direction,created,created_epoch,name,state,cid_name,cid_num,ip_addr,dest,application,context,callstate,call_uuid";

  private final SwitchCore core;
  private final Switch owner;

  SwitchApi(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
  }

  void register(ApiCommands commands) {
    commands.add("status", call -> call.reply(status()));
    commands.add(
        "version",
        call ->
            call.reply(
                "FreeSWITCH Version 1.10.12-release (git a88d069 2024-08-02 21:02:27Z 64bit)"
                    + " simulated\n"));
    commands.add("reloadxml", call -> call.reply("+OK [Success]\n"));
    commands.add(
        "global_getvar",
        call ->
            call.reply(
                call.arguments().equals("core_uuid")
                    ? core.bus().coreUuid()
                    : owner.globals().getOrDefault(call.arguments(), "")));
    commands.add("global_setvar", this::setGlobal);
    commands.add("show", this::show);
    commands.add("fsctl", this::control);
  }

  private void setGlobal(ApiCall call) {
    int equals = call.arguments().indexOf('=');
    if (equals <= 0) {
      call.reply("-USAGE: <var>=<value> [=<value2>]\n");
      return;
    }
    owner
        .globals()
        .put(call.arguments().substring(0, equals), call.arguments().substring(equals + 1));
    call.reply("+OK");
  }

  static String upTime(long millis) {
    long seconds = millis / 1_000;
    return "0 years, "
        + (seconds / 86_400)
        + " days, "
        + (seconds / 3_600 % 24)
        + " hours, "
        + (seconds / 60 % 60)
        + " minutes, "
        + (seconds % 60)
        + " seconds, "
        + (millis % 1_000)
        + " milliseconds, 0 microseconds";
  }

  private String status() {
    Channels channels = core.channels();
    return "UP "
        + upTime(core.clock().upMillis())
        + "\nFreeSWITCH (Version 1.10.12-release git a88d069 2024-08-02 21:02:27Z 64bit) is ready\n"
        + channels.sinceStartup()
        + " session(s) since startup\n"
        + channels.count()
        + " session(s) - peak "
        + channels.peak()
        + ", last 5min "
        + channels.peak()
        + " \n0 session(s) per Sec out of max "
        + channels.perSecond()
        + ", peak 0, last 5min 0 \n"
        + channels.maxSessions()
        + " session(s) max\nmin idle cpu 0.00/95.00\nCurrent Stack Size/Max 240K/8192K\n";
  }

  private void show(ApiCall call) {
    String[] words = call.words(4);
    if (words.length == 0 || !(words[0].equals("channels") || words[0].equals("calls"))) {
      call.reply("-USAGE: channels [count] [as json]\n");
      return;
    }
    List<SimChannel> rows = core.channels().shown();
    if (words.length > 1 && words[1].equals("count")) {
      call.reply("\n" + rows.size() + " total.\n");
    } else if (words.length > 2 && words[1].equals("as") && words[2].startsWith("json")) {
      call.reply(json(rows));
    } else {
      call.reply(csv(rows));
    }
  }

  private static String application(SimChannel channel) {
    return channel.variables.getOrDefault("current_application", "");
  }

  private static String json(List<SimChannel> rows) {
    StringBuilder out = new StringBuilder("{\"row_count\":").append(rows.size());
    if (rows.isEmpty()) {
      return out.append('}').toString();
    }
    out.append(",\"rows\":[");
    boolean first = true;
    for (SimChannel channel : rows) {
      if (!first) {
        out.append(',');
      }
      first = false;
      SimJson.object(out)
          .put("uuid", channel.uuid)
          .put("direction", channel.inbound ? "inbound" : "outbound")
          .put("created", SimClock.stamp(channel.createdMicros))
          .put("created_epoch", Long.toString(channel.createdMicros / 1_000_000))
          .put("name", channel.name)
          .put("state", channel.state.name())
          .put("cid_name", channel.callerName)
          .put("cid_num", channel.callerNumber)
          .put("ip_addr", channel.address)
          .put("dest", channel.dialled())
          .put("application", application(channel))
          .put("context", channel.context)
          .put("callstate", channel.callState)
          .put("call_uuid", channel.variables.getOrDefault("call_uuid", channel.uuid))
          .end();
    }
    return out.append("]}").toString();
  }

  private static String csv(List<SimChannel> rows) {
    StringBuilder out = new StringBuilder();
    if (!rows.isEmpty()) {
      out.append(COLUMNS).append('\n');
    }
    for (SimChannel channel : rows) {
      out.append(
              String.join(
                  ",",
                  channel.uuid,
                  channel.inbound ? "inbound" : "outbound",
                  SimClock.stamp(channel.createdMicros),
                  Long.toString(channel.createdMicros / 1_000_000),
                  channel.name,
                  channel.state.name(),
                  channel.callerName,
                  channel.callerNumber,
                  channel.address,
                  channel.dialled(),
                  application(channel),
                  channel.context,
                  channel.callState,
                  channel.uuid))
          .append('\n');
    }
    return out.append('\n').append(rows.size()).append(" total.\n").toString();
  }

  private void control(ApiCall call) {
    String[] words = call.words(3);
    String verb = words.length == 0 ? "" : words[0];
    String argument = words.length > 1 ? words[1] : "";
    Channels channels = core.channels();
    switch (verb) {
      case "pause", "resume" -> {
        boolean on = verb.equals("pause");
        if (!argument.equals("outbound")) {
          channels.pause(true, on);
        }
        if (!argument.equals("inbound")) {
          channels.pause(false, on);
        }
        call.reply("+OK\n");
      }
      case "pause_check" ->
          call.reply(
              Boolean.toString(
                  switch (argument) {
                    case "inbound" -> channels.paused(true);
                    case "outbound" -> channels.paused(false);
                    default -> channels.paused(true) && channels.paused(false);
                  }));
      case "max_sessions" -> {
        Integer most = number(argument);
        if (most != null) {
          channels.maxSessions(most);
        }
        call.reply("+OK max sessions: " + channels.maxSessions() + "\n");
      }
      case "sps" -> {
        Integer most = number(argument);
        if (most != null) {
          channels.perSecond(most);
        }
        call.reply("+OK sessions per second: " + channels.perSecond() + "\n");
      }
      case "shutdown" -> {
        call.reply("+OK\n");
        owner.shutdown();
      }
      default -> call.reply("-USAGE: [pause|resume|pause_check|max_sessions|sps|shutdown]\n");
    }
  }

  private static @org.jspecify.annotations.Nullable Integer number(String text) {
    try {
      return text.isEmpty() ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
