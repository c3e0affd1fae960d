/** Which tenant and queue a called number belongs to. */
@NullMarked
package tandem.router.numbers;

import org.jspecify.annotations.NullMarked;
