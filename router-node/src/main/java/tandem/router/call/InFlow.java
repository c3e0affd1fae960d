package tandem.router.call;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.ivr.IvrSession;

/**
 * How far a call is in interactive flows.
 *
 * @param session where its caller is; null while in none
 * @param steps nodes it has gone through in all of them
 * @param errands how many of the call's errands were for that
 * @param lookups how often another system was asked
 */
record InFlow(@Nullable IvrSession session, int steps, int errands, int lookups) {
  static final InFlow NONE = new InFlow(null, 0, 0, 0);

  InFlow after(FlowEvent event) {
    if (event instanceof FlowEvent.NodeEntered e) {
      return new InFlow(e.session(), e.session().steps(), errands, lookups);
    } else if (event instanceof FlowEvent.LookupBegun e) {
      return new InFlow(session, steps, errands, e.number());
    } else if (event instanceof FlowEvent.FlowLeft e) {
      return new InFlow(null, e.steps(), errands, lookups);
    }
    return this;
  }

  /** The switch is to do something with the caller. */
  InFlow errand() {
    return session == null ? this : new InFlow(session, steps, errands + 1, lookups);
  }

  /** The caller goes elsewhere. */
  InFlow left() {
    return new InFlow(null, steps, errands, lookups);
  }
}
