package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One command as it is written to the switch: a line and perhaps headers. The one place where text
 * becomes part of a command, and so the one that refuses line ends in it: with one, a value could
 * end the command and begin another.
 */
public final class EslCommand {
  private final String line;
  private final Map<String, String> headers;

  private EslCommand(String line, Map<String, String> headers) {
    this.line = line;
    this.headers = headers;
  }

  /**
   * A command of any kind, such as {@code event plain CHANNEL_PARK} or {@code filter Unique-ID x}.
   *
   * @throws IllegalArgumentException if it is blank or has a CR, LF or NUL
   */
  public static EslCommand of(String line) {
    return new EslCommand(checked("command", line), Map.of());
  }

  /**
   * {@code api}: answered in place by its result; the switch does nothing else on this connection
   * meanwhile.
   */
  public static EslCommand api(String text) {
    return of("api " + checked("api", text));
  }

  /** {@code bgapi} with the job's id chosen by us; its result comes as an event BACKGROUND_JOB. */
  public static EslCommand bgapi(String jobId, String text) {
    return of("bgapi " + checked("bgapi", text)).withHeader("Job-UUID", jobId);
  }

  /**
   * Subscribes to events. Those of a subclass come last, behind {@code CUSTOM}.
   *
   * @param format {@code plain} or {@code json}
   */
  public static EslCommand events(String format, List<String> names) {
    List<String> words = new ArrayList<>(List.of("event", checked("format", format)));
    names.forEach(name -> words.add(checked("event name", name)));
    return of(String.join(" ", words));
  }

  static EslCommand auth(String password) {
    return of("auth " + checked("password", password));
  }

  /**
   * The same with one more header.
   *
   * @throws IllegalArgumentException if the name is no header name or the value has a CR, LF or NUL
   */
  public EslCommand withHeader(String name, String value) {
    checked("header name", name);
    if (name.indexOf(':') >= 0 || name.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("header name must have neither colon nor space: " + name);
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, noLineEnds("header " + name, value));
    return new EslCommand(line, more);
  }

  private static String checked(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be blank");
    }
    return noLineEnds(field, value);
  }

  private static String noLineEnds(String field, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException(
            field
                + " must not contain "
                + (c == 0 ? "NUL" : c == '\r' ? "CR" : "LF")
                + " (at character "
                + i
                + ")");
      }
    }
    return value;
  }

  /** The bytes for the wire. */
  ByteString encode() {
    StringBuilder out = new StringBuilder(line.length() + 64).append(line).append('\n');
    headers.forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
    return ByteString.fromArray(out.append('\n').toString().getBytes(UTF_8));
  }

  /** Its first words, for logs and errors; a password does not appear. */
  @Override
  public String toString() {
    if (line.startsWith("auth ")) {
      return "auth";
    }
    return line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
