/** One agent: presence and offers. The only one who grants a reservation. */
@NullMarked
package tandem.router.agent;

import org.jspecify.annotations.NullMarked;
