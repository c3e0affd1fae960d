package tandem.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tandem.cluster.NodeConfig;
import tandem.persistence.local.LocalServices;

/** The configuration of a node on the shared local Cassandra, with keyspaces of its own. */
public final class TestKeyspaces {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestKeyspaces() {}

  /** Overrides for a node; keyspaces that nobody else uses. */
  public static Config fresh() {
    String prefix = "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet() + "_";
    return ConfigFactory.parseMap(
        Map.of(
            "tandem.persistence.cassandra.contact-point",
            "127.0.0.1:" + LocalServices.cassandra().port(),
            "tandem.persistence.cassandra.keyspaces.journal",
            prefix + "journal",
            "tandem.persistence.cassandra.keyspaces.calls",
            prefix + "calls",
            "tandem.persistence.cassandra.keyspaces.record",
            prefix + "record",
            // Nobody is there to take shards over from a node that stops.
            "akka.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout",
            "3s"));
  }

  /** As a node with these overrides would see it. */
  public static Config whole(Config overrides) {
    return NodeConfig.load(overrides);
  }
}
