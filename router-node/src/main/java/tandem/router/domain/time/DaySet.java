package tandem.router.domain.time;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Days of the week, written {@code mon} or {@code mon-fri}; {@code fri-mon} goes over the week's
 * end.
 *
 * @param days at least one, in the order of the week from Monday
 */
public record DaySet(Set<DayOfWeek> days) {
  private static final List<String> NAMES =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  public DaySet {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /**
   * Reads one day or first and last, in either case of letters.
   *
   * @throws IllegalArgumentException that says what is allowed
   */
  public static DaySet parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return new DaySet(Set.of(day(text, text)));
    }
    DayOfWeek first = day(text.substring(0, dash), text);
    DayOfWeek last = day(text.substring(dash + 1), text);
    if (first == last) {
      String name = name(first);
      throw new IllegalArgumentException(
          "must be " + name + " for one day or mon-sun for the whole week, got '" + text + "'");
    }
    Set<DayOfWeek> days = EnumSet.of(first);
    for (DayOfWeek day = first; day != last; day = day.plus(1)) {
      days.add(day.plus(1));
    }
    return new DaySet(days);
  }

  private static DayOfWeek day(String name, String text) {
    int index = NAMES.indexOf(name.strip().toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "must be a day such as mon or days such as mon-fri, of "
              + String.join(", ", NAMES)
              + ", got '"
              + text
              + "'");
    }
    return DayOfWeek.of(index + 1);
  }

  static String name(DayOfWeek day) {
    return NAMES.get(day.getValue() - 1);
  }
}
