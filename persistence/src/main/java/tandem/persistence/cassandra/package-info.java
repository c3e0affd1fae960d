/** The node's connection to Cassandra, and the schema it needs there. */
@NullMarked
package tandem.persistence.cassandra;

import org.jspecify.annotations.NullMarked;
