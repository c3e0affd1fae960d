package tandem.cli.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tandem.persistence.local.LocalCassandra;
import tandem.persistence.local.LocalKafka;
import tandem.persistence.local.LocalServerException;

/**
 * What nodes need around them: Cassandra, Kafka and a switch. Single owner of the order in which
 * they start and stop. Waits: for main threads and tests.
 */
public final class Services implements AutoCloseable {
  /** Name of the one switch. */
  public static final String SWITCH = "switch-1";

  /**
   * How to run them.
   *
   * @param cassandraPort 0: that of the last start, or any free one
   * @param kafkaPort 0: that of the last start, or any free one
   * @param external a switch that runs already, or null for the simulator
   * @param simulator how the simulator runs, when there is no other switch
   * @param cassandraHeap its heap in MB
   * @param throwaway whether the data may be lost at the end
   */
  public record Settings(
      Home home,
      int cassandraPort,
      int kafkaPort,
      @Nullable SwitchAddress external,
      SimProcess.Settings simulator,
      int cassandraHeap,
      boolean throwaway) {

    /** Free ports, the simulator, data that nobody needs again: for tests and the bench. */
    public static Settings throwaway(Home home, List<String> simulatorArgs) {
      return new Settings(
          home,
          0,
          0,
          null,
          simulator(home, 0, 0, simulatorArgs, 30),
          LocalCassandra.SMALL_HEAP,
          true);
    }

    /** As a person at a laptop wants it. */
    public static Settings lasting(
        Home home,
        int cassandraPort,
        int kafkaPort,
        int eslPort,
        int sipPort,
        @Nullable SwitchAddress external) {
      return new Settings(
          home,
          cassandraPort,
          kafkaPort,
          external,
          simulator(home, eslPort, sipPort, List.of(), 120),
          LocalCassandra.SMALL_HEAP,
          false);
    }

    private static SimProcess.Settings simulator(
        Home home, int eslPort, int sipPort, List<String> more, int graceSeconds) {
      List<String> args = new ArrayList<>(more);
      args.add("--recordings=" + home.recordings());
      return new SimProcess.Settings(home.simulator(), eslPort, sipPort, args, graceSeconds);
    }

    /** The same with further arguments for the simulator. */
    public Settings withSimulator(String... more) {
      List<String> args = new ArrayList<>(simulator.args());
      args.addAll(List.of(more));
      return new Settings(
          home,
          cassandraPort,
          kafkaPort,
          external,
          new SimProcess.Settings(
              simulator.folder(),
              simulator.eslPort(),
              simulator.sipPort(),
              args,
              simulator.graceSeconds()),
          cassandraHeap,
          throwaway);
    }

    /** The same with a switch that runs already; null for the simulator. */
    public Settings with(@Nullable SwitchAddress other) {
      return new Settings(
          home, cassandraPort, kafkaPort, other, simulator, cassandraHeap, throwaway);
    }

    /** The same with another heap for Cassandra, in MB. */
    public Settings withCassandraHeap(int megabytes) {
      return new Settings(
          home, cassandraPort, kafkaPort, external, simulator, megabytes, throwaway);
    }
  }

  private final Settings settings;
  private final LocalCassandra cassandra;
  private final LocalKafka kafka;
  private final @Nullable SimProcess simulator;

  private Services(
      Settings settings,
      LocalCassandra cassandra,
      LocalKafka kafka,
      @Nullable SimProcess simulator) {
    this.settings = settings;
    this.cassandra = cassandra;
    this.kafka = kafka;
    this.simulator = simulator;
  }

  /**
   * Starts them side by side; returns when all answer.
   *
   * @param progress gets a line for each that is there
   * @throws StackException with the reason in one line; nothing is left running then
   */
  public static Services start(Settings settings, Consumer<String> progress) {
    CompletableFuture<LocalCassandra> cassandra = new CompletableFuture<>();
    CompletableFuture<LocalKafka> kafka = new CompletableFuture<>();
    CompletableFuture<@Nullable SimProcess> simulator = new CompletableFuture<>();
    begin("start-cassandra", cassandra, () -> cassandra(settings, progress));
    begin("start-kafka", kafka, () -> kafka(settings, progress));
    begin("start-switch", simulator, () -> simulator(settings, progress));
    StackException failure = null;
    for (CompletableFuture<?> each : List.of(cassandra, kafka, simulator)) {
      try {
        each.join();
      } catch (CompletionException e) {
        failure = failure == null ? asStackException(e.getCause()) : failure;
      }
    }
    if (failure != null) {
      closeIfStarted(cassandra);
      closeIfStarted(kafka);
      closeIfStarted(simulator);
      throw failure;
    }
    return new Services(settings, cassandra.join(), kafka.join(), simulator.join());
  }

  private static LocalCassandra cassandra(Settings settings, Consumer<String> progress) {
    LocalCassandra.Settings how =
        LocalCassandra.Settings.in(settings.home().cassandra())
            .port(settings.cassandraPort())
            .heapMegabytes(settings.cassandraHeap());
    LocalCassandra started = LocalCassandra.start(settings.throwaway() ? how.asThrowaway() : how);
    progress.accept("Cassandra on 127.0.0.1:" + started.port() + ", pid " + started.pid());
    return started;
  }

  private static LocalKafka kafka(Settings settings, Consumer<String> progress) {
    LocalKafka.Settings how =
        LocalKafka.Settings.in(settings.home().kafka()).port(settings.kafkaPort());
    LocalKafka started = LocalKafka.start(settings.throwaway() ? how.asThrowaway() : how);
    progress.accept("Kafka on " + started.bootstrapServers() + ", pid " + started.pid());
    return started;
  }

  private static @Nullable SimProcess simulator(Settings settings, Consumer<String> progress) {
    if (settings.external() != null) {
      return null;
    }
    settings.home().makeRecordings();
    SimProcess started = SimProcess.start(settings.simulator());
    progress.accept(
        "Switch simulator%s: Event Socket on 127.0.0.1:%d, SIP on 127.0.0.1:%d, pid %d"
            .formatted(
                started.takenOver() ? " (was still running, with its calls)" : "",
                started.address().port(),
                started.sipPort(),
                started.pid()));
    return started;
  }

  private static <T extends @Nullable Object> void begin(
      String thread, CompletableFuture<T> into, Supplier<T> work) {
    Thread starter =
        new Thread(
            () -> {
              try {
                into.complete(work.get());
              } catch (RuntimeException e) {
                into.completeExceptionally(e);
              }
            },
            thread);
    starter.setDaemon(true);
    starter.start();
  }

  private static StackException asStackException(@Nullable Throwable cause) {
    if (cause instanceof StackException known) {
      return known;
    }
    String message = cause == null ? "unknown" : String.valueOf(cause.getMessage());
    return new StackException(
        cause instanceof LocalServerException ? message : "cannot start: " + message, cause);
  }

  private static void closeIfStarted(CompletableFuture<?> future) {
    if (!future.isCompletedExceptionally() && future.join() instanceof AutoCloseable started) {
      closeQuietly(started);
    }
  }

  private static void closeQuietly(AutoCloseable started) {
    try {
      started.close();
    } catch (Exception e) {
      System.err.println("tandem: could not stop everything: " + e.getMessage());
    }
  }

  public LocalCassandra cassandra() {
    return cassandra;
  }

  public LocalKafka kafka() {
    return kafka;
  }

  /** The simulator, when there is no other switch. */
  public @Nullable SimProcess simulator() {
    return simulator;
  }

  /** Where the nodes find the switch. */
  public SwitchAddress switchAddress() {
    SwitchAddress external = settings.external();
    if (external != null) {
      return external;
    } else if (simulator != null) {
      return simulator.address();
    }
    throw new IllegalStateException("there is a simulator when there is no other switch");
  }

  /** What a node's configuration says about us, by path. */
  Map<String, Object> nodeSettings() {
    SwitchAddress address = switchAddress();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tandem.persistence.cassandra.contact-point", "127.0.0.1:" + cassandra.port());
    values.put("tandem.persistence.kafka.bootstrap-servers", kafka.bootstrapServers());
    values.put(
        "tandem.edge.switches",
        List.of(
            Map.of(
                "id", SWITCH,
                "host", address.host(),
                "port", address.port(),
                "password", address.password())));
    values.put("tandem.http.switches", List.of(SWITCH));
    values.put("tandem.media.local.directory", settings.home().media().toString());
    if (simulator != null) {
      // Where another switch records only its operator knows: TANDEM_MEDIA_SPOOL.
      values.put("tandem.media.spool", settings.home().recordings().toString());
    }
    values.put(
        "tandem.http.tokens",
        List.of(Map.of("token", settings.home().token(), "tenant", DemoTenant.TENANT)));
    return values;
  }

  /** Stops them, the last started first; returns when they are gone. */
  @Override
  public void close() {
    close(false);
  }

  /**
   * As {@link #close()}.
   *
   * @param keepSwitch leave the simulator to itself: its calls go on for a while
   */
  public void close(boolean keepSwitch) {
    List<AutoCloseable> all = new ArrayList<>();
    if (simulator != null && !keepSwitch) {
      all.add(simulator);
    }
    all.add(kafka);
    all.add(cassandra);
    all.forEach(Services::closeQuietly);
  }
}
