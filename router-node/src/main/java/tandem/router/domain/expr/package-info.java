/** Expressions of rule authors: what they may speak of, how they are checked and evaluated. */
@NullMarked
package tandem.router.domain.expr;

import org.jspecify.annotations.NullMarked;
