package tandem.edge.sim;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's bytes into commands: lines up to an empty one, then as many bytes of body as a
 * Content-Length line says. Empty lines between commands mean nothing, and CR before LF is dropped.
 */
final class CommandReader {

  /** No honest command is longer; a client that sends more is closed. */
  static final int LONGEST = 1 << 20;

  /** One command: its first line, its header lines, its body. */
  record Command(String line, List<String> headers, String body) {

    @Nullable String header(String name) {
      for (String header : headers) {
        int colon = header.indexOf(':');
        if (colon > 0 && header.substring(0, colon).equalsIgnoreCase(name)) {
          return header.substring(colon + 1).trim();
        }
      }
      return null;
    }
  }

  private final Consumer<Command> sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> lines = new ArrayList<>();
  private int bodyLeft = -1;
  private int size;

  CommandReader(Consumer<Command> sink) {
    this.sink = sink;
  }

  /** False when a command has grown over {@link #LONGEST}. */
  boolean read(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (++size > LONGEST) {
        return false;
      }
      if (bodyLeft > 0) {
        line.write(b);
        if (--bodyLeft == 0) {
          deliver(line.toString(StandardCharsets.UTF_8));
        }
      } else if (b == '\n') {
        endOfLine();
      } else if (b != '\r') {
        line.write(b);
      }
    }
    return true;
  }

  private void endOfLine() {
    if (line.size() > 0) {
      lines.add(line.toString(StandardCharsets.UTF_8));
      line.reset();
      return;
    }
    if (lines.isEmpty()) {
      size = 0;
      return;
    }
    int length = contentLength();
    if (length > 0) {
      bodyLeft = length;
    } else {
      deliver("");
    }
  }

  private int contentLength() {
    for (String header : lines) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        try {
          return Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 0;
  }

  private void deliver(String body) {
    Command command = new Command(lines.get(0), List.copyOf(lines.subList(1, lines.size())), body);
    lines.clear();
    line.reset();
    bodyLeft = -1;
    size = 0;
    sink.accept(command);
  }
}
