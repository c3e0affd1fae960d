package tandem.router.call;

import java.time.Duration;

/**
 * How long a call waits for what.
 *
 * @param orderWithin an order the switch has not got by then is dropped
 * @param ringGrace added to the ring timeout: the switch itself ends the ringing first
 * @param bridgeWithin from the bridge order to CHANNEL_BRIDGE; recorded: 42 to 64 ms
 * @param askAfter an order without an echo is asked about after this
 * @param linkSilence the link says something every 10 s; after this it is asked
 * @param unrecorded a record that does not answer is told at least this often: it may be away for
 *     hours, while calls go on ending
 */
public record CallTimings(
    Duration orderWithin,
    Duration ringGrace,
    Duration bridgeWithin,
    Duration askAfter,
    Duration linkSilence,
    Duration unrecorded) {
  public static final CallTimings DEFAULT =
      new CallTimings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofMinutes(5));
}
