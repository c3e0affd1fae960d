/** What if: a day's callers against any plan and staffing, in simulated time. */
@NullMarked
package tandem.router.domain.simulate;

import org.jspecify.annotations.NullMarked;
