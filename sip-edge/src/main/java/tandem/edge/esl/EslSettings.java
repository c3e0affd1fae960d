package tandem.edge.esl;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a client needs to know about one switch and its patience with it. Defaults and
 * reasons: {@code tandem.edge.esl} in reference.conf.
 *
 * @param events event names to subscribe to before {@link EslSignal.Ready}; BACKGROUND_JOB is
 *     always among them
 * @param format {@code plain} or {@code json}
 * @param maxUntaken bytes of signals with the listener at which reading stops
 */
public record EslSettings(
    String host,
    int port,
    String password,
    List<String> events,
    String format,
    Duration connectTimeout,
    Duration handshakeTimeout,
    Duration replyTimeout,
    Duration idleTimeout,
    Duration deadlineTick,
    int maxPending,
    int maxUntaken,
    EslLimits limits,
    EslBackoff backoff) {

  private static final String JOB_EVENT = "BACKGROUND_JOB";

  public EslSettings {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("host and port are no address: " + host + ":" + port);
    }
    if (!format.equals("plain") && !format.equals("json")) {
      throw new IllegalArgumentException("format must be plain or json: " + format);
    }
    if (maxPending < 1) {
      throw new IllegalArgumentException("max-pending must be at least 1: " + maxPending);
    }
    if (maxUntaken < 1) {
      throw new IllegalArgumentException("max-untaken-size must be at least 1: " + maxUntaken);
    }
    // The switch reads what follows CUSTOM as subclasses, so the jobs come first.
    List<String> all = new ArrayList<>(events);
    all.remove(JOB_EVENT);
    all.add(0, JOB_EVENT);
    events = List.copyOf(all);
    EslCommand.auth(password);
    EslCommand.events(format, events);
  }

  /**
   * The configured settings for one switch.
   *
   * @param config the section {@code tandem.edge.esl}
   * @throws IllegalArgumentException naming the field that is wrong
   */
  public static EslSettings of(
      Config config, String host, int port, String password, List<String> events) {
    return new EslSettings(
        host,
        port,
        password,
        events,
        config.getString("format"),
        config.getDuration("connect-timeout"),
        config.getDuration("handshake-timeout"),
        config.getDuration("reply-timeout"),
        config.getDuration("idle-timeout"),
        config.getDuration("deadline-tick"),
        config.getInt("max-pending"),
        bytes(config, "max-untaken-size"),
        new EslLimits(bytes(config, "max-header-size"), bytes(config, "max-body-size")),
        new EslBackoff(
            config.getDuration("backoff.min"),
            config.getDuration("backoff.max"),
            config.getDouble("backoff.factor"),
            config.getDouble("backoff.jitter"),
            config.getDuration("backoff.reset-after")));
  }

  private static int bytes(Config config, String path) {
    return (int) Math.min(Integer.MAX_VALUE, config.getBytes(path));
  }

  /** Where, without the password. */
  @Override
  public String toString() {
    return "EslSettings[" + host + ":" + port + "]";
  }
}
