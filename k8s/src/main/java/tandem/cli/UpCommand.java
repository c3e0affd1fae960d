package tandem.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tandem.cli.client.ApiClient;
import tandem.cli.client.SwitchConsole;
import tandem.cli.stack.DemoTenant;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.Home;
import tandem.cli.stack.InstallationLock;
import tandem.cli.stack.NodeProcess;
import tandem.cli.stack.RunInfo;
import tandem.cli.stack.Services;
import tandem.cli.stack.SimProcess;
import tandem.cli.stack.StackException;
import tandem.cli.stack.SwitchAddress;
import tandem.cli.stack.Wait;

/** Starts an installation on this machine and watches over it until Ctrl-C. */
@Command(
    name = "up",
    description =
        "Start Cassandra, Kafka, a switch simulator and one node, with a demo tenant; Ctrl-C stops"
            + " them.")
final class UpCommand implements Callable<Integer> {
  private static final long FREE_MEGABYTES = 1536;
  private static final Duration NODE_PATIENCE = Duration.ofMinutes(3);
  private static final Duration LINK_PATIENCE = Duration.ofSeconds(30);

  @Option(names = "--fresh", description = "Begin without the data of earlier runs.")
  private boolean fresh;

  @Option(
      names = "--switch",
      paramLabel = "HOST:PORT:PASSWORD",
      description = "Drive this FreeSWITCH (its Event Socket) in place of the simulator.")
  private @Nullable String externalSwitch;

  @Option(
      names = "--switch-sip",
      paramLabel = "HOST:PORT",
      description = "Where that FreeSWITCH takes calls; default: its host, port 5080.")
  private @Nullable String switchSip;

  @Option(
      names = "--phones",
      paramLabel = "HOST[:PORT]",
      description = "Where the demo agents' phones are, with --switch; default: 127.0.0.1:5090.")
  private @Nullable String phones;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of REST, feed and documents (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--esl-port",
      paramLabel = "N",
      defaultValue = "8021",
      description = "Event Socket port of the simulator (default: ${DEFAULT-VALUE}; 0: any).")
  private int eslPort;

  @Option(
      names = "--sip-port",
      paramLabel = "N",
      defaultValue = "5080",
      description = "SIP port of the simulator (default: ${DEFAULT-VALUE}; 0: any).")
  private int sipPort;

  @Option(
      names = "--cassandra-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of Cassandra (default: that of the last start, or any).")
  private int cassandraPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of Kafka (default: that of the last start, or any).")
  private int kafkaPort;

  private final long begin = System.nanoTime();

  @Override
  public Integer call() {
    Home home = Home.ofCheckout();
    SwitchAddress external = externalSwitch == null ? null : SwitchAddress.parse(externalSwitch);
    HostPort sip = sipAddress(external);
    home.prepare(FREE_MEGABYTES);
    CompletableFuture<String> signal = StopSignal.install();
    try (InstallationLock lock = InstallationLock.take(home)) {
      assert lock != null;
      if (fresh) {
        say("Removing the data of earlier runs");
        SimProcess.endLeftOver(home);
        home.erase();
      }
      int api = FreePort.tcp(port, "the API", "--port");
      if (external != null) {
        SimProcess.endLeftOver(home);
        greet(external);
      }
      return run(home, external, sip, api, signal);
    }
  }

  private int run(
      Home home,
      @Nullable SwitchAddress external,
      HostPort sip,
      int api,
      CompletableFuture<String> signal) {
    say("Starting Cassandra, Kafka and the switch (data in " + home.folder() + ")");
    Services services =
        Services.start(
            Services.Settings.lasting(home, cassandraPort, kafkaPort, eslPort, sipPort, external),
            this::say);
    NodeProcess node = null;
    boolean keepSwitch = false;
    try {
      if (signal.isDone()) {
        return 130;
      }
      NodeProcess started = NodeProcess.start(home, services, NodeProcess.Settings.whole(api));
      node = started;
      CompletableFuture<String> end = firstEnd(services, started, signal);
      say("Node started, pid " + started.pid() + "; it opens the schema and warms up");
      unless(end, () -> started.awaitReady(NODE_PATIENCE));
      ApiClient client = new ApiClient(api, home.token());
      unless(end, () -> awaitLink(client));
      unless(end, () -> loadDemo(client, external));
      if (!end.isDone()) {
        remember(home, services, started, sip, client);
        Welcome.print(client, home, services, sip.toString());
      }
      String why = end.join();
      if (signal.isDone()) {
        say("Stopping");
        return 130;
      }
      // The node alone died: as with a real switch, calls go on until it is started again.
      keepSwitch = !started.isAlive() && services.simulator() != null;
      System.err.println("tandem: " + why + "; stopping everything" + (keepSwitch ? kept() : ""));
      return 1;
    } finally {
      stop(home, services, node, keepSwitch);
    }
  }

  private static String kept() {
    return " but the switch simulator, whose calls go on for two minutes: ./tandem up finds them";
  }

  /** Runs a step of the start in a way that a child's end or a signal cuts short. */
  private static void unless(CompletableFuture<String> end, Runnable step) {
    if (end.isDone()) {
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                step.run();
                done.complete(null);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            "up-step");
    worker.setDaemon(true);
    worker.start();
    CompletableFuture<Object> first = CompletableFuture.anyOf(end, done.exceptionally(e -> null));
    first.join();
    if (done.isCompletedExceptionally() && !end.isDone()) {
      rethrow(done);
    }
  }

  private static void rethrow(CompletableFuture<Void> failed) {
    try {
      failed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Completes with what ended first, in one line. */
  private static CompletableFuture<String> firstEnd(
      Services services, NodeProcess node, CompletableFuture<String> signal) {
    CompletableFuture<String> end = new CompletableFuture<>();
    SimProcess simulator = services.simulator();
    watch(end, services.cassandra().ended().thenApply(why -> why.orElse("")));
    watch(end, services.kafka().ended().thenApply(why -> why.orElse("")));
    if (simulator != null) {
      watch(end, simulator.ended());
    }
    watch(end, node.ended());
    watch(end, signal);
    return end;
  }

  private static void watch(CompletableFuture<String> end, CompletionStage<String> one) {
    var unused = one.thenAccept(end::complete);
  }

  private void greet(SwitchAddress external) {
    try (SwitchConsole console =
        SwitchConsole.connect(
            external.host(), external.port(), external.password(), Duration.ofSeconds(5))) {
      say("Switch at " + external + ": " + console.api("version").strip());
    } catch (IOException e) {
      throw new StackException("cannot use the switch: " + e.getMessage(), e);
    }
  }

  private static void awaitLink(ApiClient client) {
    Wait.until(
        "the link to the switch is ready (see ./tandem status)",
        LINK_PATIENCE,
        () ->
            client.list("/api/v1/switches").stream()
                .anyMatch(link -> link.path("state").asText().equals("ready")));
  }

  private void loadDemo(ApiClient client, @Nullable SwitchAddress external) {
    String where = DemoTenant.SIMULATED_PHONES;
    if (external != null) {
      where = phones == null ? "127.0.0.1:5090" : phones;
    }
    int made = DemoTenant.load(client, where);
    DemoTenant.publish(client);
    say(
        made == 0
            ? "The demo tenant is there from an earlier run"
            : "Loaded the demo tenant: 3 numbers, 3 queues, " + made + " agents, a park lot");
  }

  private HostPort sipAddress(@Nullable SwitchAddress external) {
    if (external == null) {
      return new HostPort("127.0.0.1", sipPort);
    }
    return switchSip == null ? new HostPort(external.host(), 5080) : HostPort.parse(switchSip);
  }

  private static void remember(
      Home home, Services services, NodeProcess node, HostPort sip, ApiClient client) {
    SimProcess simulator = services.simulator();
    new RunInfo(
            ProcessHandle.current().pid(),
            node.pid(),
            node.settings().httpPort(),
            node.settings().managementPort(),
            client.token(),
            services.switchAddress(),
            sip.host(),
            simulator == null ? sip.port() : simulator.sipPort(),
            simulator != null,
            services.cassandra().port(),
            services.kafka().port())
        .save(home.runFile());
  }

  private static void stop(
      Home home, Services services, @Nullable NodeProcess node, boolean keepSwitch) {
    RunInfo.delete(home.runFile());
    if (node != null && node.isAlive()) {
      node.stop();
    }
    services.close(keepSwitch);
  }

  private void say(String text) {
    System.out.printf("[%3d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000L, text);
    System.out.flush();
  }
}
