package tandem.persistence.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which process serves a data folder. Holds the process's start time beside its id, so that an id
 * that the system has given to somebody else since is seen to be stale, and nobody else's process
 * is ever stopped.
 */
final class PidFile {
  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void write(ProcessHandle process) throws IOException {
    Files.write(file, List.of(Long.toString(process.pid()), startOf(process)));
  }

  /** The process that still serves; a stale file is removed. */
  Optional<ProcessHandle> living() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    Optional<ProcessHandle> process =
        lines.size() == 2 && lines.get(0).matches("\\d{1,18}")
            ? ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(ProcessHandle::isAlive)
                .filter(living -> startOf(living).equals(lines.get(1)))
            : Optional.empty();
    if (process.isEmpty()) {
      delete();
    }
    return process;
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH).toString();
  }
}
