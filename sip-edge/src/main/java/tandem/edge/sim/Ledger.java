package tandem.edge.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of what happened to every inbound call, kept apart from what any client was told:
 * the truth that tests compare with.
 */
final class Ledger {

  private static final class Entry {
    final SimChannel channel;
    final long placedAt;
    long offeredAt;
    long bridgedAt;
    long endedAt;
    String agent = "";
    int bridges;

    Entry(SimChannel channel, long placedAt) {
      this.channel = channel;
      this.placedAt = placedAt;
    }
  }

  private final SimClock clock;
  private final int remembered;
  private final Map<String, Entry> live = new LinkedHashMap<>();
  private final Map<String, Entry> byNumber = new LinkedHashMap<>();
  private final Map<String, Long> invitedAt = new LinkedHashMap<>();
  private final ArrayDeque<SimCall> over = new ArrayDeque<>();
  private long[] latencies = new long[1_024];
  private int latencyCount;
  private long placed;
  private long refused;
  private long answered;
  private long bridged;
  private long ended;
  private long abandoned;
  private long offers;

  Ledger(SimClock clock, int remembered) {
    this.clock = clock;
    this.remembered = remembered;
  }

  void placed(SimChannel channel) {
    placed++;
    Entry entry = new Entry(channel, clock.micros());
    live.put(channel.uuid, entry);
    byNumber.put(channel.callerNumber, entry);
  }

  void refused(SimChannel channel) {
    refused++;
    if (live.remove(channel.uuid) != null) {
      placed--;
      byNumber.remove(channel.callerNumber);
    }
  }

  /** An INVITE goes out to an agent. */
  void offered(SimChannel leg) {
    offers++;
    long now = clock.micros();
    invitedAt.put(leg.uuid, now);
    Entry entry = namedBy(leg);
    if (entry != null) {
      offer(entry, now);
    }
  }

  void bridged(Bridge bridge) {
    bridged(bridge.first, bridge.second);
    bridged(bridge.second, bridge.first);
  }

  /** Callers and agents have met in a conference, or one of them has left it. */
  void together(ConferenceRoom room) {
    for (ConferenceMember one : room.members) {
      for (ConferenceMember other : room.members) {
        Entry entry = live.get(one.channel().uuid);
        if (entry != null && entry.bridges == 0 && !other.channel().inbound) {
          bridged(one.channel(), other.channel());
        }
      }
    }
  }

  /** Any channel has hung up. */
  void ended(SimChannel channel) {
    if (!channel.inbound) {
      invitedAt.remove(channel.uuid);
      return;
    }
    Entry entry = live.remove(channel.uuid);
    if (entry == null) {
      return;
    }
    byNumber.remove(channel.callerNumber, entry);
    entry.endedAt = clock.micros();
    ended++;
    if (channel.answeredMicros != 0) {
      answered++;
    }
    if (entry.bridges == 0 && channel.hungUpByFarEnd) {
      abandoned++;
    }
    over.add(call(entry));
    if (over.size() > remembered) {
      over.remove();
    }
  }

  /** The switch has died with all its calls. */
  void lost() {
    for (Entry entry : List.copyOf(live.values())) {
      entry.channel.cause = "SWITCH_LOST";
      entry.channel.endedBy = "switch";
      ended(entry.channel);
    }
    invitedAt.clear();
    byNumber.clear();
  }

  void forget() {
    over.clear();
    latencyCount = 0;
    placed = live.size();
    refused = 0;
    answered = 0;
    bridged = live.values().stream().filter(entry -> entry.bridges > 0).count();
    ended = 0;
    abandoned = 0;
    offers = 0;
  }

  SimLedger picture(List<String> overlaps) {
    List<SimCall> now = new ArrayList<>();
    long answeredNow = answered;
    for (Entry entry : live.values()) {
      now.add(call(entry));
      if (entry.channel.answeredMicros != 0) {
        answeredNow++;
      }
    }
    return new SimLedger(
        placed,
        refused,
        answeredNow,
        bridged,
        ended,
        abandoned,
        offers,
        overlaps,
        new Latencies(latencies, latencyCount),
        List.copyOf(now),
        List.copyOf(over));
  }

  private @Nullable Entry namedBy(SimChannel leg) {
    for (String value : leg.variables.values()) {
      if (value.length() >= 36) {
        Entry entry = live.get(value.substring(value.length() - 36));
        if (entry != null) {
          return entry;
        }
      }
    }
    return byNumber.get(leg.callerNumber);
  }

  private void offer(Entry entry, long at) {
    if (entry.offeredAt == 0) {
      entry.offeredAt = at;
      if (latencyCount == latencies.length) {
        latencies = Arrays.copyOf(latencies, latencyCount * 2);
      }
      latencies[latencyCount++] = at - entry.placedAt;
    }
  }

  private void bridged(SimChannel caller, SimChannel agent) {
    Entry entry = live.get(caller.uuid);
    if (entry == null) {
      return;
    }
    Long invited = invitedAt.get(agent.uuid);
    if (invited != null) {
      offer(entry, invited);
    }
    if (++entry.bridges == 1) {
      bridged++;
      entry.bridgedAt = clock.micros();
      entry.agent = agent.destination;
    }
  }

  private static SimCall call(Entry entry) {
    SimChannel channel = entry.channel;
    return new SimCall(
        channel.uuid,
        channel.callerNumber,
        channel.destination,
        entry.placedAt,
        channel.answeredExactly,
        entry.offeredAt,
        entry.bridgedAt,
        entry.endedAt,
        entry.agent,
        entry.bridges,
        channel.endedBy,
        channel.cause);
  }
}
