package tandem.edge.link;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import com.typesafe.config.Config;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.edge.esl.EslSettings;
import tandem.router.Shards;
import tandem.router.call.Call;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkMessage;
import tandem.router.numbers.NumberCache;

/** The edge role: one remembered, sharded link a switch. */
public final class EdgeModule implements NodeModule {
  @Override
  public String name() {
    return "sip-edge";
  }

  @Override
  public String role() {
    return NodeRoles.EDGE;
  }

  @Override
  public int order() {
    return 300;
  }

  /** Sharding: links live on the edge role, other nodes get a proxy. */
  @Override
  public void onEveryNode(NodeContext node) {
    Config config = node.config();
    Map<SwitchId, SwitchSettings> switches = SwitchSettings.all(config);
    LinkSettings settings = LinkSettings.of(config.getConfig("tandem.edge.link"));
    Nudger nudger = new Nudger(settings.nudgeEvery());
    CoordinatedShutdown.get(node.system())
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "stop-nudging",
            () -> {
              nudger.close();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    ClusterSharding.get(node.system())
        .init(
            Entity.of(
                    Shards.LINKS,
                    entity ->
                        link(node, switches, settings, nudger, new SwitchId(entity.getEntityId())))
                .withRole(NodeRoles.EDGE)
                .withSettings(
                    ClusterShardingSettings.create(node.system()).withRememberEntities(true)));
  }

  /**
   * Every edge node wakes the link of each configured switch; remembered, they then move by
   * themselves.
   */
  @Override
  public void onRole(NodeContext node) {
    Map<SwitchId, SwitchSettings> switches = SwitchSettings.all(node.config());
    var unused =
        node.system()
            .systemActorOf(
                LinkStarter.create(new Shards(node.system()), switches.keySet()),
                "link-starter",
                Props.empty());
  }

  private static Behavior<LinkMessage> link(
      NodeContext node,
      Map<SwitchId, SwitchSettings> switches,
      LinkSettings settings,
      Nudger nudger,
      SwitchId id) {
    InstantSource clock = InstantSource.system();
    SwitchSettings home = switches.get(id);
    if (home == null) {
      return UnknownSwitch.create(id, clock.instant());
    }
    Shards shards = new Shards(node.system());
    return SwitchLink.create(
        new SwitchLink.Parts(
            home,
            settings,
            EslSettings.of(
                node.config().getConfig("tandem.edge.esl"),
                home.host(),
                home.port(),
                home.password(),
                EventReader.SUBSCRIBED),
            Entries.of(NumberCache.get(node.system())),
            (call, fact) -> shards.call(call).tell(new Call.Fact(fact)),
            node.gate(),
            nudger,
            clock));
  }
}
