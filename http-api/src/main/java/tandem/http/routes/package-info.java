/** The REST resources, and the table that leads a request to one of them. */
@NullMarked
package tandem.http.routes;

import org.jspecify.annotations.NullMarked;
