/** Routing plans as their authors write them: JSON, read with all its problems and their places. */
@NullMarked
package tandem.router.plan.document;

import org.jspecify.annotations.NullMarked;
