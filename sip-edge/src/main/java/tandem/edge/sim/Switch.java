package tandem.edge.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One switch put together: its channels' life, its parties, its ledger, its Event Socket. On the
 * loop only; {@link SwitchSim} is the door for other threads.
 */
final class Switch implements FarEnd {

  /** The global variable of our vars.xml that names the gateway to outside. */
  static final String TRUNK = "tandem_trunk";

  /** Where recordings go, as the real switch names it. */
  private static final String RECORDINGS = "recordings_dir";

  private final SwitchCore core;
  private final Ledger ledger;
  private final Schedules schedules;
  private final Media media;
  private final Tapes tapes;
  private final Eavesdrops eavesdrops = new Eavesdrops();
  private final Hearing hearing = new Hearing(eavesdrops);
  private final AudioMixer mixer;
  private final Digits digits;
  private final Applications applications;
  private final Conferences conferences;
  private final Gateways gateways;
  private final Bridges bridges;
  private final Hangups hangups;
  private final Arrivals arrivals;
  private final Originator originator;
  private final Dialplan dialplan;
  private final SyntheticPhones phones;
  private final ApiCommands commands;
  private final EslServer server;
  private final Map<String, String> globals = new HashMap<>();
  private final List<LoadGenerator> loads = new ArrayList<>();
  private @Nullable LegPorts sip;

  Switch(SwitchCore core) {
    this.core = core;
    SimSettings settings = core.settings();
    ledger = new Ledger(core.clock(), settings.ledgerCalls());
    gateways = new Gateways(settings.trunks());
    applications = new Applications(core, this);
    media = new Media(core, applications::start);
    tapes = new Tapes(core);
    mixer = new AudioMixer(core, hearing, tapes);
    digits = new Digits(core, media);
    conferences = new Conferences(core, ledger::together);
    schedules = new Schedules(core, this::scheduledHangup);
    phones = new SyntheticPhones(core, this);
    bridges = new Bridges(core, media, schedules, parting(), ledger::bridged, this::ended);
    hangups = bridges.hangups();
    arrivals = new Arrivals(core, schedules);
    originator =
        new Originator(core, hangups, this::port, gateways, this, this::runAlone, ledger::offered);
    readVars();
    dialplan = new Dialplan(core, this);
    commands = new ApiCommands(core.bus());
    new ChannelApi(core, this).register(commands);
    new MediaApi(core, media, tapes).register(commands);
    new AudioApi(core, digits).register(commands);
    new ConferenceApi(core, conferences).register(commands);
    new SwitchApi(core, this).register(commands);
    new SimApi(core, this).register(commands);
    server =
        new EslServer(core.loop(), core.bus(), commands, new ChannelMessages(core, this), settings);
  }

  private Hangups.Parting parting() {
    return new Hangups.Parting() {
      @Override
      public void leave(SimChannel channel) {
        applications.stop(channel);
      }

      @Override
      public void end(SimChannel channel) {
        tapes.end(channel);
      }
    };
  }

  private void ended(SimChannel channel) {
    ledger.ended(channel);
    bridges.forget(channel);
    eavesdrops.ended(channel);
    mixer.remove(channel);
  }

  private void runAlone(SimChannel channel, DialplanRun.Step step) {
    new DialplanRun(core, this, channel, List.of(step)).start();
  }

  /** As vars.xml is read at each start. */
  private void readVars() {
    globals.clear();
    globals.put(TRUNK, gateways.names());
    globals.put(RECORDINGS, core.settings().recordingsDir());
  }

  void start() {
    core.loop().after(core.settings().timing().heartbeat(), this::heartbeat);
  }

  SwitchCore core() {
    return core;
  }

  EslServer server() {
    return server;
  }

  SyntheticPhones phones() {
    return phones;
  }

  Bridges bridges() {
    return bridges;
  }

  Hangups hangups() {
    return hangups;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  Originator originator() {
    return originator;
  }

  Dialplan dialplan() {
    return dialplan;
  }

  Schedules schedules() {
    return schedules;
  }

  Media media() {
    return media;
  }

  Ledger ledger() {
    return ledger;
  }

  Tapes tapes() {
    return tapes;
  }

  Eavesdrops eavesdrops() {
    return eavesdrops;
  }

  Hearing hearing() {
    return hearing;
  }

  AudioMixer mixer() {
    return mixer;
  }

  Applications applications() {
    return applications;
  }

  Conferences conferences() {
    return conferences;
  }

  Gateways gateways() {
    return gateways;
  }

  Map<String, String> globals() {
    return globals;
  }

  List<LoadGenerator> loads() {
    return loads;
  }

  void sip(LegPorts ports) {
    sip = ports;
  }

  /** A played caller calls. False when the switch refuses it. */
  boolean call(String uuid, String from, String to, CallerScript script, Random random) {
    SyntheticCaller caller = new SyntheticCaller(core, this, script, random);
    SimChannel channel = new SimChannel(uuid, true, caller, core.clock().cachedMicros());
    channel.callerNumber = from;
    channel.callerName = "Caller " + from;
    channel.destination = to;
    channel.name = "sofia/external/" + from + "@sim.invalid";
    boolean in = arrive(channel);
    if (in) {
      caller.waiting(channel);
    }
    return in;
  }

  /** An inbound call of any kind. False when the switch refuses it. */
  boolean arrive(SimChannel channel) {
    ledger.placed(channel);
    if (!arrivals.arrive(channel)) {
      ledger.refused(channel);
      return false;
    }
    return true;
  }

  LoadGenerator load(LoadPlan plan) {
    LoadGenerator load = new LoadGenerator(core, this, plan);
    loads.removeIf(LoadGenerator::done);
    loads.add(load);
    load.run();
    return load;
  }

  SimLedger picture() {
    List<String> overlaps =
        phones.picture().stream()
            .filter(phone -> phone.mostCalls() > 1)
            .map(SimPhone::user)
            .toList();
    return ledger.picture(overlaps);
  }

  /** The uuids of those whose voices a channel hears now, sorted. */
  List<String> hears(String uuid) {
    SimChannel channel = core.channels().locate(uuid);
    return channel == null
        ? List.of()
        : hearing.heardBy(channel).stream().map(voice -> voice.uuid).sorted().toList();
  }

  /** The ledger and the phones' figures start over; calls that live now stay. */
  void forget() {
    ledger.forget();
    phones.forget();
  }

  /**
   * {@code fsctl shutdown}, then a new life: everybody is hung up and told, connections are closed.
   */
  void shutdown() {
    SimEvent event = core.bus().begin("SHUTDOWN");
    if (event != null) {
      core.bus().send(event.add("Event-Info", "System Shutting Down"));
    }
    for (SimChannel channel : core.channels().living()) {
      hangups.hangup(channel, "SYSTEM_SHUTDOWN");
    }
    core.loop()
        .after(
            Duration.ofMillis(50),
            () -> {
              server.goodbye();
              restart();
            });
  }

  /**
   * As after a crash: connections break, channels are gone without a word, Core-UUID and sequence
   * are new.
   */
  void restart() {
    loads.forEach(LoadGenerator::stop);
    loads.clear();
    server.cut();
    for (SimChannel channel : core.channels().living()) {
      channel.port.hangup(channel, "SWITCH_LOST", false);
    }
    tapes.lost(core.channels().living());
    eavesdrops.clear();
    conferences.clear();
    mixer.clear();
    ledger.lost();
    core.loop().forgetTimers();
    core.channels().clear();
    schedules.clear();
    phones.clear();
    core.bus().restart();
    readVars();
    start();
  }

  @Override
  public void ringing(SimChannel channel) {
    originator.ringing(channel);
  }

  @Override
  public void early(SimChannel channel) {
    originator.early(channel);
  }

  @Override
  public void answered(SimChannel channel) {
    originator.answered(channel);
  }

  @Override
  public void refused(SimChannel channel, int sipStatus) {
    originator.refused(channel, sipStatus);
  }

  @Override
  public void failed(SimChannel channel, String cause) {
    hangups.farHangup(channel, cause, Causes.refusal(cause));
  }

  @Override
  public void gone(SimChannel channel) {
    boolean answered = channel.answered();
    hangups.farHangup(
        channel,
        answered ? Causes.NORMAL_CLEARING : Causes.ORIGINATOR_CANCEL,
        answered ? 200 : 487);
  }

  @Override
  public void digits(SimChannel channel, String keys, int samples) {
    digits.received(channel, Digits.keys(keys), "RTP", samples);
  }

  private void scheduledHangup(String uuid, String cause) {
    SimChannel channel = core.channels().locate(uuid);
    if (channel != null) {
      hangups.hangup(channel, cause);
    }
  }

  private LegPort port(String target) {
    int at = target.indexOf('@');
    String host = at < 0 ? "" : target.substring(at + 1);
    if (host.startsWith("sim.invalid")) {
      return phones.leg(target.substring(0, at));
    }
    LegPorts ports = sip;
    return ports == null ? new DeadPort(core, this) : ports.outbound(target);
  }

  private void heartbeat() {
    SimEvent event = core.bus().begin("HEARTBEAT");
    if (event != null) {
      Channels channels = core.channels();
      core.bus()
          .send(
              event
                  .add("Event-Info", "System Ready")
                  .add("Up-Time", SwitchApi.upTime(core.clock().upMillis()))
                  .add("FreeSWITCH-Version", core.bus().version())
                  .add("Uptime-msec", Long.toString(core.clock().upMillis()))
                  .add("Session-Count", Integer.toString(channels.count()))
                  .add("Max-Sessions", Integer.toString(channels.maxSessions()))
                  .add("Session-Per-Sec", Integer.toString(channels.perSecond()))
                  .add("Session-Since-Startup", Long.toString(channels.sinceStartup()))
                  .add("Session-Peak-Max", Integer.toString(channels.peak()))
                  .add("Idle-CPU", "95.000000")
                  .add(
                      "Heartbeat-Interval",
                      Long.toString(core.settings().timing().heartbeat().toSeconds())));
    }
    start();
  }
}
