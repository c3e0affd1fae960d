package tandem.router.domain.ivr;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;

/**
 * Where a caller is in an interactive flow: enough to go on there after a crash. Kept in calls'
 * journals.
 *
 * @param plan the version whose flows are meant
 * @param ivr the flow it is in
 * @param node the node it is at
 * @param tries how often the caller has been asked there in vain
 * @param fault why it is asked again
 * @param stack flows that wait for this one to return, the outermost first
 * @param attributes what the flow has set so far
 * @param secrets nodes at which secrets were keyed in, by {@link #secret}: not what they are
 * @param steps nodes gone through (count), those of earlier flows of the same call too
 */
public record IvrSession(
    long plan,
    String ivr,
    String node,
    int tries,
    Fault fault,
    List<Frame> stack,
    Attributes attributes,
    SortedMap<String, String> secrets,
    int steps) {
  /** Why a caller is asked again. */
  public enum Fault {
    NONE,
    SILENT,
    INVALID
  }

  /**
   * A flow that waits.
   *
   * @param next the node it goes on with
   */
  public record Frame(String ivr, String next) {}

  public IvrSession {
    stack = List.copyOf(stack);
    secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
  }

  /** The caller with what the flow has set, as far as a call may have so many attributes. */
  public Caller seen(Caller caller) {
    return seen(caller, attributes);
  }

  static Caller seen(Caller caller, Attributes set) {
    SortedMap<String, Object> all = new TreeMap<>(caller.attributes().values());
    set.values()
        .forEach(
            (name, value) -> {
              if (all.containsKey(name) || all.size() < Attributes.MOST) {
                all.put(name, value);
              }
            });
    return caller.with(new Attributes(all));
  }

  /** Where a secret of a flow is known by; the same flow is never entered twice at once. */
  static String secret(String ivr, String attribute) {
    return ivr + '/' + attribute;
  }
}
