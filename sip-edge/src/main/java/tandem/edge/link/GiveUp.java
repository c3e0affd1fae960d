package tandem.edge.link;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import tandem.router.domain.CallId;
import tandem.router.edge.Causes;

/**
 * Gives up what a switch carried that is declared dead. Single owner of which calls that dooms.
 *
 * <p>A declaration that is written only after the switch has come back is carried out all the same:
 * the journal has it, and after a recovery its calls are doomed, so they have to be in memory too.
 * But it dooms what the journal has doomed, and no more: the calls there were when it was made.
 * Those carried since stand behind it in the journal, and live. Which these are is kept rather than
 * found by comparing times, since a clock may be set back.
 */
final class GiveUp {
  private final LinkContext link;
  private final Originates originates;

  /** The calls of each declaration that is not written yet; they are written in their order. */
  private final Deque<Set<CallId>> unwritten = new ArrayDeque<>();

  GiveUp(LinkContext link, Originates originates) {
    this.link = link;
    this.originates = originates;
  }

  void declare(Instant now) {
    link.dead = true;
    unwritten.add(Set.copyOf(link.calls.keySet()));
    link.acts.persist(new LinkEvent.DeclaredDead(now));
  }

  /** Only now may the calls hear of it. */
  void written() {
    Set<CallId> doomed = unwritten.poll();
    if (doomed != null) {
      giveUp(doomed);
    }
  }

  /** It was declared dead before, and nobody may have heard. */
  void recovered() {
    giveUp(Set.copyOf(link.calls.keySet()));
  }

  private void giveUp(Set<CallId> doomed) {
    for (CallId id : doomed) {
      OpenCall call = link.calls.get(id);
      if (call != null) {
        call.info = call.info.asDoomed();
      }
    }
    for (Leg leg : List.copyOf(link.legs.all())) {
      if (link.living(leg.call).isEmpty()) {
        end(leg);
      }
    }
  }

  /** With the switch there, a leg is over when it is: an agent is not free who still talks. */
  private void end(Leg leg) {
    if (!link.isConnected()) {
      link.gone(leg, Causes.SWITCH_LOST, true);
    } else if (leg.waiting) {
      originates.cancel(leg);
    } else {
      link.kill(leg, "NORMAL_CLEARING");
    }
  }
}
