/** Reads and writes what simulations are made of: calls and agents as CSV. */
@NullMarked
package tandem.router.plan.simulate;

import org.jspecify.annotations.NullMarked;
