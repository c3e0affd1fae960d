/** Where a caller's number is at home. */
@NullMarked
package tandem.router.domain.geo;

import org.jspecify.annotations.NullMarked;
