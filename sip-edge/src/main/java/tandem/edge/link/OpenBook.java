package tandem.edge.link;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;

/**
 * The journal's own state: a {@link LinkBook} that can be written in, since a link carries
 * thousands of calls and a copy of them an event would be too dear. Never leaves the journal's
 * actor.
 */
final class OpenBook {
  private final Map<CallId, CarriedCall> calls = new LinkedHashMap<>();
  private @Nullable String coreUuid;
  private @Nullable Instant downSince;
  private boolean dead;
  private boolean draining;

  static OpenBook of(LinkBook book) {
    OpenBook open = new OpenBook();
    book.calls().forEach(call -> open.calls.put(call.call(), call));
    open.coreUuid = book.coreUuid();
    open.downSince = book.downSince();
    open.dead = book.dead();
    open.draining = book.draining();
    return open;
  }

  /** Forgets everything: as new. */
  void clear() {
    calls.clear();
    coreUuid = null;
    downSince = null;
    dead = false;
    draining = false;
  }

  LinkBook copy() {
    return new LinkBook(calls.values().stream().toList(), coreUuid, downSince, dead, draining);
  }

  OpenBook evolve(LinkEvent event) {
    if (event instanceof LinkEvent.Carried carried) {
      // Not putIfAbsent: after a batch that was written although it seemed to fail, and so was
      // written again, a declaration of death in it has doomed this newer call as well.
      calls.put(carried.call().call(), carried.call());
    } else if (event instanceof LinkEvent.Dropped dropped) {
      dropped.calls().forEach(calls::remove);
    } else if (event instanceof LinkEvent.SwitchSeen seen) {
      coreUuid = seen.coreUuid();
      downSince = null;
      dead = false;
    } else if (event instanceof LinkEvent.WentDown down) {
      downSince = down.at();
    } else if (event instanceof LinkEvent.DeclaredDead) {
      dead = true;
      calls.replaceAll((id, call) -> call.asDoomed());
    } else if (event instanceof LinkEvent.DrainSet set) {
      draining = set.draining();
    }
    return this;
  }
}
