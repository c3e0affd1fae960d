package tandem.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of the roles, and how a node's own are read. */
public final class NodeRoles {
  public static final String ROUTER = "router";
  public static final String EDGE = "edge";
  public static final String API = "api";
  public static final String PROJECTION = "projection";

  /** Every role there is, in the order they are documented. */
  public static final List<String> ALL = List.of(ROUTER, EDGE, API, PROJECTION);

  static final String PATH = "tandem.node.roles";

  private NodeRoles() {}

  /**
   * Reads {@code tandem.node.roles}, a list or one text with commas.
   *
   * @throws ConfigException.BadValue when it is empty or names an unknown role
   */
  static Set<String> of(Config config) {
    Set<String> roles = new LinkedHashSet<>(textOrList(config, PATH));
    if (roles.isEmpty()) {
      throw new ConfigException.BadValue(PATH, "a node needs at least one role of " + ALL);
    }
    for (String role : roles) {
      if (!ALL.contains(role)) {
        throw new ConfigException.BadValue(PATH, "unknown role '" + role + "', known are " + ALL);
      }
    }
    return roles;
  }

  /** A list, or one text with commas: an environment variable cannot hold a list. */
  static List<String> textOrList(Config config, String path) {
    if (config.getValue(path).valueType() == ConfigValueType.LIST) {
      return config.getStringList(path);
    }
    return Arrays.stream(config.getString(path).split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
