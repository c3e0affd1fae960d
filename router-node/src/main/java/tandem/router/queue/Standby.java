package tandem.router.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.AgentSelection;
import tandem.router.domain.Candidate;
import tandem.router.domain.FreeAgents;

/**
 * A queue's picture of its agents: what they last announced, less the reserves under way. Always a
 * hint: an agent may decline, and its answer repairs the picture.
 */
final class Standby {
  private static final class Seen {
    Queue.Announcement now;
    int asked;

    Seen(Queue.Announcement now) {
      this.now = now;
    }

    boolean isFree() {
      return now.free() > asked;
    }
  }

  private final Map<AgentId, Seen> seen = new HashMap<>();
  private final FreeAgents free = new FreeAgents();

  /** Takes an announcement unless a newer one is known. */
  void heard(AgentId agent, Queue.Announcement now) {
    Seen known = seen.get(agent);
    if (known == null) {
      seen.put(agent, new Seen(now));
    } else if (now.version() >= known.now.version()) {
      known.now = now;
    }
    refresh(agent);
  }

  void forget(AgentId agent) {
    seen.remove(agent);
    free.remove(agent);
  }

  /** A reserve goes out: until it is answered the agent has one slot less. */
  void asked(AgentId agent) {
    Seen known = seen.get(agent);
    if (known != null) {
      known.asked++;
      refresh(agent);
    }
  }

  /** A reserve is answered or given up. */
  void answered(AgentId agent) {
    Seen known = seen.get(agent);
    if (known != null && known.asked > 0) {
      known.asked--;
      refresh(agent);
    }
  }

  Optional<Candidate> pick(AgentSelection selection, @Nullable AgentId last) {
    return selection.pick(free, last);
  }

  int available() {
    return free.size();
  }

  List<AgentId> unknownOf(Collection<AgentId> members) {
    List<AgentId> unknown = new ArrayList<>();
    for (AgentId member : members) {
      if (!seen.containsKey(member)) {
        unknown.add(member);
      }
    }
    return unknown;
  }

  private void refresh(AgentId agent) {
    Seen known = seen.get(agent);
    if (known != null && known.isFree()) {
      Instant since = known.now.idleSince();
      free.put(new Candidate(agent, since));
    } else {
      free.remove(agent);
    }
  }
}
