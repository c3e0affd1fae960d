package tandem.edge.link;

import java.util.ArrayList;
import java.util.List;
import tandem.router.domain.CallId;
import tandem.router.edge.CallFact;

/**
 * Forgets calls that are over. Single owner of which calls are to be forgotten, and when they are.
 */
final class Drops {
  private final LinkContext link;
  private final Questions questions;
  private final List<CallId> toWrite = new ArrayList<>();

  Drops(LinkContext link, Questions questions) {
    this.link = link;
    this.questions = questions;
  }

  void drop(CallId id) {
    OpenCall call = link.calls.get(id);
    if (call == null) {
      link.tell(id, new CallFact.Dropped(link.now()));
    } else if (!call.dropping) {
      call.dropping = true;
      call.arriveAgainAt = null;
      toWrite.add(id);
    }
  }

  /** Has those written down that were dropped since. */
  void tick() {
    if (!toWrite.isEmpty()) {
      link.acts.persist(new LinkEvent.Dropped(List.copyOf(toWrite)));
      toWrite.clear();
    }
  }

  void written(LinkEvent.Dropped dropped) {
    dropped.calls().forEach(this::forget);
  }

  private void forget(CallId id) {
    OpenCall call = link.calls.get(id);
    if (call != null && call.dropping) {
      for (Leg leg : link.legs.of(id)) {
        if (link.isConnected() && !leg.waiting) {
          link.killStray(leg.id);
        }
        link.legs.remove(leg);
        link.setUp(leg.id);
        link.tombstones.add(leg.id, "NORMAL_CLEARING", true, link.now());
      }
      link.calls.remove(id);
      questions.forget(id);
      link.tell(id, new CallFact.Dropped(link.now()));
    }
  }
}
