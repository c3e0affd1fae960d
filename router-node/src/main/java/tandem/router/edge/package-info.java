/** The protocol between router and edge: what a call orders, and what the switch reports. */
@NullMarked
package tandem.router.edge;

import org.jspecify.annotations.NullMarked;
