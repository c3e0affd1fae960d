package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/**
 * A TCP peer that a test drives line by line from its own thread; each read gives up after five
 * seconds.
 */
final class ScriptedSwitch implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  private final ServerSocket server;

  ScriptedSwitch() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MILLIS);
  }

  int port() {
    return server.getLocalPort();
  }

  Peer accept() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Peer(socket);
  }

  /** Accepts and takes the connection up to the subscription. */
  Peer acceptAndWelcome() throws IOException {
    Peer peer = accept();
    peer.send("Content-Type: auth/request\n\n");
    peer.command();
    peer.reply("+OK accepted");
    peer.command();
    peer.reply("+OK event listener enabled plain");
    return peer;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  static final class Peer implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
    }

    void send(String text) throws IOException {
      send(text.getBytes(UTF_8));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    void reply(String text) throws IOException {
      send("Content-Type: command/reply\nReply-Text: " + text + "\n\n");
    }

    void apiResponse(String text) throws IOException {
      send("Content-Type: api/response\nContent-Length: " + text.length() + "\n\n" + text);
    }

    void event(String headers) throws IOException {
      send(
          "Content-Length: " + headers.length() + "\nContent-Type: text/event-plain\n\n" + headers);
    }

    void jobResult(String id, String text) throws IOException {
      event(
          "Event-Name: BACKGROUND_JOB\nJob-UUID: "
              + id
              + "\nContent-Length: "
              + text.length()
              + "\n\n"
              + text);
    }

    /** The next command without the empty line that ends it. */
    String command() throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.length() < 2
          || text.charAt(text.length() - 1) != '\n'
          || text.charAt(text.length() - 2) != '\n') {
        int next = read();
        if (next < 0) {
          throw new IOException("closed after: " + text);
        }
        text.append((char) next);
      }
      return text.substring(0, text.length() - 2);
    }

    /** The next byte; -1 when the other side has closed, with or without a reset. */
    int read() throws IOException {
      try {
        return in.read();
      } catch (SocketException reset) {
        return -1;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
