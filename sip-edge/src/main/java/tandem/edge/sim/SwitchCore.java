package tandem.edge.sim;

import java.time.Duration;
import java.util.Random;

/**
 * The tools that every part of one switch shares: its thread, its clock, its chance, its events,
 * its channels.
 */
record SwitchCore(
    SimLoop loop,
    SimClock clock,
    SimSettings settings,
    Random random,
    EventBus bus,
    ChannelEvents events,
    Channels channels) {

  static SwitchCore of(SimLoop loop, SimSettings settings) {
    SimClock clock = new SimClock();
    EventBus bus = new EventBus(clock, settings.seed());
    return new SwitchCore(
        loop,
        clock,
        settings,
        new Random(settings.seed()),
        bus,
        new ChannelEvents(bus),
        new Channels(loop, clock, settings));
  }

  /**
   * Any time from nothing to {@code most}: the switch's threads look at their channels every 20 ms.
   */
  Duration upTo(Duration most) {
    long nanos = most.toNanos();
    return nanos <= 0 ? Duration.ZERO : Duration.ofNanos((long) (random.nextDouble() * nanos));
  }

  Duration between(Duration least, Duration most) {
    return least.plus(upTo(most.minus(least)));
  }
}
