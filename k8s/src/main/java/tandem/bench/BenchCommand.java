package tandem.bench;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tandem.cli.stack.Home;

/**
 * Measures codec, decisions, whole calls, enqueues and Cassandra, and tells what was measured how.
 */
@Command(
    name = "bench",
    description =
        "Measure codec, decisions, whole calls, enqueues and plain Cassandra inserts, on an installation of its own.")
public final class BenchCommand implements Callable<Integer> {
  private static final String HEAPS =
      "node 1024 MB, Cassandra "
          + LifecycleBench.CASSANDRA_HEAP
          + " MB, Kafka 384 MB, simulator 384 MB, each a JVM of its own";
  private static final int LATENCY_RATE = 50;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of each step (default: ${DEFAULT-VALUE}); at least 3.")
  private int seconds;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too.")
  private @Nullable Path json;

  private final long begin = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    if (seconds < 3) {
      throw new IllegalArgumentException("--seconds must be at least 3, got " + seconds);
    }
    BenchReport report = measure(Duration.ofSeconds(seconds));
    System.out.println();
    System.out.print(report.table());
    if (json != null) {
      Files.writeString(json, report.json());
    }
    return 0;
  }

  private BenchReport measure(Duration step) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    say("Codec");
    double codec = CodecBench.megabytesPerSecond(step);
    say("Decisions");
    Duration half = step.dividedBy(2);
    List<DecisionResult> decisions =
        new ArrayList<>(
            List.of(
                DecisionBench.freeAgents(100, half),
                DecisionBench.freeAgents(10_000, half),
                DecisionBench.waitingCallers(10_000, 5_000, half)));
    decisions.addAll(MatcherBench.run(half));
    say("Whole calls: starting an installation of its own");
    Home home = new Home(Home.ofCheckout().folder().resolve("bench"));
    try (LifecycleBench calls = LifecycleBench.start(home, this::say)) {
      say("Warming up");
      calls.warmUp();
      LifecycleBench.Step latency = calls.run(LATENCY_RATE, step.multipliedBy(2));
      List<LifecycleBench.Step> ramp = calls.ramp(step);
      LifecycleBench.Step best =
          ramp.stream()
              .max(Comparator.comparingDouble(LifecycleBench.Step::lifecycles))
              .orElseThrow();
      try (BenchCassandra cassandra =
          new BenchCassandra(calls.services().cassandra().contactPoint())) {
        List<Row> rows = cassandra.sampleRows();
        int bytes = BenchCassandra.meanEventBytes(rows);
        settle(cassandra);
        say("Enqueues");
        EnqueueBench.Result enqueues = enqueues(calls, step.multipliedBy(2));
        settle(cassandra);
        Duration budget = step.multipliedBy(3).dividedBy(2);
        say("Plain inserts of " + bytes + " bytes");
        double blobs = cassandra.blobsPerSecond(bytes, budget);
        say("Plain inserts of the journal's rows");
        double whole = cassandra.rowsPerSecond(rows, budget);
        return new BenchReport(
            Instant.now(),
            "Java " + Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            load,
            HEAPS,
            codec,
            decisions,
            latency,
            ramp,
            best,
            enqueues,
            bytes,
            blobs,
            whole);
      }
    }
  }

  private void settle(BenchCassandra cassandra) {
    if (!cassandra.settle()) {
      say("Cassandra is still busy with what came before: it will take fewer of what comes now");
    }
  }

  private static EnqueueBench.Result enqueues(LifecycleBench calls, Duration each) {
    try (EnqueueBench bench = EnqueueBench.start(calls.services().cassandra().contactPoint())) {
      return bench.run(each);
    }
  }

  private void say(String text) {
    System.out.printf("[%3d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000L, text);
    System.out.flush();
  }
}
