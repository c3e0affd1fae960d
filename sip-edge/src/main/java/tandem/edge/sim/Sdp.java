package tandem.edge.sim;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The few lines of a session description (RFC 8866) that matter here. */
final class Sdp {

  /** Where the other side listens, and its payload type of telephone events. */
  record Remote(InetSocketAddress address, int events) {}

  private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP4 (\\S+)");
  private static final Pattern AUDIO = Pattern.compile("(?m)^m=audio (\\d+) ");
  private static final Pattern EVENTS =
      Pattern.compile("(?mi)^a=rtpmap:(\\d+) telephone-event/8000");

  private Sdp() {}

  /** G.711 µ-law and telephone events on one port. */
  static byte[] offer(String host, int port) {
    String text =
        "v=0\r\no=FreeSWITCH 1 1 IN IP4 "
            + host
            + "\r\ns=FreeSWITCH\r\nc=IN IP4 "
            + host
            + "\r\nt=0 0\r\nm=audio "
            + port
            + " RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
            + "a=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Null when it names no address to send audio to. */
  static @Nullable Remote read(byte @Nullable [] content) {
    if (content == null) {
      return null;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    Matcher connection = CONNECTION.matcher(text);
    Matcher audio = AUDIO.matcher(text);
    if (!connection.find() || !audio.find()) {
      return null;
    }
    int port = Integer.parseInt(audio.group(1));
    if (port <= 0 || port > 65_535) {
      return null;
    }
    Matcher events = EVENTS.matcher(text);
    return new Remote(
        new InetSocketAddress(connection.group(1), port),
        events.find() ? Integer.parseInt(events.group(1)) : RtpPort.EVENTS);
  }
}
