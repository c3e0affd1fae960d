package tandem.persistence.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One throwaway Cassandra and one Kafka for all tests of a JVM, started when first asked for, in
 * {@code target/local} of the module under test. They end with the JVM; nobody closes them. Tests
 * keep apart by keyspaces and topics of their own.
 */
public final class LocalServices {
  private static final Path FOLDER = Path.of("target", "local");

  private static @Nullable LocalCassandra cassandra;
  private static @Nullable LocalKafka kafka;

  private LocalServices() {}

  /** The shared Cassandra. */
  public static synchronized LocalCassandra cassandra() {
    if (cassandra == null) {
      cassandra =
          LocalCassandra.start(LocalCassandra.Settings.in(folder("cassandra")).asThrowaway());
    }
    return cassandra;
  }

  /** The shared Kafka. */
  public static synchronized LocalKafka kafka() {
    if (kafka == null) {
      kafka = LocalKafka.start(LocalKafka.Settings.in(folder("kafka")).asThrowaway());
    }
    return kafka;
  }

  /** A folder of this JVM; those of test JVMs that are gone are removed. */
  static Path folder(String server) {
    try {
      Files.createDirectories(FOLDER);
      try (Stream<Path> folders = Files.list(FOLDER)) {
        folders.filter(LocalServices::isLeftOver).forEach(LocalServices::delete);
      }
    } catch (IOException e) {
      throw new LocalServerException("cannot use " + FOLDER.toAbsolutePath() + ": " + e, e);
    }
    return FOLDER.resolve(server + "-" + ProcessHandle.current().pid());
  }

  private static boolean isLeftOver(Path folder) {
    String[] nameAndPid = folder.getFileName().toString().split("-", -1);
    return nameAndPid.length == 2
        && nameAndPid[1].matches("\\d{1,18}")
        && ProcessHandle.of(Long.parseLong(nameAndPid[1])).isEmpty();
  }

  /** Deletes a folder and everything in it. */
  static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
