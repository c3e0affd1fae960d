/** A tenant's directory: which agents, queues and park lots it has. */
@NullMarked
package tandem.router.directory;

import org.jspecify.annotations.NullMarked;
