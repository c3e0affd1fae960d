/**
 * A real Cassandra and a real Kafka as child JVMs of a laptop's node or of a test. Never used in
 * production.
 */
package tandem.persistence.local;
