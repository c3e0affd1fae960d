/** What happens to calls' events after they are persisted: the record, never the live path. */
@NullMarked
package tandem.persistence.projection;

import org.jspecify.annotations.NullMarked;
