package tandem.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The sound of phones, by RTP (RFC 3550): each of them says one level of its own all the time, and
 * levels add up, so that what a phone hears tells whom it hears. Owner of their sockets and of the
 * thread that speaks for all of them.
 */
final class Voices implements AutoCloseable {
  private static final int FRAME = 160;
  private static final int HEADER = 12;
  private static final int EVENTS = 101;
  private static final String KEYS = "0123456789*#ABCD";

  /** What was heard for so long tells who is heard; one lost packet does not. */
  private static final long MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final int ENOUGH = 5;

  private final String address;
  private final List<Voice> all = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> levels = new LinkedHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param names of those that are to be told apart, four at most
   */
  Voices(String address, List<String> names) {
    this.address = address;
    for (String name : names) {
      levels.put(name, linear(ulaw(1000 << levels.size())));
    }
    var unused = clock.scheduleAtFixedRate(this::turn, 20, 20, TimeUnit.MILLISECONDS);
  }

  /** A mouth and an ear. Those of one name sound the same. */
  Voice voice(String name) throws IOException {
    Voice voice = new Voice(name);
    all.add(voice);
    return voice;
  }

  private void turn() {
    for (Voice voice : all) {
      voice.turn();
    }
  }

  /** The names whose levels add up to this one. */
  private Set<String> speakers(int level) {
    List<String> names = new ArrayList<>(levels.keySet());
    Set<String> nearest = Set.of();
    int distance = level;
    for (int set = 1; set < 1 << names.size(); set++) {
      Set<String> some = new TreeSet<>();
      int sum = 0;
      for (int i = 0; i < names.size(); i++) {
        if ((set & 1 << i) != 0) {
          some.add(names.get(i));
          sum += levels.get(names.get(i));
        }
      }
      if (Math.abs(sum - level) < distance) {
        distance = Math.abs(sum - level);
        nearest = some;
      }
    }
    return nearest;
  }

  /** G.711, µ-law. */
  private static byte ulaw(int sample) {
    int magnitude = Math.min(32_635, sample) + 0x84;
    int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
    return (byte) ~((exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F));
  }

  private static int linear(byte code) {
    int u = ~code & 0xFF;
    int magnitude = ((((u & 0x0F) << 3) + 0x84) << ((u >> 4) & 7)) - 0x84;
    return (u & 0x80) == 0 ? magnitude : -magnitude;
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    for (Voice voice : all) {
      voice.close();
    }
  }

  /** One phone's sound. */
  final class Voice implements AutoCloseable {
    private record Heard(long atNanos, int level) {}

    private final DatagramChannel socket;
    private final int port;
    private final byte code;
    private final ArrayDeque<Heard> heard = new ArrayDeque<>();
    private final ArrayDeque<Character> keys = new ArrayDeque<>();
    private final StringBuilder digits = new StringBuilder();
    private final ByteBuffer input = ByteBuffer.allocate(2_048);
    private IntSupplier remote = () -> 0;
    private long said;
    private int sequence;
    private int timestamp;
    private int lastEvent;

    private Voice(String name) throws IOException {
      code = ulaw(levels.get(name));
      socket = open();
      port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    /** RTP's port is even (RFC 3550, 11). */
    private DatagramChannel open() throws IOException {
      while (true) {
        DatagramChannel made = DatagramChannel.open();
        made.bind(new InetSocketAddress(address, 0));
        if (((InetSocketAddress) made.getLocalAddress()).getPort() % 2 == 0) {
          made.configureBlocking(false);
          return made;
        }
        made.close();
      }
    }

    int port() {
      return port;
    }

    /** Where what it says goes; 0 for nowhere yet. */
    synchronized void to(IntSupplier other) {
      remote = other;
    }

    /** Presses keys, by telephone events (RFC 4733). */
    synchronized void press(String pressed) {
      pressed.chars().forEach(key -> keys.add((char) key));
    }

    /** How much it has said (packets of 20 ms). */
    synchronized long said() {
      return said;
    }

    /** The digits that have come as telephone events. */
    synchronized String digits() {
      return digits.toString();
    }

    /**
     * Whom it hears now; empty when it gets no sound, or music, of which the simulator sends none.
     */
    synchronized Set<String> hears() {
      long since = System.nanoTime() - MEMORY_NANOS;
      Map<Integer, Integer> count = new HashMap<>();
      for (Heard one : heard) {
        if (one.atNanos - since > 0) {
          count.merge(one.level, 1, Integer::sum);
        }
      }
      return count.entrySet().stream()
          .filter(entry -> entry.getValue() >= ENOUGH)
          .max(Map.Entry.comparingByValue())
          .map(entry -> speakers(entry.getKey()))
          .orElse(Set.of());
    }

    private synchronized void turn() {
      try {
        while (listen()) {
          // All that has come.
        }
        int to = remote.getAsInt();
        if (to > 0) {
          speak(new InetSocketAddress(address, to));
        }
      } catch (IOException e) {
        // The switch has closed its port: its leg is gone.
        heard.clear();
      }
    }

    private boolean listen() throws IOException {
      SocketAddress from = socket.receive(input.clear());
      if (from == null) {
        return false;
      }
      input.flip();
      int type = input.get(1) & 0x7F;
      if (type == 0 && input.limit() > HEADER) {
        heard.add(new Heard(System.nanoTime(), linear(input.get(HEADER))));
        while (heard.size() > 50) {
          heard.remove();
        }
      } else if (type == EVENTS
          && (input.get(HEADER + 1) & 0x80) != 0
          && input.getInt(4) != lastEvent) {
        lastEvent = input.getInt(4);
        digits.append(KEYS.charAt(input.get(HEADER)));
      }
      return true;
    }

    private void speak(SocketAddress to) throws IOException {
      Character key = keys.poll();
      if (key == null) {
        ByteBuffer packet = head(0, FRAME);
        while (packet.hasRemaining()) {
          packet.put(code);
        }
        socket.send(packet.flip(), to);
        said++;
      } else {
        for (int i = 1; i <= 6; i++) {
          ByteBuffer packet =
              head(EVENTS, 4)
                  .put((byte) KEYS.indexOf(key))
                  .put((byte) (i > 3 ? 0x8A : 0x0A))
                  .putShort((short) (Math.min(i, 4) * 200));
          socket.send(packet.flip(), to);
        }
      }
      timestamp += key == null ? FRAME : 5 * FRAME;
    }

    private ByteBuffer head(int type, int payload) {
      sequence++;
      return ByteBuffer.allocate(HEADER + payload)
          .put((byte) 0x80)
          .put((byte) type)
          .putShort((short) sequence)
          .putInt(timestamp)
          .putInt(port);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
