package tandem.persistence.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Starts a Java program as a child process: single owner of the command line. */
final class ChildJvm {
  private static final String WATCH_CLASS = "ParentWatch.class";

  /**
   * The child ignores Ctrl-C, which a terminal sends to all of its processes at once: we stop it,
   * after the node.
   */
  private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

  private ChildJvm() {}

  /**
   * Starts it.
   *
   * @param confDir where the JVM's argument file goes
   * @param log takes standard output and error
   */
  static Process start(ServerSpec.Command command, Lifetime lifetime, Path confDir, Path log)
      throws IOException {
    boolean watched = lifetime == Lifetime.WITH_PARENT;
    List<String> flags = new ArrayList<>(command.jvmFlags());
    flags.add("-cp");
    flags.add(
        watched
            ? command.classPath() + File.pathSeparator + watchFolder(confDir)
            : command.classPath());
    Path argFile = confDir.resolve("jvm.args");
    Files.write(argFile, flags.stream().map(ChildJvm::quoted).toList());

    List<String> line = new ArrayList<>();
    line.addAll(List.of("sh", "-c", IGNORE_TERMINAL, "sh", javaCommand(), "@" + argFile));
    if (watched) {
      line.add(ParentWatch.class.getName());
    }
    line.add(command.mainClass());
    line.addAll(command.args());
    return new ProcessBuilder(line)
        .redirectInput(
            watched ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.from(nothing()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** The watch alone: with our whole class path the child would meet our libraries. */
  private static Path watchFolder(Path confDir) throws IOException {
    Path folder = confDir.resolve("watch");
    Path target = folder.resolve(ParentWatch.class.getPackageName().replace('.', '/'));
    Files.createDirectories(target);
    try (InputStream bytes = ParentWatch.class.getResourceAsStream(WATCH_CLASS)) {
      if (bytes == null) {
        throw new IOException(WATCH_CLASS + " is not on the class path");
      }
      Files.copy(bytes, target.resolve(WATCH_CLASS), StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  private static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static File nothing() {
    return new File("/dev/null");
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
