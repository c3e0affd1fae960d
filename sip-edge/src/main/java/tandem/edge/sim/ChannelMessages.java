package tandem.edge.sim;

/**
 * What {@code sendmsg} can do to a channel here: hang it up, or execute the few applications a
 * client uses that way.
 */
final class ChannelMessages implements SessionMessages {

  private final SwitchCore core;
  private final Switch owner;

  ChannelMessages(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
  }

  @Override
  public String message(String uuid, CommandReader.Command command) {
    SimChannel channel = core.channels().locate(uuid);
    if (channel == null) {
      return "-ERR invalid session id [" + uuid + "]";
    }
    String what = header(command, "call-command");
    if (what.equals("hangup")) {
      owner.hangups().hangup(channel, Causes.named(header(command, "hangup-cause")));
      return "+OK";
    }
    if (!what.equals("execute")) {
      return "-ERR unknown call-command [" + what + "]";
    }
    String argument = header(command, "execute-app-arg");
    switch (header(command, "execute-app-name")) {
      case "answer" -> owner.arrivals().answer(channel);
      case "pre_answer" -> owner.media().early(channel);
      case "playback" -> owner.media().broadcast(channel, argument);
      case "sched_cancel" -> owner.schedules().delete(channel.uuid);
      case "hangup" -> owner.hangups().hangup(channel, Causes.named(argument));
      default -> {
        return "-ERR application not simulated";
      }
    }
    return "+OK";
  }

  private static String header(CommandReader.Command command, String name) {
    String value = command.header(name);
    return value == null ? "" : value;
  }
}
