/** One park lot: which call is in which slot. The only one who gives a slot. */
@NullMarked
package tandem.router.lot;

import org.jspecify.annotations.NullMarked;
