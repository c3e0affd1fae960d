package tandem.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.cognitor.cassandra.migration.MigrationRepository;
import org.cognitor.cassandra.migration.keyspace.Keyspace;
import org.cognitor.cassandra.migration.keyspace.NetworkStrategy;
import org.cognitor.cassandra.migration.keyspace.ReplicationStrategy;
import org.cognitor.cassandra.migration.keyspace.SimpleStrategy;

/**
 * One keyspace and the scripts that bring it up to date.
 *
 * @param name the keyspace, as configured
 * @param folder the scripts on the class path, {@code NNN_what.cql}
 * @param replication used when the keyspace is created
 * @param values what <code>${name}</code> in a script stands for
 */
record Schema(
    String name, String folder, ReplicationStrategy replication, Map<String, String> values) {
  private static final String ROOT = "tandem.persistence.";
  private static final Object ONE_LISTING = new Object();
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

  /**
   * The three keyspaces in the order they are migrated; the first holds the lock.
   *
   * @throws ConfigException naming the key that is not valid
   */
  static List<Schema> all(Config config) {
    ReplicationStrategy replication = replication(config);
    Map<String, String> values =
        Map.of(
            "calls-seconds", seconds(config, "calls", 0),
            "history-seconds", seconds(config, "history", 0),
            // A day's first call notes the day, its last one comes up to a day later.
            "days-seconds", seconds(config, "history", 2));
    return List.of(
        of(config, "record", replication, values),
        of(config, "journal", replication, values),
        of(config, "calls", replication, values));
  }

  private static Schema of(
      Config config, String key, ReplicationStrategy replication, Map<String, String> values) {
    String path = ROOT + "cassandra.keyspaces." + key;
    String name = config.getString(path);
    if (!NAME.matcher(name).matches()) {
      throw new ConfigException.BadValue(
          path, "must be 1 to 48 of a-z, 0-9 and '_', starting with a letter, got '" + name + "'");
    }
    return new Schema(name, "tandem/schema/" + key, replication, values);
  }

  private static String seconds(Config config, String key, int moreDays) {
    String path = ROOT + "retention." + key;
    int days = config.getInt(path);
    if (days < 1 || days > 7300) {
      throw new ConfigException.BadValue(path, "must be 1 to 7300 days, got " + days);
    }
    return Long.toString(TimeUnit.DAYS.toSeconds(days + moreDays));
  }

  private static ReplicationStrategy replication(Config config) {
    String path = ROOT + "cassandra.replication.strategy";
    switch (config.getString(path)) {
      case "simple" -> {
        return new SimpleStrategy(config.getInt(ROOT + "cassandra.replication.factor"));
      }
      case "network" -> {
        NetworkStrategy network = new NetworkStrategy();
        Config factors = config.getConfig(ROOT + "cassandra.replication.datacenters");
        for (String datacenter : factors.root().keySet()) {
          network = network.with(datacenter, factors.getInt('"' + datacenter + '"'));
        }
        return network;
      }
      default ->
          throw new ConfigException.BadValue(
              path, "must be simple or network, got '" + config.getString(path) + "'");
    }
  }

  Keyspace keyspace() {
    return new Keyspace(name).with(replication);
  }

  /** The scripts, with the configured values filled in. */
  MigrationRepository repository() {
    // The library lists them through the one file system a JVM has for a jar, and closes it: two
    // that look at once close it for each other.
    synchronized (ONE_LISTING) {
      MigrationRepository repository = new MigrationRepository(folder);
      repository.setScriptFilter(this::fill);
      return repository;
    }
  }

  /** The version these scripts lead to. */
  int latest() {
    return repository().getLatestVersion();
  }

  String fill(String script) {
    String filled = script;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("${" + value.getKey() + '}', value.getValue());
    }
    return filled;
  }
}
