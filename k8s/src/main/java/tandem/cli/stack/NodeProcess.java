package tandem.cli.stack;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import tandem.cli.client.ApiClient;
import tandem.cluster.TandemNode;

/** One node in a JVM of its own, configured by a file beside its log. */
public final class NodeProcess {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  /**
   * How to run it.
   *
   * @param roles e.g. {@code router}, {@code edge}, {@code api}, {@code projection}
   * @param seeds addresses of the nodes to join; empty: a cluster of its own
   * @param heapMegabytes heap in MB
   * @param extra further settings, by path; they win
   */
  public record Settings(
      String name,
      List<String> roles,
      int httpPort,
      int remotingPort,
      int managementPort,
      List<String> seeds,
      int heapMegabytes,
      Map<String, Object> extra) {
    public Settings {
      roles = List.copyOf(roles);
      seeds = List.copyOf(seeds);
      extra = Map.copyOf(extra);
    }

    /** Every role, a cluster of its own, free ports but for the API's, 1 GB of heap. */
    public static Settings whole(int httpPort) {
      return new Settings(
          "node",
          List.of("router", "edge", "api", "projection"),
          httpPort,
          FreePort.any(),
          FreePort.any(),
          List.of(),
          1024,
          Map.of());
    }

    /** The same with further settings. */
    public Settings with(Map<String, Object> more) {
      Map<String, Object> all = new LinkedHashMap<>(extra);
      all.putAll(more);
      return new Settings(
          name, roles, httpPort, remotingPort, managementPort, seeds, heapMegabytes, all);
    }

    /** The address others name as their seed. */
    public String address() {
      return "akka://tandem@127.0.0.1:" + remotingPort;
    }
  }

  private final Settings settings;
  private final JavaProcess process;

  private NodeProcess(Settings settings, JavaProcess process) {
    this.settings = settings;
    this.process = process;
  }

  /** Starts it; returns at once. It ends with this JVM. */
  public static NodeProcess start(Home home, Services services, Settings settings) {
    Path folder = home.node(settings.name());
    Path file = folder.resolve("node.conf");
    Map<String, Object> values = new LinkedHashMap<>(services.nodeSettings());
    values.put("tandem.node.roles", settings.roles());
    values.put("tandem.node.management", "on");
    values.put("akka.management.http.port", settings.managementPort());
    values.put("akka.remote.artery.canonical.port", settings.remotingPort());
    values.put("tandem.http.port", settings.httpPort());
    if (!settings.seeds().isEmpty()) {
      values.put("tandem.node.join", "seeds");
      values.put("tandem.node.seeds", settings.seeds());
    }
    values.putAll(settings.extra());
    try {
      // It holds the tenant's token and the switch's password.
      Home.replacePrivately(
          file,
          ConfigFactory.parseMap(values)
              .root()
              .render(ConfigRenderOptions.concise().setFormatted(true)));
    } catch (IOException e) {
      throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
    }
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + settings.heapMegabytes() + "m");
    flags.add("-Xms" + settings.heapMegabytes() / 2 + "m");
    // Nearly all garbage of a node is young. Left to itself G1 aims at short pauses with a small
    // young generation, and then pauses several times a second.
    flags.addAll(List.of("-XX:+UseG1GC", "-XX:+UnlockExperimentalVMOptions"));
    flags.addAll(List.of("-XX:G1NewSizePercent=30", "-XX:-UsePerfData"));
    // Where the kernel leaves it to the program: less time in looking up addresses.
    flags.add("-XX:+UseTransparentHugePages");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-Dconfig.file=" + file);
    return new NodeProcess(
        settings,
        JavaProcess.start(
            new JavaProcess.Spec(
                settings.name(), folder, flags, TandemNode.class.getName(), List.of(), true)));
  }

  /**
   * Waits until the node says that it may be given work.
   *
   * @throws StackException with the reason in one line, when it ends or takes too long
   */
  public void awaitReady(Duration patience) {
    ApiClient api = new ApiClient(settings.httpPort(), "");
    Wait.until(
        "the node is ready (its log: " + process.log() + ")",
        patience,
        () -> {
          if (!process.isAlive()) {
            throw new StackException(process.describeEnd());
          }
          return api.isReady();
        });
  }

  public Settings settings() {
    return settings;
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return process.log();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the reason in one line when it has ended; empty when it was stopped here. */
  public CompletionStage<String> ended() {
    return process.ended();
  }

  /** kill -9; returns when it is gone. */
  public void kill() {
    process.kill();
  }

  /** Hands over and leaves; returns when it is gone. */
  public void stop() {
    process.stop(STOP_PATIENCE);
  }
}
