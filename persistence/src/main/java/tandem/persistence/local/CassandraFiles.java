package tandem.persistence.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration and the JVM flags of the local Cassandra: one node, on the loopback, small and
 * quick to start.
 */
final class CassandraFiles {
  /** Reached by reflection on JDK 17 by Cassandra's own code. */
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.io",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  private CassandraFiles() {}

  static List<String> jvmFlags(Path dataDir, int heapMegabytes, boolean throwaway) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xms" + heapMegabytes + "m");
    flags.add("-Xmx" + heapMegabytes + "m");
    // Memtables and buffers outside the heap; bounded, since the machine is shared with the node.
    flags.add("-XX:MaxDirectMemorySize=" + heapMegabytes / 2 + "m");
    flags.add("-XX:+UseG1GC");
    // As Cassandra's own settings have it: shorter ones make it collect all the time.
    flags.add("-XX:MaxGCPauseMillis=300");
    // Tables in memory are made of pieces of 1 MB. In small regions each is a large object, and G1
    // marks the whole heap for it.
    flags.add("-XX:G1HeapRegionSize=4m");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-Djdk.attach.allowAttachSelf=true");
    flags.add("-Dcassandra.config=" + yamlFile(dataDir).toUri());
    flags.add("-Dlogback.configurationFile=" + logbackFile(dataDir).toUri());
    flags.add("-Dcassandra.storagedir=" + dataDir);
    // In the foreground: standard output stays open, and goes to the log.
    flags.add("-Dcassandra-foreground=yes");
    // Alone in its ring: there is nobody to wait for.
    flags.add("-Dcassandra.ring_delay_ms=0");
    flags.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    flags.add("-Dcassandra.shutdown_announce_in_ms=0");
    if (throwaway) {
      // Each schema change is otherwise a dozen syncs to disk. Unsafe to kill and start again on
      // the same data.
      flags.add("-Dcassandra.unsafesystem=true");
    }
    for (String export : EXPORTS) {
      flags.add("--add-exports=" + export + "=ALL-UNNAMED");
    }
    for (String open : OPENS) {
      flags.add("--add-opens=" + open + "=ALL-UNNAMED");
    }
    return flags;
  }

  static void write(Path dataDir, int clientPort, int storagePort, int heapMegabytes)
      throws IOException {
    Files.writeString(yamlFile(dataDir), yaml(dataDir, clientPort, storagePort, heapMegabytes));
    Files.writeString(logbackFile(dataDir), LOGBACK);
  }

  private static Path yamlFile(Path dataDir) {
    return dataDir.resolve("conf/cassandra.yaml");
  }

  private static Path logbackFile(Path dataDir) {
    return dataDir.resolve("conf/logback.xml");
  }

  private static String yaml(Path dataDir, int clientPort, int storagePort, int heapMegabytes) {
    return YAML.replace("@dir@", dataDir.toString().replace("'", "''"))
        .replace("@client@", Integer.toString(clientPort))
        .replace("@storage@", Integer.toString(storagePort))
        .replace("@memtables@", Integer.toString(heapMegabytes / 5))
        .replace("@offheap@", Integer.toString(heapMegabytes / 8));
  }

  private static final String YAML =
      """
      # Written at every start by tandem.persistence.local; changes are lost.
      cluster_name: tandem-local
      num_tokens: 1
      partitioner: org.apache.cassandra.dht.Murmur3Partitioner
      endpoint_snitch: SimpleSnitch
      dynamic_snitch: false
      authenticator: AllowAllAuthenticator
      authorizer: AllowAllAuthorizer
      listen_address: 127.0.0.1
      storage_port: @storage@
      start_native_transport: true
      rpc_address: 127.0.0.1
      native_transport_port: @client@
      native_transport_max_threads: 12
      seed_provider:
        - class_name: org.apache.cassandra.locator.SimpleSeedProvider
          parameters:
            - seeds: '127.0.0.1:@storage@'
      data_file_directories: ['@dir@/data']
      commitlog_directory: '@dir@/commitlog'
      saved_caches_directory: '@dir@/saved_caches'
      hints_directory: '@dir@/hints'
      cdc_raw_directory: '@dir@/cdc_raw'
      # A write is in the commit log's mapped file when it is acknowledged: it survives the process, and the machine but
      # for the last period.
      commitlog_sync: periodic
      commitlog_sync_period: 10000ms
      commitlog_segment_size: 16MiB
      commitlog_total_space: 256MiB
      memtable_allocation_type: heap_buffers
      memtable_heap_space: @memtables@MiB
      memtable_offheap_space: @offheap@MiB
      memtable_flush_writers: 1
      concurrent_reads: 12
      concurrent_writes: 12
      concurrent_compactors: 1
      compaction_throughput: 16MiB/s
      file_cache_enabled: false
      networking_cache_size: 16MiB
      key_cache_size: 8MiB
      counter_cache_size: 0MiB
      hinted_handoff_enabled: false
      auto_snapshot: false
      incremental_backups: false
      disk_failure_policy: die
      commit_failure_policy: die
      # The machine is shared and may pause: a slow answer is better than a failed one.
      read_request_timeout: 10s
      write_request_timeout: 10s
      range_request_timeout: 20s
      request_timeout: 20s
      """;

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%date{ISO8601} %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT"/></root>
      </configuration>
      """;
}
