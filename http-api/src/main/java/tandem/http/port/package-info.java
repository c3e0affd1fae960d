/**
 * What the API needs of the rest of Tandem, as narrow interfaces, and how the cluster fills them.
 */
@NullMarked
package tandem.http.port;

import org.jspecify.annotations.NullMarked;
