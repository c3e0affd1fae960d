package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/**
 * Two channels on their way to each other, or together. The first is the one named first in {@code
 * uuid_bridge}.
 */
final class Bridge {

  /** How far it has come. */
  enum Phase {
    /** {@code +OK} was said; both are still parked. */
    ASKED,
    /** Both have left park; nobody hears anybody. */
    LEAVING,
    /** CHANNEL_BRIDGE was sent. */
    UP,
    /** One side has gone or is being taken away; the events about that are still to come. */
    ENDING,
    /** Over. */
    OVER
  }

  final SimChannel first;
  final SimChannel second;
  Phase phase = Phase.ASKED;

  /** The second was about to hear something, which keeps it from leaving park at once. */
  final boolean secondLate;

  SimLoop.@Nullable Timer timer;

  Bridge(SimChannel first, SimChannel second) {
    this.first = first;
    this.second = second;
    this.secondLate = second.isAboutToHear();
  }

  SimChannel partnerOf(SimChannel channel) {
    return channel == first ? second : first;
  }
}
