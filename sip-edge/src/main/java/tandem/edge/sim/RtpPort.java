package tandem.edge.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One leg's RTP (RFC 3550) on an even port: G.711 both ways and telephone events (RFC 4733). On the
 * loop only. Sound that comes waits here, 100 ms at most, for the mixer's next turn.
 */
final class RtpPort implements SimLoop.Ready, AutoCloseable {

  /** Payload type of telephone events in our own offers. */
  static final int EVENTS = 101;

  private static final int HEADER = 12;
  private static final int MOST_WAITING = 5;
  private static final int TRIES = 50;
  private static final String KEYS = "0123456789*#ABCD";
  private static final int EVENT_PACKETS = 6;

  private final DatagramChannel socket;
  private final SimClock clock;
  private final int port;
  private final ByteBuffer input = ByteBuffer.allocate(2_048);
  private final ArrayDeque<short[]> waiting = new ArrayDeque<>();
  private final BiConsumer<Character, Integer> typed;
  private @Nullable SocketAddress remote;
  private int remoteEvents = EVENTS;
  private long received;
  private long sent;
  private long digitsReceived;
  private int firstSequence = -1;
  private int lastSequence;
  private long cycles;
  private long lastEvent = -1;
  private double jitter;
  private long lastTransit;
  private int peak;
  private long lastPeakMicros;
  private int sequence;
  private long timestamp;

  /**
   * @param typed told of each digit and how many samples it was pressed
   */
  RtpPort(SimLoop loop, SimClock clock, String host, BiConsumer<Character, Integer> typed) {
    this.clock = clock;
    this.typed = typed;
    try {
      socket = open(host);
      port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
      socket.configureBlocking(false);
      socket.register(loop.selector(), SelectionKey.OP_READ, this);
    } catch (IOException e) {
      throw new UncheckedIOException("no RTP port on " + host, e);
    }
  }

  /** RTP's port is even (RFC 3550, 11). */
  private static DatagramChannel open(String host) throws IOException {
    for (int attempt = 1; ; attempt++) {
      DatagramChannel made = DatagramChannel.open();
      try {
        made.bind(new InetSocketAddress(host, 0));
        int got = ((InetSocketAddress) made.getLocalAddress()).getPort();
        if (got % 2 == 0 || attempt == TRIES) {
          return made;
        }
      } catch (IOException e) {
        made.close();
        throw e;
      }
      made.close();
    }
  }

  int port() {
    return port;
  }

  /** Where the far end's SDP says that it listens, and its payload type of telephone events. */
  void remote(InetSocketAddress address, int events) {
    remote = address;
    remoteEvents = events;
  }

  long received() {
    return received;
  }

  long sent() {
    return sent;
  }

  long digitsReceived() {
    return digitsReceived;
  }

  /** Packets that never came, by their sequence numbers (RFC 3550, A.3). */
  long lost() {
    return firstSequence < 0
        ? 0
        : Math.max(0, cycles + lastSequence - firstSequence + 1 - received - digitsReceived);
  }

  /** Interarrival jitter in milliseconds (RFC 3550, A.8). */
  double jitter() {
    return jitter / (Tape.RATE / 1_000.0);
  }

  long lastSound(int threshold) {
    return peak > threshold ? lastPeakMicros : 0;
  }

  /** The next 20 ms of the far end's voice; empty when none has come. */
  short[] voice() {
    short[] next = waiting.poll();
    return next == null ? AudioFrames.nothing() : next;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      for (SocketAddress from = socket.receive(input.clear());
          from != null;
          from = socket.receive(input.clear())) {
        input.flip();
        if (input.limit() >= HEADER && (input.get(0) & 0xC0) == 0x80) {
          packet(input.array(), input.limit());
        }
      }
    } catch (IOException e) {
      // The far end's port is closed: it hears nothing, and its leg goes on.
      input.clear();
    }
  }

  private void packet(byte[] bytes, int length) {
    int from = HEADER + (bytes[0] & 0x0F) * 4;
    if ((bytes[0] & 0x10) != 0 && length >= from + 4) {
      from += 4 + 4 * (((bytes[from + 2] & 0xFF) << 8) | (bytes[from + 3] & 0xFF));
    }
    int type = bytes[1] & 0x7F;
    if (from >= length) {
      return;
    }
    sequence(((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF));
    long stamp = stamp(bytes);
    if (type == 0 || type == 8) {
      received++;
      jitter(stamp);
      voice(AudioFrames.decode(bytes, from, length - from, type == 8));
    } else if (type == remoteEvents && length >= from + 4) {
      digitsReceived++;
      event(bytes, from, stamp);
    }
  }

  private static long stamp(byte[] bytes) {
    return ((bytes[4] & 0xFFL) << 24)
        | ((bytes[5] & 0xFFL) << 16)
        | ((bytes[6] & 0xFFL) << 8)
        | (bytes[7] & 0xFFL);
  }

  private void sequence(int number) {
    if (firstSequence < 0) {
      firstSequence = number;
    } else if (number < lastSequence - 0x8000) {
      cycles += 0x10000;
    } else if (number < lastSequence) {
      return;
    }
    lastSequence = number;
  }

  private void jitter(long stamp) {
    long transit = clock.micros() * Tape.RATE / 1_000_000 - stamp;
    if (lastTransit != 0) {
      jitter += (Math.abs(transit - lastTransit) - jitter) / 16;
    }
    lastTransit = transit;
  }

  private void voice(short[] sound) {
    peak = AudioFrames.peak(sound);
    if (peak > 0) {
      lastPeakMicros = clock.micros();
    }
    for (int at = 0; at < sound.length; at += AudioFrames.LENGTH) {
      waiting.add(
          java.util.Arrays.copyOfRange(sound, at, Math.min(sound.length, at + AudioFrames.LENGTH)));
    }
    while (waiting.size() > MOST_WAITING) {
      waiting.remove();
    }
  }

  /** A digit counts when its end comes, once; its end is sent three times. */
  private void event(byte[] bytes, int from, long stamp) {
    int code = bytes[from] & 0xFF;
    boolean end = (bytes[from + 1] & 0x80) != 0;
    if (end && stamp != lastEvent && code < KEYS.length()) {
      lastEvent = stamp;
      typed.accept(KEYS.charAt(code), ((bytes[from + 2] & 0xFF) << 8) | (bytes[from + 3] & 0xFF));
    }
  }

  /** 20 ms of sound to the far end. */
  void send(short[] sound) {
    ByteBuffer packet = head(0, timestamp, false, sound.length);
    for (short sample : sound) {
      packet.put(AudioFrames.ulaw(sample));
    }
    timestamp += sound.length;
    sent++;
    write(packet);
  }

  /** Time passes for the far end's clock, with or without sound. */
  void skip() {
    timestamp += AudioFrames.LENGTH;
  }

  /** One digit of 100 ms: three updates, then its end three times (RFC 4733, 2.5). */
  void sendDigit(char digit) {
    int code = KEYS.indexOf(digit);
    if (code < 0) {
      return;
    }
    for (int i = 1; i <= EVENT_PACKETS; i++) {
      boolean end = i > EVENT_PACKETS / 2;
      int duration = end ? 800 : i * 200;
      write(
          head(remoteEvents, timestamp, i == 1, 4)
              .put((byte) code)
              .put((byte) (end ? 0x8A : 0x0A))
              .putShort((short) duration));
    }
    timestamp += 800;
  }

  private ByteBuffer head(int type, long stamp, boolean marker, int payload) {
    sequence = (sequence + 1) & 0xFFFF;
    return ByteBuffer.allocate(HEADER + payload)
        .put((byte) 0x80)
        .put((byte) (type | (marker ? 0x80 : 0)))
        .putShort((short) sequence)
        .putInt((int) stamp)
        .putInt(port);
  }

  private void write(ByteBuffer packet) {
    SocketAddress to = remote;
    if (to == null) {
      return;
    }
    try {
      socket.send(packet.flip(), to);
    } catch (IOException e) {
      // As on a network: what cannot be delivered is lost.
      sent--;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
