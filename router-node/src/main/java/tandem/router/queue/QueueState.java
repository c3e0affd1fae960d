package tandem.router.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Callers on the line, who waits longest first. */
  private final NavigableSet<PlaceKey> onTheLine =
      new TreeSet<>(Comparator.comparing(PlaceKey::since).thenComparing(PlaceKey::call));

  private final Map<CallId, Standing> places = new HashMap<>();
  private final SortedSet<AgentId> members = new TreeSet<>();
  private final Map<String, AgentId> lastAgents = new LinkedHashMap<>();
  private @Nullable AgentId lastServer;
  private long served;
  private long abandoned;

  /**
   * A caller's stay.
   *
   * @param callback whether nobody is on the line
   */
  record Standing(PlaceKey key, int round, boolean callback) {}

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

  /**
   * One place in a snapshot.
   *
   * @param callback whether nobody is on the line; older snapshots have none such
   */
  public record Place(
      CallId call,
      int round,
      int priority,
      Instant since,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean callback) {}

  QueueState evolve(Queue.Event event) {
    if (event instanceof Queue.QueueConfigured e) {
      settings = e.settings();
    } else if (event instanceof Queue.CallerQueued e) {
      put(e.call(), e.round(), e.priority(), e.since(), e.callback());
    } else if (event instanceof Queue.CallerServed e) {
      remove(e.call());
      lastServer = e.agent();
      served++;
      if (e.from() != null) {
        remember(e.from(), e.agent());
      }
    } else if (event instanceof Queue.CallerLeft e) {
      Standing before = places.get(e.call());
      remove(e.call());
      // Nobody hangs up who is not on the line: a callback is called off, or not reached.
      boolean callback = before != null && before.callback();
      if (!callback && (e.why() == null || e.why() == Queue.LeaveReason.ABANDONED)) {
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

  private void put(CallId call, int round, int priority, Instant since, boolean callback) {
    remove(call);
    PlaceKey key = new PlaceKey(priority, since, call);
    if (!callback) {
      onTheLine.add(key);
    }
    places.put(call, new Standing(key, round, callback));
  }

  private void remove(CallId call) {
    Standing before = places.remove(call);
    if (before != null && !before.callback()) {
      onTheLine.remove(before.key());
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

  /** Places with nobody on the line (count). */
  int callbacks() {
    return places.size() - onTheLine.size();
  }

  /** Since when the one on the line waits who waits longest; null when nobody does. */
  @Nullable Instant longestWaitSince() {
    return onTheLine.isEmpty() ? null : onTheLine.first().since();
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
        (call, at) ->
            list.add(
                new Place(call, at.round(), at.key().priority(), at.key().since(), at.callback())));
    List<LastAgent> last = new ArrayList<>();
    lastAgents.forEach((from, agent) -> last.add(new LastAgent(from, agent)));
    return new Snapshot(settings, list, List.copyOf(members), lastServer, served, abandoned, last);
  }

  public static QueueState of(Snapshot snapshot) {
    QueueState state = new QueueState();
    state.settings = snapshot.settings();
    snapshot
        .places()
        .forEach(p -> state.put(p.call(), p.round(), p.priority(), p.since(), p.callback()));
    state.members.addAll(snapshot.members());
    snapshot.lastAgents().forEach(last -> state.lastAgents.put(last.from(), last.agent()));
    state.lastServer = snapshot.lastServer();
    state.served = snapshot.served();
    state.abandoned = snapshot.abandoned();
    return state;
  }
}
