package tandem.router.lookup;

import com.typesafe.config.Config;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tandem.router.domain.TenantId;

/**
 * What calls may ask, and with what.
 *
 * @param hosts names of hosts that may be asked without TLS and at addresses that are not public
 * @param atOnce questions under way at once (count)
 * @param secrets what headers hold, by who may send it where
 */
record LookupSettings(Set<String> hosts, int atOnce, Map<Secret, String> secrets) {
  LookupSettings {
    hosts = Set.copyOf(hosts);
    secrets = Map.copyOf(secrets);
  }

  /**
   * Who may send a secret where: a plan cannot send another tenant's, nor to a host of its choice.
   */
  record Secret(TenantId tenant, String name, String host) {}

  static LookupSettings of(Config config) {
    Map<Secret, String> secrets = new HashMap<>();
    List<? extends Config> entries = config.getConfigList("secrets");
    for (Config entry : entries) {
      secrets.put(
          new Secret(
              new TenantId(entry.getString("tenant")),
              entry.getString("name"),
              lower(entry.getString("host"))),
          entry.getString("value"));
    }
    return new LookupSettings(
        lower(config.getStringList("hosts")), config.getInt("at-once"), secrets);
  }

  private static Set<String> lower(Collection<String> hosts) {
    return hosts.stream().map(LookupSettings::lower).collect(Collectors.toUnmodifiableSet());
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  boolean isTrusted(String host) {
    return hosts.contains(lower(host));
  }

  Optional<String> secret(TenantId tenant, String name, String host) {
    return Optional.ofNullable(secrets.get(new Secret(tenant, name, lower(host))));
  }

  @Override
  public String toString() {
    return "LookupSettings[" + hosts + ", " + atOnce + ", " + secrets.size() + " secrets]";
  }
}
