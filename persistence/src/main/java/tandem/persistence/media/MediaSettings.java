package tandem.persistence.media;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code tandem.media}: see reference.conf.
 *
 * @param directory of the local store; empty when it is S3
 * @param s3 of the other one; empty when it is local
 * @param spool where the switch leaves its files; empty where this node looks after none
 * @param sounds the switch's folder of sounds; empty where this node looks after none
 */
public record MediaSettings(
    Optional<Path> directory,
    Optional<S3> s3,
    Optional<Path> spool,
    Optional<Path> sounds,
    Duration scanEvery,
    Duration settledAfter,
    Duration abandonedAfter,
    Duration keep,
    int atOnce,
    Duration sweepEvery) {
  private static final String ROOT = "tandem.media";

  /**
   * How a bucket is reached.
   *
   * @param endpoint of the service; empty for Amazon's own of the region
   * @param prefix before each place; empty or ends with a slash
   * @param accessKey empty to look where Amazon's tools do
   */
  public record S3(
      String endpoint,
      String region,
      String bucket,
      boolean pathStyle,
      String prefix,
      String accessKey,
      String secretKey,
      Duration connectWithin,
      Duration answerWithin) {
    @Override
    public String toString() {
      return "S3[" + endpoint + ' ' + region + ' ' + bucket + ']';
    }
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigException naming the key that is not valid
   */
  public static MediaSettings of(Config whole) {
    Config config = whole.getConfig(ROOT);
    boolean local =
        switch (config.getString("store")) {
          case "local" -> true;
          case "s3" -> false;
          default -> throw wrong("store", "must be local or s3", config.getString("store"));
        };
    return new MediaSettings(
        local
            ? Optional.of(
                folder(config, "local.directory")
                    .orElseThrow(() -> wrong("local.directory", "must name a folder", "")))
            : Optional.empty(),
        local ? Optional.empty() : Optional.of(s3(config.getConfig("s3"))),
        folder(config, "spool"),
        folder(config, "sounds"),
        positive(config, "scan-every"),
        positive(config, "settled-after"),
        positive(config, "abandoned-after"),
        positive(config, "keep"),
        atOnce(config),
        positive(config, "sweep-every"));
  }

  private static S3 s3(Config config) {
    String endpoint = config.getString("endpoint");
    if (!endpoint.isEmpty() && !isHttp(endpoint)) {
      throw wrong("s3.endpoint", "must be empty or an http or https address", endpoint);
    }
    String prefix = config.getString("prefix");
    if (!prefix.isEmpty() && !prefix.matches("([a-zA-Z0-9._-]+/)+")) {
      throw wrong("s3.prefix", "must be empty or end with '/'", prefix);
    }
    if (config.getString("access-key").isEmpty() != config.getString("secret-key").isEmpty()) {
      throw new ConfigException.BadValue(
          ROOT + ".s3.secret-key", "must be there when s3.access-key is, and only then");
    }
    return new S3(
        endpoint,
        text(config, "region"),
        text(config, "bucket"),
        config.getBoolean("path-style"),
        prefix,
        config.getString("access-key"),
        config.getString("secret-key"),
        config.getDuration("connect-within"),
        config.getDuration("answer-within"));
  }

  private static boolean isHttp(String address) {
    try {
      URI uri = URI.create(address);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String text(Config config, String key) {
    String value = config.getString(key);
    if (value.isEmpty()) {
      throw wrong("s3." + key, "must not be empty when store is s3", value);
    }
    return value;
  }

  private static Optional<Path> folder(Config config, String key) {
    String value = config.getString(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }

  private static Duration positive(Config config, String key) {
    Duration value = config.getDuration(key);
    if (value.isNegative() || value.isZero()) {
      throw wrong(key, "must be more than nothing", value.toString());
    }
    return value;
  }

  private static int atOnce(Config config) {
    int value = config.getInt("at-once");
    if (value < 1 || value > 64) {
      throw wrong("at-once", "must be 1 to 64", Integer.toString(value));
    }
    return value;
  }

  private static ConfigException wrong(String key, String must, String got) {
    return new ConfigException.BadValue(ROOT + '.' + key, must + ", got '" + got + "'");
  }

  /** The store these settings mean; nothing is asked of it yet. */
  public MediaStore open() {
    return s3.isPresent()
        ? new S3MediaStore(s3.get())
        : new LocalMediaStore(directory.orElseThrow());
  }
}
