/** A tenant's routing plan: its draft, its versions, and the copy every node works by. */
@NullMarked
package tandem.router.plan;

import org.jspecify.annotations.NullMarked;
