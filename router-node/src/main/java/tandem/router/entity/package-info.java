/** What all entities share: a turn, an outbox, and the thin Akka shell. */
@NullMarked
package tandem.router.entity;

import org.jspecify.annotations.NullMarked;
