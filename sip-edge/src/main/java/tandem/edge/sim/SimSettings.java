package tandem.edge.sim;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;

/**
 * How one simulated switch behaves; the defaults and their reasons are in {@code reference.conf},
 * {@code tandem.edge.sim}.
 *
 * @param host address that the Event Socket and SIP bind, and that SDP names
 * @param eslPort Event Socket port; 0 = any free one
 * @param password Event Socket password
 * @param sip whether to speak SIP at all; without it only synthetic phones and callers exist
 * @param sipPort SIP port (UDP and TCP); 0 = any free one
 * @param seed of every random choice
 * @param ledgerCalls how many ended calls the ledger remembers in detail
 * @param timing delays
 * @param maxSessions channels at once; more are refused
 * @param sessionsPerSecond new channels a second; as on the real switch the limit is reached one
 *     early
 * @param recordingsDir where recordings go: the switch's {@code recordings_dir}
 * @param trunks names of the gateways to outside, the preferred one first
 */
public record SimSettings(
    String host,
    int eslPort,
    String password,
    boolean sip,
    int sipPort,
    long seed,
    int ledgerCalls,
    Timing timing,
    int maxSessions,
    int sessionsPerSecond,
    String recordingsDir,
    List<String> trunks) {

  /**
   * Every delay of the switch.
   *
   * @param firstCommand an Event Socket client that says nothing for so long is closed
   * @param heartbeat between two HEARTBEAT events
   * @param eventPoll longest wait of an event while the client is silent; zero = events go out at
   *     once
   * @param bridgeMin shortest time from {@code +OK} of a bridge to CHANNEL_BRIDGE
   * @param bridgeMax longest
   * @param bgapi from a bgapi command to its reply; the connection's next command waits for it
   * @param teardown longest time from CHANNEL_HANGUP to CHANNEL_DESTROY
   * @param broadcast from {@code +OK} of a broadcast to its start
   * @param showLag how far {@code show channels} is behind
   * @param adoption the dialplan hangs a caller up after so long, unless a client takes that order
   *     back
   * @param file how long a file plays whose name does not say it
   * @param voicemail how long a caller speaks onto the machine, who does not hang up before
   */
  public record Timing(
      Duration firstCommand,
      Duration heartbeat,
      Duration eventPoll,
      Duration bridgeMin,
      Duration bridgeMax,
      Duration bgapi,
      Duration teardown,
      Duration broadcast,
      Duration showLag,
      Duration adoption,
      Duration file,
      Duration voicemail) {

    static Timing of(Config config) {
      return new Timing(
          config.getDuration("first-command"),
          config.getDuration("heartbeat"),
          config.getDuration("event-poll"),
          config.getDuration("bridge-min"),
          config.getDuration("bridge-max"),
          config.getDuration("bgapi"),
          config.getDuration("teardown"),
          config.getDuration("broadcast"),
          config.getDuration("show-lag"),
          config.getDuration("adoption"),
          config.getDuration("file"),
          config.getDuration("voicemail"));
    }

    /**
     * The same without what makes a real switch slow: for load, where the router is what is
     * measured.
     */
    public Timing fast() {
      return new Timing(
          firstCommand,
          heartbeat,
          Duration.ZERO,
          Duration.ofMillis(2),
          Duration.ofMillis(4),
          Duration.ZERO,
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          showLag,
          adoption,
          file,
          voicemail);
    }

    /** The same with another heartbeat interval. */
    public Timing withHeartbeat(Duration interval) {
      return new Timing(
          firstCommand,
          interval,
          eventPoll,
          bridgeMin,
          bridgeMax,
          bgapi,
          teardown,
          broadcast,
          showLag,
          adoption,
          file,
          voicemail);
    }

    /** The same with another time after which a silent new client is closed. */
    public Timing withFirstCommand(Duration limit) {
      return new Timing(
          limit, heartbeat, eventPoll, bridgeMin, bridgeMax, bgapi, teardown, broadcast, showLag,
          adoption, file, voicemail);
    }

    /** The same with another longest wait of an event. */
    public Timing withEventPoll(Duration longest) {
      return new Timing(
          firstCommand,
          heartbeat,
          longest,
          bridgeMin,
          bridgeMax,
          bgapi,
          teardown,
          broadcast,
          showLag,
          adoption,
          file,
          voicemail);
    }

    /** The same with another time from a bgapi command to its reply. */
    public Timing withBgapi(Duration delay) {
      return new Timing(
          firstCommand,
          heartbeat,
          eventPoll,
          bridgeMin,
          bridgeMax,
          delay,
          teardown,
          broadcast,
          showLag,
          adoption,
          file,
          voicemail);
    }

    /** The same with another adoption deadline. */
    public Timing withAdoption(Duration deadline) {
      return new Timing(
          firstCommand,
          heartbeat,
          eventPoll,
          bridgeMin,
          bridgeMax,
          bgapi,
          teardown,
          broadcast,
          showLag,
          deadline,
          file,
          voicemail);
    }

    /** The same with files of another length. */
    public Timing withFile(Duration length) {
      return new Timing(
          firstCommand,
          heartbeat,
          eventPoll,
          bridgeMin,
          bridgeMax,
          bgapi,
          teardown,
          broadcast,
          showLag,
          adoption,
          length,
          voicemail);
    }

    /** The same with callers who speak for another time onto the machine. */
    public Timing withVoicemail(Duration length) {
      return new Timing(
          firstCommand,
          heartbeat,
          eventPoll,
          bridgeMin,
          bridgeMax,
          bgapi,
          teardown,
          broadcast,
          showLag,
          adoption,
          file,
          length);
    }
  }

  /** The configured settings: {@code tandem.edge.sim} of the class path's configuration. */
  public static SimSettings load() {
    return of(ConfigFactory.load());
  }

  /** The settings in section {@code tandem.edge.sim} of a whole configuration. */
  public static SimSettings of(Config root) {
    Config config = root.getConfig("tandem.edge.sim");
    return new SimSettings(
        config.getString("host"),
        config.getInt("event-socket.port"),
        config.getString("event-socket.password"),
        config.getBoolean("sip.enabled"),
        config.getInt("sip.port"),
        config.getLong("seed"),
        config.getInt("ledger-calls"),
        Timing.of(config.getConfig("timing")),
        config.getInt("max-sessions"),
        config.getInt("sessions-per-second"),
        config.getString("recordings-dir"),
        List.copyOf(config.getStringList("trunks")));
  }

  /** For tests: free ports, no SIP, everything else as configured. */
  public static SimSettings synthetic() {
    return load().withPorts(0, 0).withSip(false);
  }

  /** The same on other ports; 0 = any free one. */
  public SimSettings withPorts(int eventSocket, int sipUdpTcp) {
    return new SimSettings(
        host,
        eventSocket,
        password,
        sip,
        sipUdpTcp,
        seed,
        ledgerCalls,
        timing,
        maxSessions,
        sessionsPerSecond,
        recordingsDir,
        trunks);
  }

  /** The same with or without SIP. */
  public SimSettings withSip(boolean enabled) {
    return new SimSettings(
        host,
        eslPort,
        password,
        enabled,
        sipPort,
        seed,
        ledgerCalls,
        timing,
        maxSessions,
        sessionsPerSecond,
        recordingsDir,
        trunks);
  }

  /** The same with other delays. */
  public SimSettings withTiming(Timing other) {
    return new SimSettings(
        host,
        eslPort,
        password,
        sip,
        sipPort,
        seed,
        ledgerCalls,
        other,
        maxSessions,
        sessionsPerSecond,
        recordingsDir,
        trunks);
  }

  /** The same with another seed. */
  public SimSettings withSeed(long other) {
    return new SimSettings(
        host,
        eslPort,
        password,
        sip,
        sipPort,
        other,
        ledgerCalls,
        timing,
        maxSessions,
        sessionsPerSecond,
        recordingsDir,
        trunks);
  }

  /** The same with recordings in another directory. */
  public SimSettings withRecordings(String directory) {
    return new SimSettings(
        host,
        eslPort,
        password,
        sip,
        sipPort,
        seed,
        ledgerCalls,
        timing,
        maxSessions,
        sessionsPerSecond,
        directory,
        trunks);
  }

  /** The same with other gateways to outside, the preferred one first. */
  public SimSettings withTrunks(String... names) {
    return new SimSettings(
        host,
        eslPort,
        password,
        sip,
        sipPort,
        seed,
        ledgerCalls,
        timing,
        maxSessions,
        sessionsPerSecond,
        recordingsDir,
        List.of(names));
  }
}
