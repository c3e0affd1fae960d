package tandem.persistence.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server in a child JVM: single owner of its process from start to stop. Starting and stopping
 * wait, so they belong on a main thread or a test's, never on an actor's.
 */
final class LocalServer {
  private static final Duration PROBE_EVERY = Duration.ofMillis(50);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final long MEGABYTE = 1024L * 1024;

  /**
   * Servers to stop with this JVM. Also keeps their standard input from being closed by a garbage
   * collection.
   */
  private static final Set<LocalServer> WITH_PARENT = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> WITH_PARENT.forEach(LocalServer::kill), "stop-local-servers"));
  }

  private final ServerSpec spec;
  private final PidFile pidFile;
  private final ServerLog log;
  private final Map<String, Integer> ports;
  private final ProcessHandle process;
  private final @Nullable Process child;
  private volatile boolean stopping;

  private LocalServer(
      ServerSpec spec,
      PidFile pidFile,
      ServerLog log,
      Map<String, Integer> ports,
      ProcessHandle process,
      @Nullable Process child) {
    this.spec = spec;
    this.pidFile = pidFile;
    this.log = log;
    this.ports = ports;
    this.process = process;
    this.child = child;
    if (spec.lifetime() == Lifetime.WITH_PARENT) {
      WITH_PARENT.add(this);
    }
  }

  /**
   * Starts the server, or takes over the one that still serves this data folder; returns when it
   * answers clients.
   *
   * @throws LocalServerException with the reason in one line; nothing is left running then
   */
  static LocalServer start(ServerSpec spec) {
    try {
      Files.createDirectories(spec.dataDir());
      try (FileChannel channel =
              FileChannel.open(
                  spec.dataDir().resolve("start.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel, spec)) {
        assert lock.isValid();
        return startLocked(spec);
      }
    } catch (IOException e) {
      throw new LocalServerException(
          spec.name() + " cannot use " + spec.dataDir() + ": " + reasonOf(e), e);
    }
  }

  private static LocalServer startLocked(ServerSpec spec) throws IOException {
    PidFile pidFile = new PidFile(spec.dataDir().resolve("server.pid"));
    ServerLog log = new ServerLog(spec.dataDir().resolve("logs/server.log"));
    Optional<ProcessHandle> living = pidFile.living();
    LocalServer server =
        living.isPresent()
            ? takeOver(spec, pidFile, log, living.get())
            : launch(spec, pidFile, log);
    try {
      server.awaitReady();
    } catch (RuntimeException e) {
      server.kill();
      throw e;
    }
    return server;
  }

  private static LocalServer launch(ServerSpec spec, PidFile pidFile, ServerLog log)
      throws IOException {
    long free = Files.getFileStore(spec.dataDir()).getUsableSpace();
    if (free < spec.freeBytes()) {
      throw new LocalServerException(
          "only %d MB are free in %s; %s needs %d MB"
              .formatted(
                  free / MEGABYTE, spec.dataDir(), spec.name(), spec.freeBytes() / MEGABYTE));
    }
    Map<String, Integer> ports = Ports.choose(spec.name(), spec.dataDir(), spec.ports());
    Path confDir = Files.createDirectories(spec.dataDir().resolve("conf"));
    log.rotate();
    ServerSpec.Command command = spec.launch().prepare(ports);
    Process child = ChildJvm.start(command, spec.lifetime(), confDir, log.file());
    pidFile.write(child.toHandle());
    return new LocalServer(spec, pidFile, log, ports, child.toHandle(), child);
  }

  private static LocalServer takeOver(
      ServerSpec spec, PidFile pidFile, ServerLog log, ProcessHandle process) throws IOException {
    Map<String, Integer> ports = Ports.last(spec.dataDir());
    int wanted = spec.ports().getOrDefault(ServerSpec.CLIENT_PORT, 0);
    Integer has = ports.get(ServerSpec.CLIENT_PORT);
    if (has == null || (wanted != 0 && wanted != has)) {
      throw new LocalServerException(
          "%s runs on this data already (process %d, port %s), not on port %d; stop it first"
              .formatted(spec.name(), process.pid(), has, wanted));
    }
    return new LocalServer(spec, pidFile, log, ports, process, null);
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + spec.patience().toNanos();
    while (!spec.probe().answers(port(ServerSpec.CLIENT_PORT))) {
      if (endsWithin(PROBE_EVERY)) {
        throw new LocalServerException(ending());
      }
      if (System.nanoTime() > deadline) {
        throw new LocalServerException(
            "%s did not answer within %d s: %s (log: %s)"
                .formatted(spec.name(), spec.patience().toSeconds(), log.reason(), log.file()));
      }
    }
  }

  int port(String name) {
    return portOf(ports, name);
  }

  static int portOf(Map<String, Integer> ports, String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no port named " + name + " among " + ports);
    }
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Whether the server was running already when it was started. */
  boolean takenOver() {
    return child == null;
  }

  Path logFile() {
    return log.file();
  }

  /** Completes when the process is gone: empty when it was stopped, else the reason in one line. */
  CompletionStage<Optional<String>> ended() {
    return process.onExit().thenApply(gone -> stopping ? Optional.empty() : Optional.of(ending()));
  }

  /** Stops the server so that it keeps its data, by force after 20 s; returns when it is gone. */
  void stop() {
    stopping = true;
    if (!spec.throwaway()) {
      process.destroy();
      if (endsWithin(STOP_PATIENCE)) {
        forget();
        return;
      }
    }
    kill();
  }

  private void kill() {
    stopping = true;
    process.destroyForcibly();
    // Cannot take long: nothing in the process runs any more.
    if (endsWithin(STOP_PATIENCE)) {
      forget();
    }
  }

  private void forget() {
    WITH_PARENT.remove(this);
    try {
      pidFile.delete();
    } catch (IOException e) {
      // Harmless: the next start sees that the process of the file is gone.
      System.err.println("tandem: cannot remove the pid file of " + spec.name() + ": " + e);
    }
  }

  private String ending() {
    int code = child != null && !child.isAlive() ? child.exitValue() : 0;
    String how = code == 0 ? "ended" : ExitCode.describe(code);
    String why = ExitCode.isSignal(code) ? "" : ": " + log.reason();
    return "%s %s%s (log: %s)".formatted(spec.name(), how, why, log.file());
  }

  private boolean endsWithin(Duration time) {
    try {
      process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalServerException("interrupted while waiting for " + spec.name(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process does not fail", e);
    }
  }

  private static FileLock lock(FileChannel channel, ServerSpec spec) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw startedTwice(spec, e);
    }
    throw startedTwice(spec, null);
  }

  private static LocalServerException startedTwice(ServerSpec spec, @Nullable Throwable cause) {
    String message = spec.name() + " is just being started on " + spec.dataDir() + " by another";
    return cause == null
        ? new LocalServerException(message)
        : new LocalServerException(message, cause);
  }

  private static String reasonOf(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left on device")
        ? "the disk is full"
        : e.getClass().getSimpleName() + ": " + message;
  }
}
