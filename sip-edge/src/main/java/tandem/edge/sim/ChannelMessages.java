package tandem.edge.sim;

import java.util.Set;

/**
 * What {@code sendmsg} can do to a channel here: hang it up, or execute the few applications a
 * client uses that way.
 */
final class ChannelMessages implements SessionMessages {

  private static final Set<String> KNOWN =
      Set.of("answer", "pre_answer", "playback", "sched_cancel", "hangup", "set");

  private record Order(String application, String data, boolean locked) {}

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
    String application = header(command, "execute-app-name");
    if (!KNOWN.contains(application) && !Applications.has(application)) {
      return "-ERR application not simulated";
    }
    Order order =
        new Order(
            application,
            header(command, "execute-app-arg"),
            header(command, "event-lock").equals("true"));
    // Always as long, so that orders keep their order.
    core.loop().after(core.settings().timing().teardown(), () -> execute(channel, order));
    return "+OK";
  }

  /** Orders that want the lock wait for each other; the rest run inside whatever runs. */
  private void execute(SimChannel channel, Order order) {
    if (channel.hungUp()) {
      return;
    }
    if (order.locked && channel.locked) {
      channel.lockedOut.add(() -> execute(channel, order));
      return;
    }
    channel.locked = channel.locked || order.locked;
    Runnable after =
        () -> {
          if (order.locked) {
            channel.locked = false;
            Runnable waiting = channel.lockedOut.poll();
            if (waiting != null) {
              waiting.run();
            }
          }
        };
    switch (order.application) {
      case "playback" -> owner.media().play(channel, order.data, after);
      case "answer" -> atOnce(channel, () -> owner.arrivals().answer(channel), after);
      case "pre_answer" -> atOnce(channel, () -> owner.media().early(channel), after);
      case "sched_cancel" -> atOnce(channel, () -> owner.schedules().forget(channel.uuid), after);
      case "hangup" ->
          atOnce(channel, () -> owner.hangups().hangup(channel, Causes.named(order.data)), after);
      case "set" -> {
        core.events().execute(channel, "set", order.data);
        DialplanRun.set(channel, order.data);
        core.events().executed(channel, "set", order.data, "_none_");
        after.run();
      }
      default -> owner.applications().start(channel, order.application, order.data, after);
    }
  }

  private static void atOnce(SimChannel channel, Runnable action, Runnable after) {
    if (!channel.hungUp()) {
      action.run();
      after.run();
    }
  }

  private static String header(CommandReader.Command command, String name) {
    String value = command.header(name);
    return value == null ? "" : value;
  }
}
