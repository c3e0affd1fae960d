package tandem.edge.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A phone of a few lines: SIP and RTP as plain datagrams, no stack and nothing of ours. */
final class RtpPeer implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("m=audio (\\d+) ");

  private final DatagramSocket sip;
  private final DatagramSocket rtp;
  private final String name;
  private int sequence = 100;
  private int stamp = 8_000;
  private InetSocketAddress audio = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
  private String toTag = "";

  RtpPeer(String name) throws IOException {
    this.name = name;
    sip = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    rtp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    sip.setSoTimeout(5_000);
    rtp.setSoTimeout(300);
  }

  int port() {
    return sip.getLocalPort();
  }

  private String sdp() {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
        + rtp.getLocalPort()
        + " RTP/AVP 0 96\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:96 telephone-event/8000\r\n";
  }

  private void send(int to, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    sip.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to));
  }

  /** The next message that begins so. */
  String await(String beginning) throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[8_192], 8_192);
      sip.receive(packet);
      String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
      if (text.startsWith(beginning)) {
        return text;
      }
    }
  }

  private String request(String method, int cseq, int switchPort, String body) {
    return method
        + " sip:park@127.0.0.1:"
        + switchPort
        + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
        + port()
        + ";branch=z9hG4bK"
        + name
        + method
        + cseq
        + "\r\nFrom: <sip:"
        + name
        + "@127.0.0.1>;tag="
        + name
        + "\r\nTo: <sip:park@127.0.0.1>"
        + toTag
        + "\r\nCall-ID: "
        + name
        + "\r\nCSeq: "
        + cseq
        + " "
        + method
        + "\r\nContact: <sip:"
        + name
        + "@127.0.0.1:"
        + port()
        + ">\r\nMax-Forwards: 70\r\n"
        + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  void call(int switchPort) throws IOException {
    send(switchPort, request("INVITE", 1, switchPort, sdp()));
  }

  /** The switch has answered our call. */
  void answered(int switchPort) throws IOException {
    String ok = await("SIP/2.0 200");
    audio(ok);
    toTag = ";tag=" + header(ok, "To").replaceAll("(?s).*tag=", "");
    send(switchPort, request("ACK", 1, switchPort, ""));
  }

  private void audio(String message) {
    Matcher port = PORT.matcher(message);
    if (port.find()) {
      audio =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)));
    }
  }

  static String header(String message, String name) {
    Matcher matcher = Pattern.compile("(?mi)^" + name + ": *(.*?)\r?$").matcher(message);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Answers a request of the switch; with an SDP when it is an INVITE that is accepted. */
  void respond(String request, String status) throws IOException {
    boolean accepts = request.startsWith("INVITE") && status.startsWith("200");
    audio(request);
    String body = accepts ? sdp() : "";
    String via = header(request, "Via");
    int to = Integer.parseInt(via.replaceAll(".*?:(\\d+).*", "$1"));
    send(
        to,
        "SIP/2.0 "
            + status
            + "\r\nVia: "
            + via
            + "\r\nFrom: "
            + header(request, "From")
            + "\r\nTo: "
            + header(request, "To")
            + (header(request, "To").contains("tag=") ? "" : ";tag=" + name)
            + "\r\nCall-ID: "
            + header(request, "Call-ID")
            + "\r\nCSeq: "
            + header(request, "CSeq")
            + "\r\nContact: <sip:"
            + name
            + "@127.0.0.1:"
            + port()
            + ">\r\n"
            + (accepts ? "Content-Type: application/sdp\r\n" : "")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** 20 ms of a square wave. */
  void speak() throws IOException {
    ByteBuffer packet = head(0, 160);
    for (int i = 0; i < 160; i++) {
      packet.put(AudioFrames.ulaw((short) (i / 4 % 2 == 0 ? 8_000 : -8_000)));
    }
    stamp += 160;
    send(packet);
  }

  /** A telephone event with its end sent three times. */
  void press(int code) throws IOException {
    for (int i = 1; i <= 6; i++) {
      ByteBuffer packet = head(96, 4).put((byte) code).put((byte) (i > 3 ? 0x8A : 0x0A));
      packet.putShort((short) (i > 3 ? 800 : i * 200));
      send(packet);
    }
    stamp += 800;
  }

  private ByteBuffer head(int type, int length) {
    return ByteBuffer.allocate(12 + length)
        .put((byte) 0x80)
        .put((byte) type)
        .putShort((short) sequence++)
        .putInt(stamp)
        .putInt(7);
  }

  private void send(ByteBuffer packet) throws IOException {
    byte[] bytes = new byte[packet.capacity()];
    packet.flip().get(bytes);
    rtp.send(new DatagramPacket(bytes, bytes.length, audio));
  }

  /** The next RTP packet, or an empty one when none comes within 300 ms. */
  byte[] heard() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      rtp.receive(packet);
    } catch (java.net.SocketTimeoutException e) {
      return new byte[0];
    }
    return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Override
  public void close() {
    sip.close();
    rtp.close();
  }
}
