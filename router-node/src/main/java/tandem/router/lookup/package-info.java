/** Questions to other systems about callers, over HTTP. */
@NullMarked
package tandem.router.lookup;

import org.jspecify.annotations.NullMarked;
