/** One queue: who waits in which order. The only one who orders its callers. */
@NullMarked
package tandem.router.queue;

import org.jspecify.annotations.NullMarked;
