/** One call: its legs and what it is doing. The only one who ends a reservation. */
@NullMarked
package tandem.router.call;

import org.jspecify.annotations.NullMarked;
