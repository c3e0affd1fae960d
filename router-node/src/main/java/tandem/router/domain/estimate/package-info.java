/** How long a caller will wait. */
@NullMarked
package tandem.router.domain.estimate;

import org.jspecify.annotations.NullMarked;
