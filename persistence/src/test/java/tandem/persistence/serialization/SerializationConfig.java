package tandem.persistence.serialization;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import tandem.cluster.NodeConfig;

/** A node's own configuration, for an actor system that needs no cluster. */
final class SerializationConfig {
  private SerializationConfig() {}

  static Config load() {
    return ConfigFactory.parseString("akka.actor.provider = local\nakka.loglevel = WARNING")
        .withFallback(NodeConfig.load());
  }
}
