package tandem.edge.sim;

/**
 * Digits that far ends type, and where they go: to the application that runs, else they end what is
 * played, else on to the partner of a bridge. Who is parked types for nobody.
 */
final class Digits {

  private static final String KEYS = "0123456789ABCD*#";

  private final SwitchCore core;
  private final Media media;

  Digits(SwitchCore core, Media media) {
    this.core = core;
    this.media = media;
  }

  /** The keys in a text as {@code uuid_send_dtmf} takes it, without pauses and lengths. */
  static String keys(String text) {
    int at = text.indexOf('@');
    StringBuilder keys = new StringBuilder();
    for (char c : (at < 0 ? text : text.substring(0, at)).toCharArray()) {
      char key = Character.toUpperCase(c);
      if (KEYS.indexOf(key) >= 0) {
        keys.append(key);
      }
    }
    return keys.toString();
  }

  /**
   * The switch's thread finds them up to 20 ms later.
   *
   * @param source RTP, APP or INBAND_AUDIO, as the event names it
   * @param samples how long each was pressed
   */
  void received(SimChannel channel, String keys, String source, int samples) {
    core.loop()
        .after(
            core.upTo(core.settings().timing().teardown()),
            () -> keys.chars().forEach(c -> typed(channel, (char) c, source, samples)));
  }

  private void typed(SimChannel channel, char digit, String source, int samples) {
    if (channel.hungUp()) {
      return;
    }
    core.events()
        .brief(
            channel,
            "DTMF",
            "DTMF-Digit",
            String.valueOf(digit),
            "DTMF-Duration",
            Integer.toString(samples),
            "DTMF-Source",
            source);
    Applications.Running running = channel.applications.peek();
    Application application = running == null ? null : running.application();
    Bridge bridge = channel.bridge;
    if (application != null) {
      application.digit(digit);
    } else if (terminates(channel, digit) && media.terminate(channel, digit)) {
      channel.variables.put("playback_terminator_used", String.valueOf(digit));
    } else if (bridge != null && bridge.phase == Bridge.Phase.UP) {
      SimChannel partner = bridge.partnerOf(channel);
      partner.port.digits(partner, String.valueOf(digit));
    }
  }

  /** Whether a digit ends what is played or recorded; a star does where nothing else is said. */
  static boolean terminates(SimChannel channel, char digit) {
    String keys = channel.variables.getOrDefault("playback_terminators", "*");
    return keys.equals("any") || (!keys.equals("none") && keys.indexOf(digit) >= 0);
  }
}
