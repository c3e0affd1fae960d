/** Who gets whom: callers and agents, matched by requirement, order and strategy. */
@NullMarked
package tandem.router.domain.select;

import org.jspecify.annotations.NullMarked;
