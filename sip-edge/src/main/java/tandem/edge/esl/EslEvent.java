package tandem.edge.esl;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One event of the switch, whichever format it came in. It is an index over the frame's bytes: a
 * header becomes a string when it is asked for. Immutable.
 */
public final class EslEvent {
  private final HeaderIndex headers;
  private final byte[] bytes;
  private final int bodyStart;
  private final int bodyEnd;
  private final @Nullable String jsonBody;
  private final String name;

  private EslEvent(
      HeaderIndex headers, byte[] bytes, int bodyStart, int bodyEnd, @Nullable String jsonBody)
      throws EslProtocolException {
    this.headers = headers;
    this.bytes = bytes;
    this.bodyStart = bodyStart;
    this.bodyEnd = bodyEnd;
    this.jsonBody = jsonBody;
    // The switch adds its own name when it fires an event, behind one that the event was made with
    // (PRIVATE_COMMAND).
    String eventName = headers.last("Event-Name");
    if (eventName == null) {
      throw new EslProtocolException("an event without Event-Name");
    }
    this.name = eventName;
  }

  /**
   * Indexes the event that a frame carries.
   *
   * @throws EslProtocolException if its inside is malformed
   * @throws IllegalArgumentException if the frame carries none ({@link EslFrame#isEvent()})
   */
  public static EslEvent of(EslFrame frame) throws EslProtocolException {
    byte[] bytes = frame.bytes();
    if (frame.isEventReply()) {
      return new EslEvent(frame.outerHeaders(), bytes, frame.bodyStart(), bytes.length, null);
    }
    switch (frame.kind()) {
      case EVENT_PLAIN -> {
        PlainHeaders index = PlainHeaders.index(bytes, frame.bodyStart(), bytes.length, true);
        checkInnerLength(index, bytes.length - index.end());
        return new EslEvent(index, bytes, index.end(), bytes.length, null);
      }
      case EVENT_JSON -> {
        JsonHeaders index = JsonHeaders.parse(bytes, frame.bodyStart(), bytes.length);
        return new EslEvent(index, bytes, bytes.length, bytes.length, index.body());
      }
      default -> throw new IllegalArgumentException("not an event: " + frame);
    }
  }

  /**
   * The switch writes its own Content-Length last; an earlier one is the sender's (an event made by
   * `sendevent`).
   */
  private static void checkInnerLength(PlainHeaders index, int rest) throws EslProtocolException {
    List<String> lengths = index.raw("Content-Length");
    String last = lengths.isEmpty() ? "" : lengths.get(lengths.size() - 1);
    int stated = lengths.isEmpty() ? 0 : Decimal.parse(last);
    if (stated != rest) {
      byte[] written = last.getBytes(StandardCharsets.UTF_8);
      throw new EslProtocolException(
          "an event with "
              + rest
              + " bytes of body whose inner Content-Length is "
              + (lengths.isEmpty() ? "missing" : Excerpt.of(written, 0, written.length)));
    }
  }

  /**
   * The name that the event was fired under, such as CHANNEL_PARK: its last Event-Name, should it
   * have several.
   */
  public String name() {
    return name;
  }

  /**
   * The first value of that name, decoded, or null. A list of values has the switch's form {@code
   * ARRAY::a|:b} in every format.
   */
  public @Nullable String header(String header) {
    return headers.first(header);
  }

  /**
   * Every value of that name in wire order, duplicates kept and lists taken apart; empty when there
   * is none.
   */
  public List<String> headers(String header) {
    return headers.all(header);
  }

  /** The channel variable of that name, or null. */
  public @Nullable String variable(String variable) {
    return headers.first("variable_" + variable);
  }

  /** How many headers there are, repeated ones included. */
  public int headerCount() {
    return headers.size();
  }

  /** Calls the consumer with each header, decoded, in wire order. */
  public void forEachHeader(BiConsumer<String, String> consumer) {
    headers.forEach(consumer);
  }

  /** The event's own body as text (a job's result, a message); empty when there is none. */
  public String body() {
    return jsonBody != null ? jsonBody : PercentDecoder.text(bytes, bodyStart, bodyEnd);
  }

  @Override
  public String toString() {
    return "EslEvent[" + name + ", " + headers.size() + " headers]";
  }
}
