package tandem.router.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.select.Matcher;

/**
 * A queue's picture of its agents: what they last announced. Always a hint: an agent may decline,
 * and its answer repairs the picture.
 */
final class Standby {
  private final Matcher<CallId> matcher;
  private final Map<AgentId, Long> versions = new HashMap<>();

  Standby(Matcher<CallId> matcher) {
    this.matcher = matcher;
  }

  /**
   * Takes an announcement unless a newer one is known.
   *
   * @param latest another queue goes first until then at most
   */
  void heard(AgentId agent, Queue.Announcement now, Instant latest) {
    Long known = versions.get(agent);
    if (known == null || now.version() >= known) {
      versions.put(agent, now.version());
      matcher.agent(agent, now.standing(latest));
    }
  }

  void forget(AgentId agent) {
    versions.remove(agent);
    matcher.forget(agent);
  }

  List<AgentId> unknownOf(Collection<AgentId> members) {
    List<AgentId> unknown = new ArrayList<>();
    for (AgentId member : members) {
      if (!versions.containsKey(member)) {
        unknown.add(member);
      }
    }
    return unknown;
  }
}
