package tandem.router.queue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueId;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Outbox;
import tandem.router.entity.Turn;

/**
 * Single owner of when a queue asks members it does not know how they are: all of them after a
 * recovery, later whom it had to forget.
 */
final class MemberDoubts {
  private final QueueId queue;
  private final Duration pause;
  private boolean doubted = true;
  private @Nullable Instant next;

  /**
   * @param pause between two rounds of questions
   */
  MemberDoubts(QueueId queue, Duration pause) {
    this.queue = queue;
    this.pause = pause;
  }

  /** A member was forgotten and is to be asked with the next round, which may be now. */
  void forgot() {
    doubted = true;
  }

  /** A member was forgotten that would answer the same if it were asked at once. */
  void forgotForNow(Instant now) {
    doubted = true;
    next = Outbox.earlier(next, now.plus(pause));
  }

  /**
   * Asks those who are unknown, when that is due.
   *
   * @return when to look again, or null
   */
  @Nullable Instant settle(Turn<QueueState, Queue.Event> turn, Standby standby) {
    if (!doubted || (next != null && next.isAfter(turn.now()))) {
      return doubted ? next : null;
    }
    doubted = false;
    for (AgentId agent : standby.unknownOf(turn.state().members())) {
      turn.tell(new ToAgent(agent), new Agent.AnnounceTo(queue));
      doubted = true;
    }
    next = doubted ? turn.now().plus(pause) : null;
    return next;
  }
}
