package tandem.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tandem.edge.esl.EslFrame;
import tandem.edge.esl.EslFrameDecoder;
import tandem.edge.esl.EslLimits;
import tandem.edge.esl.EslProtocolException;

/**
 * Types {@code api} commands at a switch and waits for the answer, as a person at its console does.
 * Waits, so it is for main threads and tests; the router's own client never does.
 */
public final class SwitchConsole implements AutoCloseable {
  private static final EslLimits LIMITS = new EslLimits(1 << 16, 1 << 26);

  private final Socket socket;
  private final EslFrameDecoder decoder = new EslFrameDecoder(LIMITS);
  private final byte[] buffer = new byte[1 << 16];

  private SwitchConsole(Socket socket) {
    this.socket = socket;
  }

  /**
   * Connects and signs in.
   *
   * @param patience for the connection and for each answer
   * @throws IOException in one line, when nobody listens or the password is wrong
   */
  public static SwitchConsole connect(String host, int port, String password, Duration patience)
      throws IOException {
    Socket socket = new Socket();
    try {
      int millis = Math.toIntExact(patience.toMillis());
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      SwitchConsole console = new SwitchConsole(socket);
      EslFrame greeting = console.read();
      if (greeting.kind() != EslFrame.Kind.AUTH_REQUEST) {
        throw new IOException("this is no Event Socket, or it does not let this address in");
      }
      EslFrame reply = console.send("auth " + password);
      String text = String.valueOf(reply.header("Reply-Text"));
      if (!text.startsWith("+OK")) {
        throw new IOException("the switch does not accept the password");
      }
      return console;
    } catch (IOException e) {
      socket.close();
      throw new IOException(host + ':' + port + ": " + e.getMessage(), e);
    }
  }

  /** Runs one {@code api} command; what it prints is returned, errors ({@code -ERR …}) too. */
  public String api(String command) throws IOException {
    EslFrame reply = send("api " + command);
    String text = reply.header("Reply-Text");
    return text == null ? reply.body() : text;
  }

  private EslFrame send(String line) throws IOException {
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a command is one line");
    }
    socket.getOutputStream().write((line + "\n\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return read();
  }

  private EslFrame read() throws IOException {
    InputStream in = socket.getInputStream();
    try {
      EslFrame frame = decoder.next();
      while (frame == null) {
        int count = in.read(buffer);
        if (count < 0) {
          throw new IOException("the switch closed the connection");
        }
        decoder.feed(buffer, 0, count);
        frame = decoder.next();
      }
      return frame;
    } catch (EslProtocolException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
