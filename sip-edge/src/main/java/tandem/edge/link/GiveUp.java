package tandem.edge.link;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
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

  /** Each declaration that is not written yet; they are written in their order. */
  private final Deque<Doomed> unwritten = new ArrayDeque<>();

  /**
   * What a declaration dooms.
   *
   * @param legs that callbacks had: these calls themselves go on
   */
  private record Doomed(Set<CallId> calls, Set<LegId> legs) {}

  GiveUp(LinkContext link, Originates originates) {
    this.link = link;
    this.originates = originates;
  }

  void declare(Instant now) {
    link.dead = true;
    Set<LegId> ofVirtual =
        link.calls.values().stream()
            .filter(OpenCall::isVirtual)
            .flatMap(call -> link.legs.of(call.info.call()).stream())
            .map(leg -> leg.id)
            .collect(Collectors.toUnmodifiableSet());
    unwritten.add(new Doomed(Set.copyOf(link.calls.keySet()), ofVirtual));
    link.acts.persist(new LinkEvent.DeclaredDead(now));
  }

  /** Only now may the calls hear of it. */
  void written() {
    Doomed doomed = unwritten.poll();
    if (doomed != null) {
      giveUp(doomed);
    }
  }

  /**
   * It was declared dead before, and nobody may have heard. The legs of callbacks are not known
   * here: they end when they are asked about, or seen again.
   */
  void recovered() {
    giveUp(new Doomed(Set.copyOf(link.calls.keySet()), Set.of()));
  }

  private void giveUp(Doomed doomed) {
    for (CallId id : doomed.calls()) {
      OpenCall call = link.calls.get(id);
      if (call != null) {
        call.info = call.info.asDoomed();
      }
    }
    for (Leg leg : List.copyOf(link.legs.all())) {
      if (doomed.legs().contains(leg.id) || link.living(leg.call).isEmpty()) {
        leg.givenUp = true;
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
