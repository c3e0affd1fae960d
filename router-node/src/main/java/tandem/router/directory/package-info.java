/** A tenant's directory: which agents and queues it has. */
@NullMarked
package tandem.router.directory;

import org.jspecify.annotations.NullMarked;
