package tandem.router.domain.time;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * When it is open in a week without holidays. In a plan: {@code {"mon-fri": ["09:00-12:00",
 * "13:00-17:30"], "fri": ["22:00-06:00"]}} is refused, because Friday is given twice. A day that is
 * not given is closed.
 */
public final class WeeklyHours {
  /** Never open. */
  public static final WeeklyHours NONE = new WeeklyHours(Map.of());

  private final Map<DayOfWeek, List<Span>> spans;
  private final List<Minutes> minutes;

  /**
   * Something wrong in the hours of a plan.
   *
   * @param key as the plan has it, such as {@code mon-fri}
   * @param index of the span under that key, from 0; -1 when the key itself is wrong
   * @param message says what is allowed, without the place
   */
  public record Fault(String key, int index, String message) {
    /** With the place: {@code mon-fri[1]: must be ...}. */
    public String text() {
      return key + (index < 0 ? "" : "[" + index + "]") + ": " + message;
    }
  }

  /**
   * @param spans those that begin on a day; spans of one day must not overlap
   * @throws IllegalArgumentException when they do, which names the day
   */
  public WeeklyHours(Map<DayOfWeek, List<Span>> spans) {
    Map<DayOfWeek, List<Span>> copy = new EnumMap<>(DayOfWeek.class);
    List<Minutes> open = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      List<Span> own = spans.getOrDefault(day, List.of());
      try {
        copy.put(day, Span.apart(own));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(DaySet.name(day) + ": " + e.getMessage(), e);
      }
      open.add(Minutes.of(own));
    }
    this.spans = copy;
    this.minutes = List.copyOf(open);
  }

  /**
   * Reads the hours of a plan.
   *
   * @throws IllegalArgumentException about the first that is wrong: {@code mon-fri[1]: must be ...}
   */
  public static WeeklyHours parse(Map<String, List<String>> plan) {
    List<Fault> faults = new ArrayList<>();
    WeeklyHours hours = parse(plan, faults::add);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(faults.get(0).text());
    }
    return hours;
  }

  /**
   * Reads the hours of a plan, and reports all that is wrong with them.
   *
   * @return what is right
   */
  public static WeeklyHours parse(Map<String, List<String>> plan, Consumer<Fault> fault) {
    Map<DayOfWeek, List<Span>> spans = new EnumMap<>(DayOfWeek.class);
    Map<DayOfWeek, String> givenBy = new EnumMap<>(DayOfWeek.class);
    plan.forEach(
        (key, texts) -> {
          List<Span> own =
              Span.parseAll(
                  texts, (message, index) -> fault.accept(new Fault(key, index, message)));
          DaySet set;
          try {
            set = DaySet.parse(key);
          } catch (IllegalArgumentException e) {
            fault.accept(new Fault(key, -1, String.valueOf(e.getMessage())));
            return;
          }
          for (DayOfWeek day : set.days()) {
            String other = givenBy.putIfAbsent(day, key);
            if (other == null) {
              spans.put(day, own);
            } else {
              String message = DaySet.name(day) + " is given by '" + other + "' already";
              fault.accept(new Fault(key, -1, message));
            }
          }
        });
    return new WeeklyHours(spans);
  }

  /** The spans that begin on this day, in the order of the plan. */
  public List<Span> spans(DayOfWeek day) {
    return spans.getOrDefault(day, List.of());
  }

  Minutes minutes(DayOfWeek day) {
    return minutes.get(day.getValue() - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeeklyHours hours && spans.equals(hours.spans);
  }

  @Override
  public int hashCode() {
    return spans.hashCode();
  }

  @Override
  public String toString() {
    return spans.toString();
  }
}
