/** Where the router's entities meet the cluster: sharding keys, addresses, wiring. */
@NullMarked
package tandem.router;

import org.jspecify.annotations.NullMarked;
