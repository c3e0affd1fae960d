package tandem.router.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.RouterSerializable;

/**
 * A queue as its journal tells it. Written in place, since a copy of 20,000 places for each event
 * would cost more than all the rest: only {@link #evolve} writes, and only one owner holds it.
 */
public final class QueueState {
  /** Callers whose last agent is known (count); the longest ago are forgotten first. */
  private static final int CALLERS_REMEMBERED = 10_000;

  private @Nullable QueueSettings settings;
  private final NavigableSet<PlaceKey> order = new TreeSet<>();
  private final Map<CallId, Standing> places = new HashMap<>();
  private final SortedSet<AgentId> members = new TreeSet<>();
  private final Map<String, AgentId> lastAgents = new LinkedHashMap<>();
  private @Nullable AgentId lastServer;
  private long served;
  private long abandoned;

  /** A caller's stay. */
  record Standing(PlaceKey key, int round) {}

  /** What a snapshot holds. */
  public record Snapshot(
      @Nullable QueueSettings settings,
      List<Place> places,
      List<AgentId> members,
      @Nullable AgentId lastServer,
      long served,
      long abandoned,
      List<LastAgent> lastAgents)
      implements RouterSerializable {
    public Snapshot {
      places = List.copyOf(places);
      members = List.copyOf(members);
      // There were none in older snapshots.
      lastAgents = lastAgents == null ? List.of() : List.copyOf(lastAgents);
    }
  }

  /** Who served a caller last. */
  public record LastAgent(String from, AgentId agent) {}

  /** One place in a snapshot. */
  public record Place(CallId call, int round, int priority, Instant since) {}

  QueueState evolve(Queue.Event event) {
    if (event instanceof Queue.QueueConfigured e) {
      settings = e.settings();
    } else if (event instanceof Queue.CallerQueued e) {
      put(e.call(), e.round(), e.priority(), e.since());
    } else if (event instanceof Queue.CallerServed e) {
      remove(e.call());
      lastServer = e.agent();
      served++;
      if (e.from() != null) {
        remember(e.from(), e.agent());
      }
    } else if (event instanceof Queue.CallerLeft e) {
      remove(e.call());
      if (e.why() == null || e.why() == Queue.LeaveReason.ABANDONED) {
        abandoned++;
      }
    } else if (event instanceof Queue.MemberJoined e) {
      members.add(e.agent());
    } else if (event instanceof Queue.MemberLeft e) {
      members.remove(e.agent());
    }
    return this;
  }

  private void remember(String from, AgentId agent) {
    lastAgents.remove(from);
    lastAgents.put(from, agent);
    if (lastAgents.size() > CALLERS_REMEMBERED) {
      lastAgents.remove(lastAgents.keySet().iterator().next());
    }
  }

  private void put(CallId call, int round, int priority, Instant since) {
    remove(call);
    PlaceKey key = new PlaceKey(priority, since, call);
    order.add(key);
    places.put(call, new Standing(key, round));
  }

  private void remove(CallId call) {
    Standing before = places.remove(call);
    if (before != null) {
      order.remove(before.key());
    }
  }

  boolean isConfigured() {
    return settings != null;
  }

  QueueSettings settings() {
    return settings == null ? QueueSettings.DEFAULT : settings;
  }

  @Nullable Standing place(CallId call) {
    return places.get(call);
  }

  Iterable<CallId> callers() {
    return places.keySet();
  }

  int size() {
    return places.size();
  }

  @Nullable Instant longestWaitSince() {
    // Priorities are few and their heads are their longest waiters; the first is the one served.
    return order.isEmpty() ? null : order.first().since();
  }

  SortedSet<AgentId> members() {
    return members;
  }

  /** Who served this caller last, if it was in the memory of this queue. */
  @Nullable AgentId lastAgentOf(String from) {
    return lastAgents.get(from);
  }

  @Nullable AgentId lastServer() {
    return lastServer;
  }

  long served() {
    return served;
  }

  long abandoned() {
    return abandoned;
  }

  public Snapshot snapshot() {
    List<Place> list = new ArrayList<>();
    places.forEach(
        (call, at) -> list.add(new Place(call, at.round(), at.key().priority(), at.key().since())));
    List<LastAgent> last = new ArrayList<>();
    lastAgents.forEach((from, agent) -> last.add(new LastAgent(from, agent)));
    return new Snapshot(settings, list, List.copyOf(members), lastServer, served, abandoned, last);
  }

  public static QueueState of(Snapshot snapshot) {
    QueueState state = new QueueState();
    state.settings = snapshot.settings();
    snapshot.places().forEach(p -> state.put(p.call(), p.round(), p.priority(), p.since()));
    state.members.addAll(snapshot.members());
    snapshot.lastAgents().forEach(last -> state.lastAgents.put(last.from(), last.agent()));
    state.lastServer = snapshot.lastServer();
    state.served = snapshot.served();
    state.abandoned = snapshot.abandoned();
    return state;
  }
}
