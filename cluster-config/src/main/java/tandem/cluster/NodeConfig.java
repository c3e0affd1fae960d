package tandem.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Set;

/**
 * The one place that knows in which order the configuration's layers lie. From the strongest:
 * overrides of the caller, system properties, {@code application.conf} (or {@code -Dconfig.file}),
 * the overlay, the node's role files, the modules' {@code tandem/module.conf}, our base, every
 * {@code reference.conf}.
 *
 * <p>Role and module files of one name are merged over the whole class path, so a module adds to a
 * role by having a file of that name; two modules must not set the same key there.
 */
public final class NodeConfig {
  private static final List<String> OVERLAYS = List.of("local", "kubernetes");
  private static final String OVERLAY = "tandem.node.overlay";

  private NodeConfig() {}

  /** The configuration of this process: environment, system properties and files. */
  public static Config load() {
    return load(ConfigFactory.empty());
  }

  /**
   * As {@link #load()}, below {@code overrides}.
   *
   * @throws ConfigException naming the key when the overlay or a role is not valid
   */
  public static Config load(Config overrides) {
    Config strong =
        overrides
            .withFallback(ConfigFactory.defaultOverrides())
            .withFallback(ConfigFactory.defaultApplication());
    Config weak =
        resource("tandem/module.conf", true)
            .withFallback(resource("tandem/base.conf", false))
            .withFallback(ConfigFactory.defaultReferenceUnresolved());

    Config chooser = strong.withFallback(ConfigFactory.defaultReferenceUnresolved()).resolve();
    String overlay = chooser.getString(OVERLAY);
    if (!OVERLAYS.contains(overlay)) {
      throw new ConfigException.BadValue(
          OVERLAY, "unknown overlay '" + overlay + "', known are " + OVERLAYS);
    }
    Set<String> roles = NodeRoles.of(chooser);

    Config all = strong.withFallback(resource("tandem/overlay/" + overlay + ".conf", false));
    for (String role : roles) {
      all = all.withFallback(resource("tandem/role/" + role + ".conf", false));
    }
    all = all.withFallback(weak).resolve();
    return all.withValue(NodeRoles.PATH, ConfigValueFactory.fromIterable(roles))
        .withValue("akka.cluster.roles", ConfigValueFactory.fromIterable(roles));
  }

  private static Config resource(String name, boolean mayBeMissing) {
    return ConfigFactory.parseResources(
        NodeConfig.class.getClassLoader(),
        name,
        ConfigParseOptions.defaults().setAllowMissing(mayBeMissing));
  }
}
