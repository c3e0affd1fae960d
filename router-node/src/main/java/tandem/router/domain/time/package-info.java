/** Calendars: when somebody is there, as a clock on the wall shows it. */
@NullMarked
package tandem.router.domain.time;

import org.jspecify.annotations.NullMarked;
