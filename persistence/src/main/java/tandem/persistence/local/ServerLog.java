package tandem.persistence.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A server's log file: one file a start, the one before is kept. Finds in it, in one line, why the
 * server ended.
 */
final class ServerLog {
  private static final int TAIL_BYTES = 128 * 1024;
  private static final int LINE_LENGTH = 300;

  private final Path file;

  ServerLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Puts the log of the last start aside. */
  void rotate() throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file)) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The likeliest reason for an end, in plain words where it is a common one. */
  String reason() {
    String tail;
    try {
      tail = tail();
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
    if (tail.contains("No space left on device")) {
      return "the disk is full";
    }
    if (tail.contains("Address already in use")) {
      return "one of its ports was taken by another process";
    }
    // With its package: Cassandra's log also shows its flags, and -XX:+ExitOnOutOfMemoryError is
    // one.
    if (tail.contains("java.lang.OutOfMemoryError")
        || tail.contains("There is insufficient memory")) {
      return "it ran out of memory";
    }
    List<String> lines = tail.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    for (String line : lines) {
      if (line.contains("ERROR") || line.contains("FATAL") || line.contains("Exception")) {
        last = line;
        break;
      }
    }
    return last.length() > LINE_LENGTH ? last.substring(0, LINE_LENGTH) + "…" : last;
  }

  private String tail() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
      int read = channel.read(bytes, from);
      return new String(bytes.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
    }
  }
}
