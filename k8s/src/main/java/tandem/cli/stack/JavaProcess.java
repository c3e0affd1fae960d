package tandem.cli.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tandem.persistence.local.ExitCode;
import tandem.persistence.local.ParentWatch;

/**
 * A child JVM on our own class path: single owner of its process and its log. It ignores Ctrl-C,
 * which a terminal sends to all of its processes at once: whoever started it stops it, in order.
 */
public final class JavaProcess {
  private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

  /**
   * What to run.
   *
   * @param name for people, and of the log file
   * @param folder of log and argument file
   * @param withParent whether it ends as soon as this JVM has ended, however that ends
   */
  public record Spec(
      String name,
      Path folder,
      List<String> jvmFlags,
      String mainClass,
      List<String> args,
      boolean withParent) {
    public Spec {
      jvmFlags = List.copyOf(jvmFlags);
      args = List.copyOf(args);
    }
  }

  private final Spec spec;
  private final Path log;
  private final Process process;
  private volatile boolean stopping;

  private JavaProcess(Spec spec, Path log, Process process) {
    this.spec = spec;
    this.log = log;
    this.process = process;
  }

  /** Starts it; returns at once. */
  public static JavaProcess start(Spec spec) {
    Path log = spec.folder().resolve(spec.name().replace(' ', '-') + ".log");
    try {
      Files.createDirectories(spec.folder());
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      return new JavaProcess(spec, log, launch(spec, log));
    } catch (IOException e) {
      throw new StackException("cannot start the " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  private static Process launch(Spec spec, Path log) throws IOException {
    List<String> flags = new ArrayList<>(spec.jvmFlags());
    flags.add("-cp");
    flags.add(System.getProperty("java.class.path"));
    Path argFile = spec.folder().resolve("jvm.args");
    Files.write(argFile, flags.stream().map(JavaProcess::quoted).toList());

    List<String> line = new ArrayList<>();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    line.addAll(List.of("sh", "-c", IGNORE_TERMINAL, "sh", java, "@" + argFile));
    if (spec.withParent()) {
      line.add(ParentWatch.class.getName());
    }
    line.add(spec.mainClass());
    line.addAll(spec.args());
    return new ProcessBuilder(line)
        .redirectInput(
            spec.withParent()
                ? ProcessBuilder.Redirect.PIPE
                : ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  public long pid() {
    return process.pid();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has ended with; {@link IllegalThreadStateException} while it runs. */
  public int exitCode() {
    return process.exitValue();
  }

  public Path log() {
    return log;
  }

  /** Completes with the reason, in one line, when it has ended; empty when it was stopped here. */
  public CompletionStage<String> ended() {
    return process.onExit().thenApply(gone -> stopping ? "" : describeEnd());
  }

  /** How it ended, in one line. */
  public String describeEnd() {
    int code = process.exitValue();
    String how = ExitCode.describe(code);
    String last = ExitCode.isSignal(code) ? "" : lastWords();
    return "the %s (pid %d) %s%s; its log: %s"
        .formatted(spec.name(), pid(), how, last.isEmpty() ? "" : ": " + last, log);
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      for (int i = lines.size() - 1; i >= 0; i--) {
        if (lines.get(i).startsWith("tandem: ")) {
          return lines.get(i).substring("tandem: ".length());
        }
      }
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1).strip();
    } catch (IOException e) {
      return "(the log cannot be read: " + e.getMessage() + ")";
    }
  }

  /** kill -9; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(20));
  }

  /** Asks it to end, by force after the patience; returns when it is gone. */
  public void stop(Duration patience) {
    stopping = true;
    // Of the handle: that of the process would close the child's standard input too, which says
    // that we are gone.
    process.toHandle().destroy();
    if (!awaitEnd(patience)) {
      kill();
    }
  }

  private boolean awaitEnd(Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new StackException("waiting for the end of the " + spec.name() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
