package tandem.edge.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of the switch's identity (Core-UUID), of the event sequence and of who listens. An
 * event that nobody has asked for costs a number and nothing else.
 */
final class EventBus {

  /** A client that may want events. */
  interface Listener {
    boolean wants(String eventName);

    void deliver(SimEvent event);
  }

  private static final String VERSION = "1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit";

  private final SimClock clock;
  private final Random random;
  private final List<Listener> listeners = new ArrayList<>();
  private String coreUuid = UUID.randomUUID().toString();
  private long sequence;
  private long owed = -1;

  EventBus(SimClock clock, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
  }

  String coreUuid() {
    return coreUuid;
  }

  String version() {
    return VERSION;
  }

  /** A new life of the switch: another Core-UUID, the sequence starts over. */
  void restart() {
    coreUuid = UUID.randomUUID().toString();
    sequence = 0;
    owed = -1;
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** Starts a CUSTOM event, whose first header names its subclass. */
  @Nullable SimEvent custom(String subclass) {
    return begin("CUSTOM", new SimEvent("CUSTOM").add("Event-Subclass", subclass));
  }

  /** Starts an event with the headers all events have, or null when nobody wants it. */
  @Nullable SimEvent begin(String name) {
    return begin(name, new SimEvent(name));
  }

  private @Nullable SimEvent begin(String name, SimEvent event) {
    long number = nextSequence();
    boolean wanted = false;
    for (Listener listener : listeners) {
      if (listener.wants(name)) {
        wanted = true;
        break;
      }
    }
    if (!wanted) {
      return null;
    }
    return event
        .add("Event-Name", name)
        .add("Core-UUID", coreUuid)
        .add("FreeSWITCH-Hostname", "sim")
        .add("FreeSWITCH-Switchname", "sim")
        .add("FreeSWITCH-IPv4", "127.0.0.1")
        .add("FreeSWITCH-IPv6", "::1")
        .add("Event-Date-Local", clock.localText())
        .add("Event-Date-GMT", clock.gmtText())
        .add("Event-Date-Timestamp", Long.toString(clock.cachedMicros()))
        .add("Event-Calling-File", "sim")
        .add("Event-Calling-Function", "sim")
        .add("Event-Calling-Line-Number", "1")
        .add("Event-Sequence", Long.toString(number));
  }

  void send(@Nullable SimEvent event) {
    if (event == null) {
      return;
    }
    for (Listener listener : List.copyOf(listeners)) {
      if (listener.wants(event.name())) {
        listener.deliver(event);
      }
    }
  }

  /**
   * The recorded switch's numbers are not increasing on the wire (one in twenty comes early), so
   * ours are not either.
   */
  private long nextSequence() {
    if (owed >= 0) {
      long number = owed;
      owed = -1;
      return number;
    }
    if (random.nextInt(20) == 0) {
      owed = sequence + 1;
      sequence += 2;
      return sequence;
    }
    return ++sequence;
  }
}
