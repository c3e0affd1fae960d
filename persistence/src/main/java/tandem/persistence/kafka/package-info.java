/** Calls' events for other systems, on Kafka. */
@NullMarked
package tandem.persistence.kafka;

import org.jspecify.annotations.NullMarked;
