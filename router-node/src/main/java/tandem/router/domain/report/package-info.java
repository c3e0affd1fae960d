/** Figures a contact center is judged by. */
@NullMarked
package tandem.router.domain.report;

import org.jspecify.annotations.NullMarked;
