package tandem.edge.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Event Socket connection: single owner of its commands' order and of what waits to be written.
 * Commands are answered one after the other; events wait for the next look at the queue, which a
 * command or a bare line end brings forward.
 */
final class EslSession implements EventBus.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(EslSession.class);
  private static final String GOODBYE =
      "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

  /**
   * A client that reads nothing while so much waits for it is cut off, so that memory stays
   * bounded.
   */
  private static final long MOST_WAITING = 256L << 20;

  private final EslServer server;
  private final SimLoop loop;
  private final EventBus bus;
  private final ApiCommands commands;
  private final SessionMessages messages;
  private final SimSettings settings;
  private final SocketChannel socket;
  private final SelectionKey key;
  private final CommandReader reader = new CommandReader(this::queue);
  private final Subscription subscription = new Subscription();
  private final ArrayDeque<CommandReader.Command> waiting = new ArrayDeque<>();
  private final ArrayDeque<byte[]> events = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> output = new ArrayDeque<>();
  private final ByteBuffer input = ByteBuffer.allocate(64 << 10);
  private long outputBytes;
  private boolean authenticated;
  private boolean busy;
  private boolean stepping;
  private boolean closed;
  private boolean closing;
  private boolean flushPlanned;
  private boolean drainPlanned;
  private long lastLook = System.nanoTime();

  EslSession(
      EslServer server,
      SimLoop loop,
      EventBus bus,
      ApiCommands commands,
      SessionMessages messages,
      SimSettings settings,
      SocketChannel socket)
      throws IOException {
    this.server = server;
    this.loop = loop;
    this.bus = bus;
    this.commands = commands;
    this.messages = messages;
    this.settings = settings;
    this.socket = socket;
    socket.configureBlocking(false);
    socket.socket().setTcpNoDelay(true);
    key = socket.register(loop.selector(), SelectionKey.OP_READ, (SimLoop.Ready) ready -> ready());
  }

  void greet() {
    write("Content-Type: auth/request\n\n");
    loop.after(
        settings.timing().firstCommand(),
        () -> {
          if (!authenticated) {
            close();
          }
        });
  }

  @Override
  public boolean wants(String eventName) {
    return subscription.wants(eventName);
  }

  @Override
  public void deliver(SimEvent event) {
    if (closed || !subscription.passes(event)) {
      return;
    }
    events.add(subscription.json() ? event.json() : event.plain());
    if (drainPlanned) {
      return;
    }
    drainPlanned = true;
    long poll = settings.timing().eventPoll().toNanos();
    if (poll == 0) {
      loop.atEndOfTurn(this::look);
    } else {
      long since = (System.nanoTime() - lastLook) % poll;
      loop.afterNanos(poll - since, this::look);
    }
  }

  /** After a silence: read what has come, write what waits. */
  void wake() {
    if (!closed) {
      interest();
      planFlush();
    }
  }

  void disconnect() {
    look();
    write(
        "Content-Type: text/disconnect-notice\nContent-Length: "
            + GOODBYE.length()
            + "\n\n"
            + GOODBYE);
    closing = true;
    flush();
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    key.cancel();
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing an Event Socket connection", e);
    }
    events.clear();
    output.clear();
    server.gone(this);
  }

  /** The listener's look at its event queue. */
  private void look() {
    drainPlanned = false;
    lastLook = System.nanoTime();
    for (byte[] event = events.poll(); event != null; event = events.poll()) {
      write(ByteBuffer.wrap(event));
    }
  }

  private void ready() {
    if (server.silent()) {
      key.interestOps(0);
      return;
    }
    if (key.isValid() && key.isWritable()) {
      flush();
    }
    if (closed || !key.isValid() || !key.isReadable()) {
      return;
    }
    try {
      int count = socket.read(input);
      if (count < 0) {
        close();
        return;
      }
      input.flip();
      boolean honest = reader.read(input);
      input.clear();
      if (!honest) {
        close();
        return;
      }
      step();
      if (!closed) {
        look();
      }
    } catch (IOException e) {
      LOG.debug("an Event Socket client is gone", e);
      close();
    }
  }

  private void queue(CommandReader.Command command) {
    waiting.add(command);
  }

  private void step() {
    if (stepping) {
      return;
    }
    stepping = true;
    while (!busy && !closed && !closing && !waiting.isEmpty()) {
      handle(waiting.remove());
    }
    stepping = false;
  }

  private void handle(CommandReader.Command command) {
    String line = command.line().trim();
    int space = line.indexOf(' ');
    String verb = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1).trim();
    if (!authenticated) {
      authenticate(verb, rest);
      return;
    }
    switch (verb) {
      case "api" -> api(rest);
      case "bgapi" -> bgapi(rest, command);
      case "event" ->
          reply(rest.isEmpty() ? "-ERR no keywords supplied" : subscription.subscribe(rest));
      case "nixevent" -> reply(subscription.nix(rest));
      case "noevents" -> {
        events.clear();
        reply(subscription.silence());
      }
      case "filter" -> reply(rest.isEmpty() ? "-ERR command not found" : subscription.filter(rest));
      case "log" -> reply("+OK log level " + rest + " [" + rest + "]");
      case "nolog" -> reply("+OK no longer logging");
      case "linger", "nolinger" -> reply("-ERR not controlling a session");
      case "divert_events" -> reply("-ERR not controlling a session.");
      case "sendmsg" -> reply(messages.message(rest, command));
      case "exit" -> {
        reply("+OK bye");
        disconnect();
      }
      default -> reply("-ERR command not found");
    }
  }

  private void authenticate(String verb, String password) {
    if (!verb.equals("auth")) {
      reply("-ERR command not found");
    } else if (password.equals(settings.password())) {
      authenticated = true;
      reply("+OK accepted");
    } else {
      reply("-ERR invalid");
      disconnect();
    }
  }

  private void api(String rest) {
    if (rest.isEmpty()) {
      reply("-ERR command not found");
      return;
    }
    busy = true;
    run(
        rest,
        text -> {
          String body = text.isEmpty() ? "-ERR no reply\n" : text;
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          write("Content-Type: api/response\nContent-Length: " + bytes.length + "\n\n");
          write(ByteBuffer.wrap(bytes));
          free();
        });
  }

  private void bgapi(String rest, CommandReader.Command command) {
    String wanted = command.header("Job-UUID");
    String job = wanted == null ? UUID.randomUUID().toString() : wanted;
    if (settings.timing().bgapi().isZero()) {
      background(rest, job);
      return;
    }
    busy = true;
    loop.after(
        settings.timing().bgapi(),
        () -> {
          background(rest, job);
          free();
        });
  }

  private void background(String rest, String job) {
    if (!closed) {
      write(
          "Content-Type: command/reply\nReply-Text: +OK Job-UUID: "
              + job
              + "\nJob-UUID: "
              + job
              + "\n\n");
    }
    run(rest, text -> finished(rest, job, text.isEmpty() ? "-ERR no reply\n" : text));
  }

  private void finished(String rest, String job, String text) {
    SimEvent event = bus.begin("BACKGROUND_JOB");
    if (event == null) {
      return;
    }
    int space = rest.indexOf(' ');
    event.add("Job-UUID", job).add("Job-Command", space < 0 ? rest : rest.substring(0, space));
    if (space >= 0) {
      event.add("Job-Command-Arg", rest.substring(space + 1));
    }
    bus.send(event.body(text));
  }

  private void run(String text, java.util.function.Consumer<String> answer) {
    int space = text.indexOf(' ');
    String name = space < 0 ? text : text.substring(0, space);
    String arguments = space < 0 ? "" : text.substring(space + 1).trim();
    commands.run(new ApiCall(name, arguments, answer));
  }

  private void free() {
    busy = false;
    step();
    if (!closed) {
      look();
    }
  }

  private void reply(String text) {
    write("Content-Type: command/reply\nReply-Text: " + text + "\n\n");
  }

  private void write(String text) {
    write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void write(ByteBuffer bytes) {
    if (closed || closing) {
      return;
    }
    outputBytes += bytes.remaining();
    output.add(bytes);
    if (outputBytes > MOST_WAITING) {
      LOG.warn("an Event Socket client does not read; {} bytes wait for it: cut off", outputBytes);
      close();
      return;
    }
    planFlush();
  }

  private void planFlush() {
    if (!flushPlanned) {
      flushPlanned = true;
      loop.atEndOfTurn(this::flush);
    }
  }

  private void flush() {
    flushPlanned = false;
    if (closed || server.silent()) {
      return;
    }
    try {
      ByteBuffer[] gathered = new ByteBuffer[64];
      while (!output.isEmpty()) {
        int count = 0;
        for (ByteBuffer buffer : output) {
          if (count == gathered.length) {
            break;
          }
          gathered[count++] = buffer;
        }
        long written = socket.write(gathered, 0, count);
        outputBytes -= written;
        while (!output.isEmpty() && !output.element().hasRemaining()) {
          output.remove();
        }
        if (written == 0) {
          break;
        }
      }
      interest();
      if (closing && output.isEmpty()) {
        close();
      }
    } catch (IOException e) {
      LOG.debug("an Event Socket client is gone", e);
      close();
    }
  }

  private void interest() {
    if (key.isValid()) {
      key.interestOps(
          output.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }
}
