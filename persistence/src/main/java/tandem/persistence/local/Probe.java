package tandem.persistence.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server, in the first bytes of its own protocol, whether it answers clients. */
enum Probe {
  /**
   * CQL native protocol v4: OPTIONS (opcode 5) is answered by SUPPORTED (opcode 6) before any
   * sign-in.
   */
  CASSANDRA {
    @Override
    boolean ask(DataOutputStream out, DataInputStream in) throws IOException {
      out.write(new byte[] {4, 0, 0, 0, 5, 0, 0, 0, 0});
      out.flush();
      byte[] header = in.readNBytes(9);
      return header.length == 9 && header[4] == 6;
    }
  },

  /**
   * Kafka protocol: ApiVersions (key 18, version 0, no client id) is answered with the same
   * correlation id.
   */
  KAFKA {
    @Override
    boolean ask(DataOutputStream out, DataInputStream in) throws IOException {
      out.writeInt(10);
      out.writeShort(18);
      out.writeShort(0);
      out.writeInt(CORRELATION);
      out.writeShort(-1);
      out.flush();
      int length = in.readInt();
      return length >= 6 && in.readInt() == CORRELATION && in.readShort() == 0;
    }
  },

  /** HTTP: any answer is one, also that nobody may ask. */
  HTTP {
    @Override
    boolean ask(DataOutputStream out, DataInputStream in) throws IOException {
      out.write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readNBytes(5), StandardCharsets.US_ASCII).equals("HTTP/");
    }
  };

  private static final int CORRELATION = 0x74616e64;
  private static final int TIMEOUT_MILLIS = 1_000;

  abstract boolean ask(DataOutputStream out, DataInputStream in) throws IOException;

  /** Whether the server on this loopback port answers; false also when nobody listens yet. */
  boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      return ask(
          new DataOutputStream(socket.getOutputStream()),
          new DataInputStream(socket.getInputStream()));
    } catch (IOException e) {
      return false;
    }
  }
}
