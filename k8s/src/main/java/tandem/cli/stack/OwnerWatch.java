package tandem.cli.stack;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs in the simulator's JVM, before its real main: ends it when its owner has been gone for a
 * while. Unlike a node, a switch must outlive whoever started it, as a real one does, so that calls
 * are still talking when a killed installation is started again; but not for ever.
 */
public final class OwnerWatch {
  private static final String FILE = "owner";

  private final Path file;
  private final long graceNanos;
  private long lastSeen = System.nanoTime();

  private OwnerWatch(Path folder, long graceSeconds) {
    this.file = folder.resolve(FILE);
    this.graceNanos = TimeUnit.SECONDS.toNanos(graceSeconds);
  }

  /**
   * Starts the watch, then the real main.
   *
   * @param args folder of the owner file; seconds it may be without a living owner; the main class;
   *     its arguments
   */
  public static void main(String[] args) throws Exception {
    OwnerWatch watch = new OwnerWatch(Path.of(args[0]), Long.parseLong(args[1]));
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "owner-watch");
              thread.setDaemon(true);
              return thread;
            });
    var unused = clock.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    Method main = Class.forName(args[2]).getMethod("main", String[].class);
    main.invoke(null, (Object) Arrays.copyOfRange(args, 3, args.length));
  }

  /** Makes this JVM the owner. */
  static void own(Path folder) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Files.createDirectories(folder);
    Files.write(folder.resolve(FILE), List.of(Long.toString(self.pid()), startOf(self)));
  }

  private void look() {
    if (ownerLives()) {
      lastSeen = System.nanoTime();
    } else if (System.nanoTime() - lastSeen > graceNanos) {
      System.out.println("nobody owns this switch any more");
      Runtime.getRuntime().halt(0);
    }
  }

  private boolean ownerLives() {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 2
          && ProcessHandle.of(Long.parseLong(lines.get(0)))
              .filter(ProcessHandle::isAlive)
              .filter(owner -> startOf(owner).equals(lines.get(1)))
              .isPresent();
    } catch (IOException | NumberFormatException e) {
      // A folder that was removed has no owner either.
      return false;
    }
  }

  static String startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH).toString();
  }
}
