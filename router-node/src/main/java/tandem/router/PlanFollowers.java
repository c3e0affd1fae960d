package tandem.router;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.queue.Queue;

/**
 * The agents and queues that live on this node: those who work by a plan, and are told when it has
 * changed.
 */
final class PlanFollowers {
  private static final char SEPARATOR = '|';

  private final Shards shards;
  private final Set<AgentId> agents = ConcurrentHashMap.newKeySet();
  private final Set<QueueId> queues = ConcurrentHashMap.newKeySet();

  PlanFollowers(Shards shards) {
    this.shards = shards;
  }

  void started(AgentId agent) {
    agents.add(agent);
  }

  void started(QueueId queue) {
    queues.add(queue);
  }

  /** An entity has stopped here; most are no followers. */
  void left(String persistenceId) {
    String id = persistenceId.substring(persistenceId.indexOf(SEPARATOR) + 1);
    if (persistenceId.startsWith(Shards.AGENTS.name() + SEPARATOR)) {
      agents.remove(AgentId.parse(id));
    } else if (persistenceId.startsWith(Shards.QUEUES.name() + SEPARATOR)) {
      queues.remove(QueueId.parse(id));
    }
  }

  void planChanged(TenantId tenant) {
    for (AgentId agent : agents) {
      if (agent.tenant().equals(tenant)) {
        shards.agent(agent).tell(Agent.PlanChanged.PLAN_CHANGED);
      }
    }
    for (QueueId queue : queues) {
      if (queue.tenant().equals(tenant)) {
        shards.queue(queue).tell(Queue.PlanChanged.PLAN_CHANGED);
      }
    }
  }
}
