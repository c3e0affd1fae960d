/** Who asks: from a bearer token to a tenant. */
@NullMarked
package tandem.http.auth;

import org.jspecify.annotations.NullMarked;
