/** The words between a call and those who write its record. */
@NullMarked
package tandem.router.record;

import org.jspecify.annotations.NullMarked;
