package tandem.router.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.Prompt;
import tandem.router.domain.QueueId;
import tandem.router.domain.plan.Announcements;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.plan.QueueRule;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.Address.ToSwitch;
import tandem.router.entity.Turn;
import tandem.router.queue.Queue;

/**
 * What a caller who waits hears beside music: its queue's own music, and at intervals where it
 * stands. Nothing of it is persisted: one that is lost is followed by the next.
 */
final class Waiting {
  /** What is not said by then is old. */
  private static final Duration NOT_LATER = Duration.ofSeconds(3);

  private static final String LANGUAGE = "language";

  private final CallId id;
  private final CallMemory memory;
  private final Plans plans;

  private int musicOfRound;
  private @Nullable Instant next;
  private int nextOfRound;

  Waiting(CallId id, CallMemory memory, Plans plans) {
    this.id = id;
    this.memory = memory;
    this.plans = plans;
  }

  private Announcements rule(QueueId queue) {
    return plans
        .of(id.tenant())
        .plan()
        .queue(queue.name())
        .map(QueueRule::announcements)
        .orElse(Announcements.NONE);
  }

  /** Returns when something is to be said next, or null. */
  @Nullable Instant settle(Turn<CallState, Call.Event> turn) {
    CallState state = turn.state();
    Stay stay = state.stay();
    if (!(state.activity() instanceof Queued)
        || stay == null
        || stay.queues().isEmpty()
        || !state.greeted()
        || state.adrift() != null
        || state.callerOnLine() == null
        || memory.incarnation() == null) {
      return null;
    }
    Announcements rule = rule(stay.queues().get(0));
    if (rule.music() != null && musicOfRound != stay.round()) {
      musicOfRound = stay.round();
      say(turn, rule, List.of());
    }
    if (rule.texts().isEmpty()) {
      return null;
    }
    if (next == null || nextOfRound != stay.round()) {
      nextOfRound = stay.round();
      next = firstAfter(turn.now(), stay.begun().plus(rule.first()), rule.every());
    } else if (!next.isAfter(turn.now())) {
      next = firstAfter(turn.now(), next, rule.every());
      speak(turn, rule, stay.queues().get(0));
    }
    return next;
  }

  private static Instant firstAfter(Instant now, Instant from, Duration every) {
    Instant at = from;
    if (!at.isAfter(now)) {
      long times = Duration.between(at, now).toMillis() / every.toMillis() + 1;
      at = at.plus(every.multipliedBy(times));
    }
    return at;
  }

  private void speak(Turn<CallState, Call.Event> turn, Announcements rule, QueueId queue) {
    if (rule.position() || rule.estimate()) {
      turn.tell(new ToQueue(queue), new Queue.TellPlace(id));
    } else {
      say(turn, rule, rule.prompts(language(turn.state()), 0, null));
    }
  }

  /** The queue has said where the call stands. */
  void told(Turn<CallState, Call.Event> turn, Call.PlaceTold m) {
    CallState state = turn.state();
    Stay stay = state.stay();
    Queue.Position position = m.position();
    if (state.activity() instanceof Queued
        && state.adrift() == null
        && position != null
        && stay != null
        && stay.queues().contains(m.queue())) {
      Announcements rule = rule(m.queue());
      List<Prompt> prompts =
          rule.prompts(language(state), position.number(), position.estimatedWait());
      if (!prompts.isEmpty()) {
        say(turn, rule, prompts);
      }
    }
  }

  private static String language(CallState state) {
    Object language =
        state.routing() == null
            ? null
            : state.routing().caller().attributes().values().get(LANGUAGE);
    return language instanceof String tag ? tag : "";
  }

  private void say(Turn<CallState, Call.Event> turn, Announcements rule, List<Prompt> prompts) {
    CallState state = turn.state();
    LegId caller = state.callerOnLine();
    String incarnation = memory.incarnation();
    if (caller == null || incarnation == null) {
      return;
    }
    var arrival = Objects.requireNonNull(state.arrival());
    // Seconds, so that a call which was recovered does not count from the start.
    int number = (int) Duration.between(arrival.at(), turn.now()).toSeconds() + 1;
    turn.tell(
        new ToSwitch(arrival.home()),
        new SwitchCommand.Say(
            id, caller, number, prompts, rule.music(), turn.now().plus(NOT_LATER), incarnation));
  }
}
