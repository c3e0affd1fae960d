/**
 * The switch simulator: an Event Socket server and a SIP back-to-back user agent that behave like
 * the recorded switch, dangers included. It imports nothing of the router, so that it is an
 * independent peer of what it tests.
 */
@NullMarked
package tandem.edge.sim;

import org.jspecify.annotations.NullMarked;
