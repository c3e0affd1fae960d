package tandem.http;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tandem.router.domain.SwitchId;

/**
 * {@code tandem.http}, read once.
 *
 * @param maxBody bytes
 */
record ApiSettings(
    String host,
    int port,
    int maxBody,
    Duration bodyTimeout,
    Duration askTimeout,
    Duration drain,
    List<SwitchId> switches) {

  /** Throws {@link com.typesafe.config.ConfigException} naming the key that is not valid. */
  static ApiSettings from(Config config) {
    Config http = config.getConfig("tandem.http");
    return new ApiSettings(
        http.getString("host"),
        http.getInt("port"),
        Math.toIntExact(http.getMemorySize("max-body").toBytes()),
        http.getDuration("body-timeout"),
        http.getDuration("ask-timeout"),
        http.getDuration("drain"),
        switches(config));
  }

  private static List<SwitchId> switches(Config config) {
    Set<SwitchId> names = new LinkedHashSet<>();
    config.getStringList("tandem.http.switches").forEach(name -> names.add(new SwitchId(name)));
    if (config.hasPath(EDGE_SWITCHES)) {
      for (Config one : config.getConfigList(EDGE_SWITCHES)) {
        names.add(new SwitchId(one.getString("id")));
      }
    }
    return List.copyOf(names);
  }

  private static final String EDGE_SWITCHES = "tandem.edge.switches";
}
