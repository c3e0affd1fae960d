package tandem.edge.sim;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Outbound legs: from {@code originate} to their answer and application, and what their far end
 * says on the way.
 */
final class Originator {

  private final SwitchCore core;
  private final Hangups hangups;
  private final LegPorts ports;
  private final Gateways gateways;
  private final FarEnd farEnd;
  private final Runner runner;
  private final Consumer<SimChannel> watcher;

  /** Runs what was ordered for a leg that has answered. */
  interface Runner {
    void run(SimChannel channel, DialplanRun.Step step);
  }

  /**
   * @param watcher told of every leg whose INVITE goes out, for the ledger
   */
  Originator(
      SwitchCore core,
      Hangups hangups,
      LegPorts ports,
      Gateways gateways,
      FarEnd farEnd,
      Runner runner,
      Consumer<SimChannel> watcher) {
    this.core = core;
    this.hangups = hangups;
    this.ports = ports;
    this.gateways = gateways;
    this.farEnd = farEnd;
    this.runner = runner;
    this.watcher = watcher;
  }

  /** Answers the call when the leg has answered or failed. */
  void originate(ApiCall call) {
    Originate order = Originate.parse(call);
    if (order == null) {
      call.reply(Originate.USAGE);
      return;
    }
    originate(order);
  }

  /** Calls what an order names, and tells it what came of that. */
  void originate(Originate order) {
    String[] dial = order.dial.split("/", 3);
    String module = dial[0].toLowerCase(Locale.ROOT);
    if (module.equals("user")) {
      boolean known = dial.length > 1 && dial[1].startsWith("10");
      order.result(known ? "-ERR USER_NOT_REGISTERED\n" : "-ERR SUBSCRIBER_ABSENT\n");
      return;
    }
    boolean several = order.dial.indexOf('|') >= 0 || order.dial.indexOf(',') >= 0;
    if (!module.equals("sofia") || dial.length < 3 || several) {
      order.result("-ERR CHAN_NOT_IMPLEMENTED\n");
      return;
    }
    String uuid = order.variables.getOrDefault("origination_uuid", UUID.randomUUID().toString());
    if (core.channels().taken(uuid) || !core.channels().admits(false)) {
      order.result("-ERR " + Causes.OUT_OF_ORDER + "\n");
      return;
    }
    // Behind the gateway the played phones are reached, each by its number.
    boolean gateway = dial[1].equals("gateway") && dial[2].indexOf('/') > 0;
    boolean profile = dial[1].equals("external") || dial[1].equals("internal");
    String trunk = gateway ? dial[2].substring(0, dial[2].indexOf('/')) : "";
    String target = gateway ? dial[2].substring(trunk.length() + 1) + "@sim.invalid" : dial[2];
    String failure = gateway ? gateways.failure(trunk) : null;
    boolean down = Gateways.DOWN.equals(failure);
    LegPort port =
        failure == null || down ? ports.outbound(target) : new GatewayPort(core, farEnd, failure);
    SimChannel channel = channel(order, uuid, target, port);
    if (gateway ? !gateways.has(trunk) : !profile) {
      stillborn(channel, order, gateway ? "INVALID_GATEWAY" : "INVALID_PROFILE");
    } else if (down) {
      stillborn(channel, order, Gateways.DOWN);
    } else {
      start(channel, order);
    }
  }

  /** The switch gives up before it has called anybody. */
  private void stillborn(SimChannel channel, Originate order, String cause) {
    channel.state = ChannelState.CS_NONE;
    core.events().full(channel, "CHANNEL_DESTROY");
    core.events().state(channel, ChannelState.CS_DESTROY);
    order.result("-ERR " + cause + "\n");
  }

  /** 180. */
  void ringing(SimChannel channel) {
    if (dead(channel) || channel.callState.equals("RINGING")) {
      return;
    }
    channel.progressMicros = core.clock().cachedMicros();
    core.events().full(channel, "CHANNEL_PROGRESS");
    core.events().callState(channel, "RINGING");
    Originate order = channel.originate;
    if (order != null) {
      order.rang.run();
    }
  }

  /** 183 with media. */
  void early(SimChannel channel) {
    if (dead(channel) || channel.media()) {
      return;
    }
    channel.answer = SimChannel.Answer.EARLY;
    core.events().full(channel, "CHANNEL_PROGRESS_MEDIA");
    core.events().callState(channel, "EARLY");
    Originate order = channel.originate;
    if (order != null && !"true".equals(order.variables.get("ignore_early_media"))) {
      succeed(channel, order);
    }
  }

  /** 200. */
  void answered(SimChannel channel) {
    if (dead(channel) || channel.answered()) {
      return;
    }
    ChannelEvents events = core.events();
    events.full(channel, "CODEC");
    events.full(channel, "CODEC");
    channel.answered(core.clock());
    events.full(channel, "CHANNEL_ANSWER");
    events.callState(channel, "ACTIVE");
    events.full(channel, "CALL_UPDATE", "Direction", "RECV");
    Originate order = channel.originate;
    if (order != null && !order.done) {
      succeed(channel, order);
    }
  }

  /** The far end says no: 486, 603, nobody there… */
  void refused(SimChannel channel, int status) {
    hangups.farHangup(channel, Causes.of(status), status);
  }

  private static boolean dead(SimChannel channel) {
    return channel.hungUp();
  }

  private SimChannel channel(Originate order, String uuid, String target, LegPort port) {
    SimChannel channel = new SimChannel(uuid, false, port, core.clock().cachedMicros());
    int at = target.indexOf('@');
    channel.destination = at < 0 ? target : target.substring(0, at);
    channel.name = "sofia/external/" + target;
    channel.context = "default";
    channel.callerNumber =
        order.variables.getOrDefault("origination_caller_id_number", "0000000000");
    channel.callerName = order.variables.getOrDefault("origination_caller_id_name", "");
    channel.variables.put("direction", "outbound");
    channel.variables.put("is_outbound", "true");
    channel.variables.put("uuid", uuid);
    channel.variables.put("call_uuid", uuid);
    channel.variables.put("session_id", Long.toString(core.channels().sinceStartup() + 1));
    channel.variables.put("channel_name", channel.name);
    channel.variables.putAll(order.variables);
    channel.variables.put("sofia_profile_name", "external");
    return channel;
  }

  private void start(SimChannel channel, Originate order) {
    channel.originate = order;
    core.channels().add(channel);
    ChannelEvents events = core.events();
    channel.state = ChannelState.CS_NONE;
    events.full(channel, "CHANNEL_OUTGOING");
    events.state(channel, ChannelState.CS_INIT);
    events.full(channel, "CHANNEL_CREATE");
    events.full(channel, "CHANNEL_ORIGINATE");
    events.state(channel, ChannelState.CS_ROUTING);
    events.state(channel, ChannelState.CS_CONSUME_MEDIA);
    watcher.accept(channel);
    // The INVITE leaves after what else this turn brings, so that a kill in the same write still
    // stops it.
    core.loop()
        .after(
            Duration.ZERO,
            () -> {
              if (!channel.hungUp()) {
                channel.port.invite(channel);
              }
            });
    armTimeout(channel, order);
  }

  /** The switch counts whole seconds of its clock, so a timeout of 3 comes after 2 to 3. */
  private void armTimeout(SimChannel channel, Originate order) {
    String legTimeout = order.variables.get("leg_timeout");
    String text =
        legTimeout != null ? legTimeout : order.variables.getOrDefault("originate_timeout", "60");
    long seconds;
    try {
      seconds = Long.parseLong(text.trim());
    } catch (NumberFormatException e) {
      seconds = 60;
    }
    long now = core.clock().micros();
    long due = (now / 1_000_000 + seconds) * 1_000_000;
    String cause = legTimeout != null ? "ALLOTTED_TIMEOUT" : "NO_ANSWER";
    order.timeout =
        core.loop().afterNanos((due - now) * 1_000, () -> hangups.hangup(channel, cause));
  }

  private void succeed(SimChannel channel, Originate order) {
    if (order.application.isEmpty()) {
      order.result("+OK " + channel.uuid + "\n");
      return;
    }
    boolean jobAfterPark = core.random().nextInt(10) == 0;
    if (!jobAfterPark) {
      order.result("+OK " + channel.uuid + "\n");
    }
    core.events().state(channel, ChannelState.CS_EXECUTE);
    if (order.application.equals("park")) {
      core.events().execute(channel, "park", order.argument);
      channel.parked = true;
      channel.parkExecuting = true;
      core.events().full(channel, "CHANNEL_PARK");
    }
    order.result("+OK " + channel.uuid + "\n");
    if (Applications.has(order.application)) {
      runner.run(channel, new DialplanRun.Step(order.application, order.argument));
    } else if (!order.application.equals("park")) {
      hangups.hangup(channel, Causes.OUT_OF_ORDER);
    }
  }
}
