package tandem.router.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.feed.CallView;

/**
 * Waits for an agent's phone to be picked up, or for the first of several.
 *
 * @param rings at least one, the first one first
 */
record Offering(List<Ring> rings, Instant since) implements Activity {
  Offering {
    rings = List.copyOf(rings);
  }

  /** One phone that was ordered. */
  record Ring(OfferId offer, LegId leg, QueueId queue, Instant deadline) {}

  Offering with(Ring more) {
    List<Ring> all = new ArrayList<>(rings);
    all.add(more);
    return new Offering(all, since);
  }

  /** Without one; null when it was the last. */
  @Nullable Offering without(OfferId offer) {
    List<Ring> left = rings.stream().filter(ring -> !ring.offer().equals(offer)).toList();
    return left.isEmpty() ? null : new Offering(left, since);
  }

  @Nullable Ring ring(LegId leg) {
    return rings.stream().filter(ring -> ring.leg().equals(leg)).findFirst().orElse(null);
  }

  boolean has(OfferId offer) {
    return rings.stream().anyMatch(ring -> ring.offer().equals(offer));
  }

  @Override
  public @Nullable Instant deadline() {
    return rings.stream().map(Ring::deadline).min(Instant::compareTo).orElse(null);
  }

  @Override
  public OfferId offer() {
    return rings.get(0).offer();
  }

  @Override
  public LegId agentLeg() {
    return rings.get(0).leg();
  }

  @Override
  public CallView.Status status(boolean ringing) {
    return ringing ? CallView.Status.RINGING : CallView.Status.OFFERED;
  }
}
