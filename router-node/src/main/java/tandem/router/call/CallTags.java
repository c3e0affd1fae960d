package tandem.router.call;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tandem.router.domain.CallId;

/**
 * The one place that says which events of a call carry a tag, and which. A tag is a signal to the
 * projections to read that call's events; it costs a second write, so only two events of a
 * lifecycle carry one, and a reminder when the record has missed the end.
 */
public final class CallTags {
  /** How many tags the calls are spread over: as many projections of a kind run side by side. */
  public static final int COUNT = 8;

  /** Every tag there is, in order. */
  public static final List<String> ALL =
      IntStream.range(0, COUNT).mapToObj(i -> "calls-" + i).toList();

  private CallTags() {}

  /** The tag of a call: always the same one, so that one projection sees all its signals. */
  public static String of(CallId call) {
    // String.hashCode is specified by the JDK: every node and every version agrees.
    return ALL.get(Math.floorMod(call.value().hashCode(), COUNT));
  }

  /** The tags an event of the call is persisted with; mostly none. */
  public static Set<String> tagsFor(CallId call, Call.Event event) {
    return event instanceof Call.Connected
            || event instanceof Call.Ended
            || event instanceof Call.RecordMissed
        ? Set.of(of(call))
        : Set.of();
  }
}
