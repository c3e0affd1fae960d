package tandem.router.domain.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Names;
import tandem.router.domain.Traits;

/**
 * Who works, and when.
 *
 * @param rest how long an agent is not ready after its phone rang to the end
 */
public record Staffing(List<Member> members, Duration rest) {
  /** Agents of one simulation. */
  public static final int MOST = 100_000;

  /** A minute away after a call that was not answered. */
  public static final Duration USUAL_REST = Duration.ofMinutes(1);

  private static final int HIGHEST_CAPACITY = 10;

  /** Ready from an instant until before another. */
  public record Shift(Instant from, Instant to) {
    public Shift {
      if (!to.isAfter(from)) {
        throw new IllegalArgumentException("to: must be after " + from + ", got " + to);
      }
    }
  }

  /**
   * An agent.
   *
   * @param queues whose member it is by its profile; plans may add others
   * @param capacity calls at once, 1 to 10
   * @param answerDelay how long its phone rings until it answers; null for 2 to 8 s, drawn evenly
   *     for each offer. Never longer than the queue's ring timeout
   * @param noAnswer share of offers it does not answer, 0 to 1
   * @param shifts when it is ready, none overlapping; empty for all the time
   */
  public record Member(
      AgentId id,
      Traits traits,
      Set<String> queues,
      int capacity,
      @Nullable Duration answerDelay,
      double noAnswer,
      List<Shift> shifts) {
    public Member {
      queues = Set.copyOf(queues);
      queues.forEach(queue -> Names.name("queue", queue));
      if (capacity < 1 || capacity > HIGHEST_CAPACITY) {
        throw new IllegalArgumentException(
            "capacity: must be 1 to " + HIGHEST_CAPACITY + ", got " + capacity);
      }
      if (answerDelay != null && answerDelay.isNegative()) {
        throw new IllegalArgumentException("answerDelay: must be 0 or more, got " + answerDelay);
      }
      if (!(noAnswer >= 0 && noAnswer <= 1)) {
        throw new IllegalArgumentException("noAnswer: must be 0 to 1, got " + noAnswer);
      }
      shifts = shifts.stream().sorted(Comparator.comparing(Shift::from)).toList();
      for (int i = 1; i < shifts.size(); i++) {
        if (shifts.get(i).from().isBefore(shifts.get(i - 1).to())) {
          throw new IllegalArgumentException(
              "shifts: agent '" + id.name() + "' has two at " + shifts.get(i).from());
        }
      }
    }

    /** One call at a time, all the time, answering as people do. */
    public static Member of(AgentId id, Traits traits, Set<String> queues) {
      return new Member(id, traits, queues, 1, null, 0, List.of());
    }
  }

  public Staffing {
    if (members.size() > MOST) {
      throw new IllegalArgumentException(
          "agents: must be at most " + MOST + ", got " + members.size());
    }
    if (rest.isNegative()) {
      throw new IllegalArgumentException("rest: must be 0 or more, got " + rest);
    }
    Set<AgentId> ids = new HashSet<>();
    for (Member member : members) {
      if (!ids.add(member.id())) {
        throw new IllegalArgumentException("agents: '" + member.id().name() + "' comes twice");
      }
    }
    members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
  }

  /** These, resting as usual. */
  public static Staffing of(List<Member> members) {
    return new Staffing(members, USUAL_REST);
  }
}
