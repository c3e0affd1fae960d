package tandem.router.agent;

import static tandem.router.entity.Outbox.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.select.Turns;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Turn;
import tandem.router.queue.Queue;

/**
 * Tells an agent's queues how it is, and whose turn it is to have it. Single owner of what each
 * queue was told last.
 */
final class Announcer {
  private static final Duration UNKNOWN = Duration.ofMillis(500);

  private final AgentId id;
  private final AgentTimings timings;
  private final Plans plans;
  private final Memberships memberships;
  private Turns<String> turns = new Turns<>(Collections.<String, Integer>emptyMap());
  private SortedMap<String, Integer> weights = Collections.emptySortedMap();
  private final Map<QueueId, Queue.Announcement> announced = new HashMap<>();
  private @Nullable Instant nextAnnouncement;
  private boolean wasResting;
  private boolean wasFree;
  private @Nullable String first;
  private Instant othersFrom = Instant.EPOCH;

  Announcer(AgentId id, AgentTimings timings, Plans plans) {
    this.id = id;
    this.timings = timings;
    this.plans = plans;
    this.memberships = new Memberships(id);
  }

  /** Whether the agent's queues are known. */
  boolean isReady() {
    return plans.isLoaded();
  }

  /** The weights of the agent's queues, by name. */
  SortedMap<String, Integer> queues(Agent.Profile profile) {
    return memberships.of(profile, plans.of(id.tenant()));
  }

  /** This queue has got the agent. */
  void served(QueueId queue) {
    first = null;
    turns.served(queue.name());
  }

  /** The queue whose turn it was has nobody: the others need not wait. */
  void nobodyWaits(QueueId queue) {
    if (queue.name().equals(first)) {
      first = null;
      othersFrom = Instant.EPOCH;
      turns.passed(queue.name());
    }
  }

  /**
   * Tells each queue when something has changed for it that no answer of this turn has told it, and
   * all of them now and then.
   *
   * @return when to look again
   */
  Instant announceAll(Turn<AgentState, Agent.Event> turn, Agent.Profile profile) {
    AgentState state = turn.state();
    Instant now = turn.now();
    if (!plans.isLoaded()) {
      // Its queues are not known: who is told that it is no member would forget it.
      return now.plus(UNKNOWN);
    }
    boolean resting = state.restUntil() != null && state.restUntil().isAfter(now);
    boolean rested = wasResting && !resting;
    wasResting = resting;
    takeTurns(state, profile, now);
    Instant due = nextAnnouncement;
    boolean toAll = due == null || !due.isAfter(now) || rested;
    for (QueueId queue : toldOrJoined(profile)) {
      Queue.Announcement last = announced.get(queue);
      if (toAll || last == null || !last.saysTheSameAs(announcement(turn, profile, queue))) {
        announce(turn, queue);
      }
    }
    if (due == null || toAll) {
      // The spread keeps thousands of agents from announcing themselves in the same moment.
      long spread = Math.floorMod((long) id.hashCode(), timings.announce().toMillis() / 5 + 1);
      due = now.plus(timings.announce()).plusMillis(spread);
      nextAnnouncement = due;
    }
    Instant next = resting ? earlier(due, state.restUntil()) : due;
    return next == null ? due : next;
  }

  /** An agent of several queues who becomes free belongs to one of them first, for a moment. */
  private void takeTurns(AgentState state, Agent.Profile profile, Instant now) {
    boolean free = state.free(now) > 0;
    if (free && !wasFree) {
      if (!weights.equals(queues(profile))) {
        weights = queues(profile);
        turns = new Turns<>(weights);
      }
      List<String> order = turns.order();
      first = order.size() > 1 ? order.get(0) : null;
      othersFrom = first == null ? Instant.EPOCH : now.plus(timings.turn());
    }
    wasFree = free;
  }

  /** Its queues, and those it has left: that it has may not have reached them. */
  private Set<QueueId> toldOrJoined(Agent.Profile profile) {
    Set<QueueId> all = new LinkedHashSet<>();
    queues(profile).keySet().forEach(name -> all.add(new QueueId(id.tenant(), name)));
    all.addAll(announced.keySet());
    return all;
  }

  void announce(Turn<AgentState, Agent.Event> turn, QueueId queue) {
    turn.tell(new ToQueue(queue), new Queue.Announce(id, told(turn, queue)));
  }

  /** What the queue hears now, remembered as told. */
  Queue.Announcement told(Turn<AgentState, Agent.Event> turn, QueueId queue) {
    Agent.Profile profile = turn.state().profile();
    Queue.Announcement now =
        profile == null
            ? turn.state().announcement(false, turn.now(), Instant.EPOCH, false)
            : announcement(turn, profile, queue);
    announced.put(queue, now);
    return now;
  }

  private Queue.Announcement announcement(
      Turn<AgentState, Agent.Event> turn, Agent.Profile profile, QueueId queue) {
    boolean isFirst = queue.name().equals(first);
    return turn.state()
        .announcement(
            queues(profile).containsKey(queue.name()),
            turn.now(),
            isFirst ? Instant.EPOCH : othersFrom,
            isFirst);
  }
}
