package tandem.edge.esl;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One outer frame as FreeSWITCH sent it: a header block and as many bytes of body as its
 * Content-Length says. Immutable; it owns its bytes.
 */
public final class EslFrame {
  /** What a frame is, by its Content-Type. */
  public enum Kind {
    /** The switch greets and wants a password. */
    AUTH_REQUEST("auth/request"),
    /** The answer to a command, in its Reply-Text. */
    COMMAND_REPLY("command/reply"),
    /** The answer to an {@code api} command, in its body. */
    API_RESPONSE("api/response"),
    EVENT_PLAIN("text/event-plain"),
    EVENT_JSON("text/event-json"),
    EVENT_XML("text/event-xml"),
    /** A line of the switch's log, in its body. */
    LOG_DATA("log/data"),
    /**
     * The switch is about to close, or (Content-Disposition: linger) the session has ended but the
     * socket lives on.
     */
    DISCONNECT_NOTICE("text/disconnect-notice"),
    /** The switch's access list refuses this address. */
    RUDE_REJECTION("text/rude-rejection"),
    /** A type that this codec does not know; its frame is whole nevertheless. */
    OTHER("");

    private final String contentType;

    Kind(String contentType) {
      this.contentType = contentType;
    }

    private static final Kind[] KINDS = values();

    static Kind of(String contentType) {
      for (Kind kind : KINDS) {
        if (kind.contentType.equals(contentType)) {
          return kind;
        }
      }
      return OTHER;
    }
  }

  private final byte[] bytes;
  private final int bodyStart;
  private final PlainHeaders headers;
  private final Kind kind;

  /**
   * @param bytes the whole frame
   * @param bodyStart where its body begins
   */
  EslFrame(byte[] bytes, int bodyStart) throws EslProtocolException {
    this.bytes = bytes;
    this.bodyStart = bodyStart;
    PlainHeaders index = PlainHeaders.index(bytes, 0, bodyStart, false);
    String contentType = index.first("Content-Type");
    if (contentType == null) {
      throw new EslProtocolException(
          "a frame without Content-Type: " + Excerpt.of(bytes, 0, bodyStart));
    }
    this.kind = Kind.of(contentType);
    // The reply to `connect` on an outbound socket is a bare event, encoded like one down to its
    // Reply-Text.
    this.headers = index.encoded(kind == Kind.COMMAND_REPLY && index.startsWith("Event-Name"));
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Whether this is a reply that is an event itself: what {@code connect} on an outbound socket is
   * answered with.
   */
  public boolean isEventReply() {
    return kind == Kind.COMMAND_REPLY && headers.startsWith("Event-Name");
  }

  public boolean isEvent() {
    return kind == Kind.EVENT_PLAIN || kind == Kind.EVENT_JSON || isEventReply();
  }

  /** The first value of an outer header, or null. */
  public @Nullable String header(String name) {
    return headers.first(name);
  }

  /** Every value of an outer header in wire order; empty when there is none. */
  public List<String> headers(String name) {
    return headers.all(name);
  }

  /** Calls the consumer with each outer header in wire order. */
  public void forEachHeader(BiConsumer<String, String> consumer) {
    headers.forEach(consumer);
  }

  /**
   * The body as text (UTF-8); empty when there is none. For an event it is the event's own headers,
   * not yet decoded.
   */
  public String body() {
    return PercentDecoder.text(bytes, bodyStart, bytes.length);
  }

  /** The length of the body in bytes. */
  public int bodyLength() {
    return bytes.length - bodyStart;
  }

  /** The length of the whole frame in bytes. */
  public int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int bodyStart() {
    return bodyStart;
  }

  PlainHeaders outerHeaders() {
    return headers;
  }

  @Override
  public String toString() {
    return "EslFrame[" + kind + ", " + bytes.length + " bytes]";
  }
}
