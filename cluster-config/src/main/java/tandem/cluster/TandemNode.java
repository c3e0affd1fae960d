package tandem.cluster;

import static java.util.Comparator.comparing;

import akka.Done;
import akka.actor.Address;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.http.javadsl.model.Uri;
import akka.management.javadsl.AkkaManagement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of Tandem, and the one {@code main}. Single owner of the order in which a node comes up:
 * configuration, actor system, modules, cluster, warm-ups. Several nodes may run in one JVM.
 */
public final class TandemNode {
  private static final Logger log = LoggerFactory.getLogger(TandemNode.class);
  private static final String SYSTEM_NAME = "tandem";

  /** Twenty times the tick: a machine this far behind serves nobody in time. */
  private static final Duration LATE_TICK = Duration.ofSeconds(2);

  private final NodeContext context;
  private final CompletableFuture<Done> up;
  private final CompletionStage<Done> warm;

  private TandemNode(NodeContext context, CompletableFuture<Done> up, CompletionStage<Done> warm) {
    this.context = context;
    this.up = up;
    this.warm = warm;
  }

  /** Starts the node this process is for; ends the JVM with 1 and one line when it cannot. */
  public static void main(String[] args) {
    keepCommonPool();
    try {
      TandemNode node = start(ConfigFactory.parseString("akka.coordinated-shutdown.exit-jvm = on"));
      log.info("Node {} with roles {}", node.address(), node.context().roles());
    } catch (RuntimeException e) {
      log.debug("Could not start", e);
      System.err.println("tandem: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * On two cores the JDK gives its common pool one thread, and then starts a thread of its own for
   * each asynchronous step of a future ({@link CompletableFuture}'s default executor). The driver
   * and Kafka take several such steps an event.
   */
  private static void keepCommonPool() {
    String parallelism = "java.util.concurrent.ForkJoinPool.common.parallelism";
    if (Runtime.getRuntime().availableProcessors() <= 2
        && System.getProperty(parallelism) == null) {
      System.setProperty(parallelism, "2");
    }
  }

  /**
   * Starts a node with the modules of the class path.
   *
   * @param overrides settings above all others ({@link NodeConfig#load(Config)})
   * @return the node; it joins its cluster and warms up in the background
   * @throws RuntimeException with one clear line when the configuration is wrong or a module cannot
   *     start; nothing is left running then
   */
  public static TandemNode start(Config overrides) {
    List<NodeModule> modules =
        StreamSupport.stream(ServiceLoader.load(NodeModule.class).spliterator(), false).toList();
    return start(overrides, modules, LivenessGate.JVM);
  }

  /** As {@link #start(Config)}, with modules and an end for zombies of the caller's choice. */
  public static TandemNode start(
      Config overrides, List<NodeModule> modules, LivenessGate.Halt halt) {
    Config config = NodeConfig.load(overrides);
    JoinMethod join = JoinMethod.of(config);
    Readiness readiness = new Readiness();
    CompletableFuture<Done> up = new CompletableFuture<>();
    ActorSystem<?> system =
        ActorSystem.create(
            NodeGuardian.create(up),
            SYSTEM_NAME,
            ActorSystemSetup.create(BootstrapSetup.create(config), new NodeSetup(readiness)));
    LivenessGate gate =
        LivenessGate.start(
            System::nanoTime,
            config.getDuration("tandem.liveness.tick"),
            config.getDuration("tandem.liveness.limit"),
            halt);
    var unused = system.getWhenTerminated().thenRun(gate::close);
    readiness.live(
        "tick",
        () ->
            gate.age().compareTo(LATE_TICK) > 0
                ? Optional.of("the node's own tick is " + gate.age().toMillis() + " ms old")
                : Optional.empty());
    NodeContext context = new NodeContext(system, config, NodeRoles.of(config), gate, readiness);
    try {
      Metrics.addJvm();
      startModules(modules, context);
      if (config.getBoolean("tandem.node.management")) {
        var unusedStart =
            AkkaManagement.get(system).start().whenComplete(TandemNode::managementStarted);
      }
      join.join(system);
    } catch (RuntimeException | Error e) {
      // Also a class that cannot be linked must not leave half a node running.
      system.terminate();
      throw e;
    }
    return new TandemNode(context, up, warmOnceUp(context, up));
  }

  /** What the modules were given. */
  public NodeContext context() {
    return context;
  }

  public ActorSystem<?> system() {
    return context.system();
  }

  /** The address others name as their seed. */
  public Address address() {
    return Cluster.get(context.system()).selfMember().address();
  }

  /** Completes when the node has become a member of its cluster. */
  public CompletionStage<Done> up() {
    return up.minimalCompletionStage();
  }

  /**
   * Completes when the node is a member and has warmed up. Checks may still keep it from being
   * ready.
   */
  public CompletionStage<Done> warm() {
    return warm;
  }

  /** Hands over, leaves the cluster and stops; completes when the actor system is gone. */
  public CompletionStage<Done> stop() {
    CoordinatedShutdown.get(context.system())
        .runAll(CoordinatedShutdown.actorSystemTerminateReason());
    return context.system().getWhenTerminated();
  }

  private static void startModules(List<NodeModule> modules, NodeContext node) {
    List<NodeModule> inOrder =
        modules.stream()
            .sorted(comparing(NodeModule::order).thenComparing(NodeModule::name))
            .toList();
    for (NodeModule module : inOrder) {
      try {
        module.onEveryNode(node);
        if (node.hasRole(module.role())) {
          module.onRole(node);
          log.info("Started {}", module.name());
        }
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "module '" + module.name() + "' could not start: " + e.getMessage(), e);
      }
    }
  }

  private static void managementStarted(@Nullable Uri at, @Nullable Throwable failure) {
    if (failure == null) {
      log.info("Management on {}", at);
    } else {
      // Without it the orchestrator sees the node as not ready and starts it again.
      log.error("The management port could not be opened: {}", failure.getMessage());
    }
  }

  private static CompletionStage<Done> warmOnceUp(NodeContext node, CompletionStage<Done> up) {
    Duration retry = node.config().getDuration("tandem.node.warm-up-retry");
    ActorSystem<?> system = node.system();
    return up.thenCompose(
        isUp ->
            node.readiness()
                .warm(
                    retry,
                    (after, work) ->
                        system.scheduler().scheduleOnce(after, work, system.executionContext())));
  }
}
