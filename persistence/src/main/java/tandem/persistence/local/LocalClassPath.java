package tandem.persistence.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the local servers' own jars are: the Maven build resolves them into {@code
 * persistence/local-*}, apart from ours.
 */
final class LocalClassPath {
  /**
   * The checkout's root; found by looking upwards from the working directory when it is not set.
   */
  private static final String ROOT_PROPERTY = "tandem.root";

  private LocalClassPath() {}

  /**
   * The class path of one server.
   *
   * @param module {@code local-cassandra}, {@code local-kafka} or {@code local-s3}
   * @throws LocalServerException when the build has not written it, or a jar of it is gone
   */
  static String of(String module) {
    return read(root().resolve("persistence").resolve(module).resolve("target/classpath.txt"));
  }

  static String read(Path file) {
    String classPath;
    try {
      classPath = Files.readString(file).strip();
    } catch (IOException e) {
      throw new LocalServerException(
          file + " is missing; build first: ./mvnw install -DskipTests", e);
    }
    Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(jar -> !Files.exists(Path.of(jar)))
        .findFirst()
        .ifPresent(
            jar -> {
              throw new LocalServerException(
                  jar
                      + " is gone from the Maven repository; build again: ./mvnw install -DskipTests");
            });
    return classPath;
  }

  private static Path root() {
    String property = System.getProperty(ROOT_PROPERTY);
    if (property != null) {
      return Path.of(property);
    }
    @Nullable Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      if (Files.isDirectory(folder.resolve("persistence/local-cassandra"))) {
        return folder;
      }
      folder = folder.getParent();
    }
    throw new LocalServerException(
        "not inside a checkout of Tandem; set -D" + ROOT_PROPERTY + " to the checkout's folder");
  }
}
