package tandem.http;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that sees frames and answers none. */
final class RawWebSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int PING = 9;

  private final Socket socket;
  private final DataInputStream in;

  RawWebSocket(int port) throws IOException {
    socket = new Socket();
    // Before connecting, or it grows by itself: what is not read is to pile up at the server.
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(5000);
    in = new DataInputStream(socket.getInputStream());
    String request =
        "GET /feed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + TestApi.TOKEN
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException(head.toString());
    }
  }

  /** What kind of frame comes next; its content is skipped. */
  int nextOpcode() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0F;
    long length = in.readUnsignedByte() & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    in.skipNBytes(length);
    return opcode;
  }

  /** Says that it lives. False when the server has ended the connection. */
  boolean pong() {
    try {
      // Final, opcode 10; masked, nothing in it; the mask.
      socket.getOutputStream().write(new byte[] {(byte) 0x8A, (byte) 0x80, 1, 2, 3, 4});
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The kinds of all frames until the server ends the connection. */
  List<Integer> readToTheEnd() throws IOException {
    List<Integer> opcodes = new ArrayList<>();
    try {
      for (; ; ) {
        opcodes.add(nextOpcode());
      }
    } catch (EOFException | SocketException e) {
      return opcodes;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
