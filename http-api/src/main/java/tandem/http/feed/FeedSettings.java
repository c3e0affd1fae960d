package tandem.http.feed;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code tandem.http.feed}, read once; each key's unit and reason is in reference.conf. */
public record FeedSettings(
    int ring,
    int clientBuffer,
    int snapshotPart,
    long openings,
    Duration sendTimeout,
    Duration ping,
    Duration idleTimeout,
    Duration repair,
    int repairBatch,
    Duration unused,
    Duration startTimeout,
    int maxClientMessage) {

  /** Throws {@link com.typesafe.config.ConfigException} naming the key that is not valid. */
  public static FeedSettings from(Config config) {
    Config feed = config.getConfig("tandem.http.feed");
    return new FeedSettings(
        feed.getInt("ring"),
        feed.getInt("client-buffer"),
        feed.getInt("snapshot-part"),
        feed.getMemorySize("openings").toBytes(),
        feed.getDuration("send-timeout"),
        feed.getDuration("ping"),
        feed.getDuration("idle-timeout"),
        feed.getDuration("repair"),
        feed.getInt("repair-batch"),
        feed.getDuration("unused"),
        feed.getDuration("start-timeout"),
        Math.toIntExact(feed.getMemorySize("max-client-message").toBytes()));
  }
}
