package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.plan.CallbackPromise;

/** One carried call, and what is owed to it. */
final class OpenCall {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  CarriedCall info;

  /** Of a callback: the legs of whoever is called, one an attempt. Of a caller's call: none. */
  final Set<LegId> customers;

  /** Written to the journal: before that the call hears nothing. */
  boolean written;

  /** The call has persisted its arrival. */
  boolean taken;

  /** The call has said that it is over; forgotten as soon as that is written. */
  boolean dropping;

  /** When it arrived is to be said again; null when that is not owed. */
  @Nullable Instant arriveAgainAt;

  /** Its recordings by their names, as far as the present connection knows. */
  final Map<String, Tape> tapes = new LinkedHashMap<>();

  /** Who of it is to hear whom; null until that is ordered on the present connection. */
  @Nullable Arrangement arrangement;

  /** What those hear who wait or are held; null for the switch's own music. */
  @Nullable String music;

  Duration pause = FIRST_PAUSE;

  Instant stillUpAt;

  /** When the caller was seen, until its first phone is rung: what offer latency is measured by. */
  @Nullable Instant parkedAt;

  OpenCall(CarriedCall info, Instant stillUpAt) {
    this.info = info;
    this.customers = info.callback() == null ? Set.of() : customers(info.call());
    this.stillUpAt = stillUpAt;
  }

  private static Set<LegId> customers(CallId callback) {
    return IntStream.rangeClosed(1, CallbackPromise.MOST_ATTEMPTS)
        .mapToObj(attempt -> LegId.ofCustomer(callback, attempt))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Nobody has arrived: somebody is to be called back, or an agent calls. */
  boolean isVirtual() {
    return info.callback() != null || info.outbound() != null;
  }

  /** Whether this is the leg of somebody whom the call itself calls as its caller. */
  boolean mayCall(LegId leg) {
    return customers.contains(leg) || (info.outbound() != null && !leg.equals(info.leg()));
  }

  /** Arrived was said: when to say it again. */
  void arrivedSaid(Instant now) {
    arriveAgainAt = now.plus(pause);
    pause = pause.multipliedBy(2);
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      pause = LONGEST_PAUSE;
    }
  }

  void arrivalOwed() {
    taken = false;
    pause = FIRST_PAUSE;
  }
}
