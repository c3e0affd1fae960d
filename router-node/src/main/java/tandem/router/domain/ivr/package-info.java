/** Interactive flows: what callers hear and key in, and where that leads them. */
@NullMarked
package tandem.router.domain.ivr;

import org.jspecify.annotations.NullMarked;
