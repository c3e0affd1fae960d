/** The live feed: one hub a tenant, one session a WebSocket. */
@NullMarked
package tandem.http.feed;

import org.jspecify.annotations.NullMarked;
