package tandem.edge.link;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tandem.router.domain.SwitchId;

/**
 * One configured switch ({@code tandem.edge.switches}).
 *
 * @param profile the SIP profile that phones are called through
 * @param originateRate originates a second at most
 */
public record SwitchSettings(
    SwitchId id, String host, int port, String password, String profile, double originateRate) {
  private static final String PATH = "tandem.edge.switches";
  private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  public SwitchSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: must not be blank");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: must be 1 to 65535, got " + port);
    }
    if (!PROFILE.matcher(profile).matches()) {
      throw new IllegalArgumentException("sip-profile: no name of a profile: '" + profile + "'");
    }
    if (!(originateRate > 0)) {
      throw new IllegalArgumentException("originate-rate: must be above 0, got " + originateRate);
    }
  }

  /**
   * The switches of a whole configuration, by id and in their order.
   *
   * @throws ConfigException.BadValue naming the entry and the field that is wrong
   */
  public static Map<SwitchId, SwitchSettings> all(Config root) {
    Config defaults = root.getConfig("tandem.edge.switch-defaults");
    List<? extends Config> entries = new ArrayList<>(root.getConfigList(PATH));
    Map<SwitchId, SwitchSettings> switches = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      String where = PATH + "[" + i + "]";
      SwitchSettings one = read(where, entries.get(i).withFallback(defaults));
      if (switches.putIfAbsent(one.id(), one) != null) {
        throw new ConfigException.BadValue(where, "two switches have the id " + one.id());
      }
    }
    return switches;
  }

  private static SwitchSettings read(String where, Config entry) {
    try {
      return new SwitchSettings(
          new SwitchId(entry.getString("id")),
          entry.getString("host"),
          entry.getInt("port"),
          entry.getString("password"),
          entry.getString("sip-profile"),
          entry.getDouble("originate-rate"));
    } catch (ConfigException | IllegalArgumentException e) {
      throw new ConfigException.BadValue(where, String.valueOf(e.getMessage()), e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "switch " + id + " at " + host + ":" + port;
  }
}
