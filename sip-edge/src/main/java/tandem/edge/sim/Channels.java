package tandem.edge.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of which channels exist, of the session limits, and of the lagging table that {@code
 * show channels} reads. A uuid is taken until its channel is destroyed, but a channel that has hung
 * up can no longer be found.
 */
final class Channels {

  private final SimLoop loop;
  private final SimClock clock;
  private final SimSettings settings;
  private final Map<String, SimChannel> channels = new LinkedHashMap<>();
  private final Map<String, SimChannel> shown = new LinkedHashMap<>();
  private int maxSessions;
  private int perSecond;
  private int leftThisSecond;
  private long second;
  private long sinceStartup;
  private int peak;
  private boolean inboundPaused;
  private boolean outboundPaused;

  Channels(SimLoop loop, SimClock clock, SimSettings settings) {
    this.loop = loop;
    this.clock = clock;
    this.settings = settings;
    maxSessions = settings.maxSessions();
    perSecond = settings.sessionsPerSecond();
  }

  /** A living channel, or null. */
  @Nullable SimChannel locate(String uuid) {
    SimChannel channel = channels.get(uuid);
    return channel == null || channel.hungUp() ? null : channel;
  }

  boolean taken(String uuid) {
    return channels.containsKey(uuid);
  }

  List<SimChannel> living() {
    List<SimChannel> living = new ArrayList<>(channels.size());
    for (SimChannel channel : channels.values()) {
      if (!channel.hungUp()) {
        living.add(channel);
      }
    }
    return living;
  }

  /** What {@code show channels} lists: the truth of a while ago. */
  List<SimChannel> shown() {
    return List.copyOf(shown.values());
  }

  int count() {
    return channels.size();
  }

  /** Whether limits and pauses let one more channel in; uses up one of this second's. */
  boolean admits(boolean inbound) {
    if ((inbound ? inboundPaused : outboundPaused) || channels.size() >= maxSessions) {
      return false;
    }
    long now = clock.micros() / 1_000_000;
    if (now != second) {
      second = now;
      leftThisSecond = perSecond;
    }
    return --leftThisSecond > 0;
  }

  void add(SimChannel channel) {
    channels.put(channel.uuid, channel);
    sinceStartup++;
    peak = Math.max(peak, channels.size());
    loop.after(settings.timing().showLag(), () -> shown.put(channel.uuid, channel));
  }

  void remove(SimChannel channel) {
    channels.remove(channel.uuid, channel);
    loop.after(settings.timing().showLag(), () -> shown.remove(channel.uuid, channel));
  }

  void clear() {
    channels.clear();
    shown.clear();
    sinceStartup = 0;
    peak = 0;
    inboundPaused = false;
    outboundPaused = false;
    maxSessions = settings.maxSessions();
    perSecond = settings.sessionsPerSecond();
  }

  long sinceStartup() {
    return sinceStartup;
  }

  int peak() {
    return peak;
  }

  int maxSessions() {
    return maxSessions;
  }

  void maxSessions(int most) {
    maxSessions = most;
  }

  int perSecond() {
    return perSecond;
  }

  /** As on the real switch the new limit counts from the next second on. */
  void perSecond(int most) {
    perSecond = most;
  }

  void pause(boolean inbound, boolean on) {
    if (inbound) {
      inboundPaused = on;
    } else {
      outboundPaused = on;
    }
  }

  boolean paused(boolean inbound) {
    return inbound ? inboundPaused : outboundPaused;
  }
}
