package tandem.router.call;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.ivr.IvrSession;
import tandem.router.domain.plan.Action;

/** What happens in an interactive flow that a caller goes through. */
public sealed interface FlowEvent extends Call.Event {
  /**
   * The caller has come to a node where something is waited for.
   *
   * @param passed nodes it has gone through on the way there, as {@code flow/node}
   */
  record NodeEntered(IvrSession session, List<String> passed, Instant at) implements FlowEvent {
    public NodeEntered {
      passed = List.copyOf(passed);
    }

    public String flow() {
      return session.ivr();
    }

    public String node() {
      return session.node();
    }
  }

  /**
   * The caller has keyed something in.
   *
   * @param digits null when the node says that they are secret
   */
  record Answered(String flow, String node, @Nullable String digits, Instant at)
      implements FlowEvent {}

  /**
   * Another system is asked for something.
   *
   * @param number counts the call's lookups
   */
  record LookupBegun(int number, Instant at) implements FlowEvent {}

  /** What came of that; what was found is among the call's attributes. */
  record LookedUp(int number, Found found, Instant at) implements FlowEvent {}

  /** What came of a lookup. */
  enum Found {
    FOUND,
    /** Refused, not reached, or answered with something that cannot be read. */
    FAILED,
    TIMED_OUT
  }

  /**
   * The caller has come to the flow's end.
   *
   * @param steps nodes the call has gone through in all its flows (count)
   * @param to what is to be done with the call
   */
  record FlowLeft(String flow, String node, List<String> passed, int steps, Action to, Instant at)
      implements FlowEvent {
    public FlowLeft {
      passed = List.copyOf(passed);
    }
  }
}
