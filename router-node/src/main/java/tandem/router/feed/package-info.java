/** What entities tell the live feed. */
@NullMarked
package tandem.router.feed;

import org.jspecify.annotations.NullMarked;
