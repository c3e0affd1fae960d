package tandem.edge.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Single owner of the Event Socket's port and of its connections. */
final class EslServer {

  private final SimLoop loop;
  private final EventBus bus;
  private final ApiCommands commands;
  private final SessionMessages messages;
  private final SimSettings settings;
  private final List<EslSession> sessions = new ArrayList<>();
  private final ServerSocketChannel server;
  private final SelectionKey acceptKey;
  private final int port;
  private boolean silent;

  EslServer(
      SimLoop loop,
      EventBus bus,
      ApiCommands commands,
      SessionMessages messages,
      SimSettings settings) {
    this.loop = loop;
    this.bus = bus;
    this.commands = commands;
    this.messages = messages;
    this.settings = settings;
    try {
      server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(settings.host(), settings.eslPort()), 128);
      server.configureBlocking(false);
      port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      acceptKey =
          server.register(loop.selector(), SelectionKey.OP_ACCEPT, (SimLoop.Ready) key -> accept());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot bind the Event Socket to " + settings.host() + ":" + settings.eslPort(), e);
    }
  }

  int port() {
    return port;
  }

  int connections() {
    return sessions.size();
  }

  boolean silent() {
    return silent;
  }

  /** Every connection is reset without a word, as by a cable pulled or a kill -9. */
  void cut() {
    for (EslSession session : List.copyOf(sessions)) {
      session.close();
    }
  }

  /** Connections stay, but for so long nothing is read, accepted or written. */
  void silence(Duration length) {
    silent = true;
    acceptKey.interestOps(0);
    loop.after(
        length,
        () -> {
          silent = false;
          acceptKey.interestOps(SelectionKey.OP_ACCEPT);
          accept();
          sessions.forEach(EslSession::wake);
        });
  }

  /** A shutdown's last words, then every connection is closed. */
  void goodbye() {
    for (EslSession session : List.copyOf(sessions)) {
      session.disconnect();
    }
  }

  void close() {
    cut();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void gone(EslSession session) {
    sessions.remove(session);
    bus.remove(session);
  }

  private void accept() {
    if (silent) {
      return;
    }
    try {
      for (SocketChannel socket = server.accept(); socket != null; socket = server.accept()) {
        EslSession session = new EslSession(this, loop, bus, commands, messages, settings, socket);
        sessions.add(session);
        bus.add(session);
        session.greet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
