/** Role api: one HTTP server with the REST routes, the live feed and the documents. */
@NullMarked
package tandem.http;

import org.jspecify.annotations.NullMarked;
