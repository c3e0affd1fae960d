package tandem.persistence.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The configuration and the JVM flags of the local Kafka: one node, on the loopback, small and
 * quick to start.
 */
final class KafkaFiles {
  /**
   * A fixed cluster id (22 characters of URL-safe base 64, as Kafka wants it): one installation,
   * one data folder.
   */
  private static final String CLUSTER_ID = "dGFuZGVtLWxvY2FsLWthZg";

  private static final int FORMAT_PATIENCE_SECONDS = 60;

  private final Path dataDir;
  private final String classPath;
  private final int heapMegabytes;

  KafkaFiles(Path dataDir, String classPath, int heapMegabytes) {
    this.dataDir = dataDir;
    this.classPath = classPath;
    this.heapMegabytes = heapMegabytes;
  }

  /**
   * Writes the configuration, formats the data folder before the first start, and says what to run.
   */
  ServerSpec.Command prepare(int clientPort, int controllerPort) throws IOException {
    Path properties = dataDir.resolve("conf/server.properties");
    Files.writeString(
        properties,
        PROPERTIES
            .replace("@dir@", dataDir.toString().replace("\\", "\\\\"))
            .replace("@client@", Integer.toString(clientPort))
            .replace("@controller@", Integer.toString(controllerPort)));
    if (!Files.exists(dataDir.resolve("data/meta.properties"))) {
      format(properties);
    }
    return new ServerSpec.Command(
        jvmFlags(), classPath, "kafka.Kafka", List.of(properties.toString()));
  }

  private void format(Path properties) throws IOException {
    ServerSpec.Command format =
        new ServerSpec.Command(
            jvmFlags(),
            classPath,
            "kafka.tools.StorageTool",
            List.of("format", "--cluster-id", CLUSTER_ID, "--config", properties.toString()));
    ServerLog log = new ServerLog(dataDir.resolve("logs/format.log"));
    log.rotate();
    Process formatting =
        ChildJvm.start(format, Lifetime.WITH_PARENT, dataDir.resolve("conf"), log.file());
    try {
      if (!formatting.waitFor(FORMAT_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new LocalServerException(
            "Kafka could not format its data within " + FORMAT_PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalServerException("interrupted while Kafka formats its data", e);
    } finally {
      formatting.destroyForcibly();
    }
    if (formatting.exitValue() != 0) {
      throw new LocalServerException(
          "Kafka could not format its data: " + log.reason() + " (log: " + log.file() + ")");
    }
  }

  private List<String> jvmFlags() {
    List<String> flags = new ArrayList<>();
    flags.add("-Xms" + heapMegabytes / 4 + "m");
    flags.add("-Xmx" + heapMegabytes + "m");
    // It has little to do: no collector threads, and no optimizing compiler at the start's cost.
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:TieredStopAtLevel=1");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-Dorg.slf4j.simpleLogger.logFile=System.out");
    flags.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    flags.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS");
    flags.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
    return flags;
  }

  private static final String PROPERTIES =
      """
      # Written at every start by tandem.persistence.local; changes are lost.
      process.roles=broker,controller
      node.id=1
      controller.quorum.voters=1@127.0.0.1:@controller@
      listeners=PLAINTEXT://127.0.0.1:@client@,CONTROLLER://127.0.0.1:@controller@
      advertised.listeners=PLAINTEXT://127.0.0.1:@client@
      listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
      inter.broker.listener.name=PLAINTEXT
      controller.listener.names=CONTROLLER
      log.dirs=@dir@/data
      num.network.threads=2
      num.io.threads=2
      num.partitions=8
      num.recovery.threads.per.data.dir=1
      log.segment.bytes=67108864
      log.cleaner.dedupe.buffer.size=8388608
      offsets.topic.num.partitions=4
      offsets.topic.replication.factor=1
      transaction.state.log.num.partitions=4
      transaction.state.log.replication.factor=1
      transaction.state.log.min.isr=1
      share.coordinator.state.topic.replication.factor=1
      share.coordinator.state.topic.min.isr=1
      # After a crash the controller waits for the old broker's session to end before it lets the new one in.
      broker.session.timeout.ms=2000
      broker.heartbeat.interval.ms=500
      group.initial.rebalance.delay.ms=0
      """;
}
