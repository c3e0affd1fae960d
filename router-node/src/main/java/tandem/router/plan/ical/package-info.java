/** Holidays from iCalendar text. The library that reads it (ical4j) stays in this package. */
@NullMarked
package tandem.router.plan.ical;

import org.jspecify.annotations.NullMarked;
