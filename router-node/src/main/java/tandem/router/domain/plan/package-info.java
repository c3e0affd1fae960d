/** Routing plans: what rule authors wrote, as data, and what follows from it for one call. */
@NullMarked
package tandem.router.domain.plan;

import org.jspecify.annotations.NullMarked;
