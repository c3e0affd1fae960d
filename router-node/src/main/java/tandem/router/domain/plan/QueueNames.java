package tandem.router.domain.plan;

import java.util.Optional;

/** The names of queues nobody wrote down: one for each agent and one for each ring group. */
public final class QueueNames {
  private static final String AGENT = "agent.";
  private static final String GROUP = "group.";

  private QueueNames() {}

  /** The queue of those who want this very agent. */
  public static String ofAgent(String agent) {
    return AGENT + agent;
  }

  public static String ofGroup(String group) {
    return GROUP + group;
  }

  /** The agent whose queue it is; empty for other queues. */
  public static Optional<String> agentOf(String queue) {
    return queue.startsWith(AGENT)
        ? Optional.of(queue.substring(AGENT.length()))
        : Optional.empty();
  }

  /** The group whose queue it is; empty for other queues. */
  public static Optional<String> groupOf(String queue) {
    return queue.startsWith(GROUP)
        ? Optional.of(queue.substring(GROUP.length()))
        : Optional.empty();
  }

  /** Whether a queue may not be named so, since the name means an agent or a group. */
  public static boolean isReserved(String queue) {
    return queue.startsWith(AGENT) || queue.startsWith(GROUP);
  }
}
