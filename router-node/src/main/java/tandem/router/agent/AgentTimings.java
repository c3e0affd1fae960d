package tandem.router.agent;

import java.time.Duration;

/**
 * How often an agent asks and tells.
 *
 * @param askFirst a reservation is asked about from this age on
 * @param askReserved pause between questions while the call has not answered
 * @param askHeld pause once the call said it has the offer, and while talking ten times that
 * @param announce how often queues hear of the agent even if nothing changed
 * @param rest how long an agent is passed over after an offer that failed through nobody's doing:
 *     busy, not ordered, not admitted
 * @param turn how long the queue whose turn it is has a free agent for itself, unless it says
 *     sooner that nobody waits there
 */
public record AgentTimings(
    Duration askFirst,
    Duration askReserved,
    Duration askHeld,
    Duration announce,
    Duration rest,
    Duration turn) {
  public static final AgentTimings DEFAULT =
      new AgentTimings(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMillis(150));
}
