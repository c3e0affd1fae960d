package tandem.cluster;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a node finds its cluster: {@code tandem.node.join}. */
enum JoinMethod {
  /** It is a cluster of its own, until others name it as their seed. */
  SELF {
    @Override
    void join(ActorSystem<?> system) {
      Cluster cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
  },

  /** It joins the nodes of {@code tandem.node.seeds}. */
  SEEDS {
    @Override
    void join(ActorSystem<?> system) {
      List<Address> seeds =
          NodeRoles.textOrList(system.settings().config(), SEEDS_PATH).stream()
              .map(AddressFromURIString::parse)
              .toList();
      Cluster.get(system).manager().tell(new JoinSeedNodes(seeds));
    }
  },

  /** Akka Management asks the discovery method for the others. */
  BOOTSTRAP {
    @Override
    void join(ActorSystem<?> system) {
      ClusterBootstrap.get(system).start();
    }
  };

  private static final String PATH = "tandem.node.join";
  private static final String SEEDS_PATH = "tandem.node.seeds";

  abstract void join(ActorSystem<?> system);

  /**
   * Reads {@code tandem.node.join}.
   *
   * @throws ConfigException.BadValue when it is unknown, or does not go with the seeds that are
   *     given
   */
  static JoinMethod of(Config config) {
    String name = config.getString(PATH);
    JoinMethod method =
        Arrays.stream(values())
            .filter(known -> known.configName().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigException.BadValue(
                        PATH, "unknown '" + name + "', known are " + names()));
    boolean seeds = !NodeRoles.textOrList(config, SEEDS_PATH).isEmpty();
    if (method == SEEDS && !seeds) {
      throw new ConfigException.BadValue(SEEDS_PATH, "is empty, but " + PATH + " is seeds");
    }
    if (method != SEEDS && seeds) {
      throw new ConfigException.BadValue(PATH, "is " + name + ", but " + SEEDS_PATH + " is set");
    }
    return method;
  }

  private String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(JoinMethod::configName).toList();
  }
}
