/** Pure routing: ids, values, selection. No Akka, no clock and no random source of its own. */
@NullMarked
package tandem.router.domain;

import org.jspecify.annotations.NullMarked;
