package tandem.router.domain.plan;

import java.time.Duration;
import java.util.List;

/**
 * What waiting adds to a caller's priority: a line through points, flat before the first and after
 * the last. Never falls.
 *
 * @param points ordered by time; empty when waiting adds nothing
 */
public record Ageing(List<Point> points) {
  public static final Ageing NONE = new Ageing(List.of());

  /** After this wait it is this much, 0 to 1,000. */
  public record Point(Duration after, int add) {}

  public Ageing {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point point = points.get(i);
      if (point.after().compareTo(before.after()) <= 0 || point.add() < before.add()) {
        throw new IllegalArgumentException(
            "must grow: "
                + point.after()
                + " must come after "
                + before.after()
                + ", and "
                + point.add()
                + " must not be below "
                + before.add());
      }
    }
  }

  /** What this wait adds. */
  public double after(Duration waited) {
    if (points.isEmpty() || waited.compareTo(points.get(0).after()) < 0) {
      return 0;
    }
    for (int i = 1; i < points.size(); i++) {
      Point to = points.get(i);
      if (waited.compareTo(to.after()) < 0) {
        Point from = points.get(i - 1);
        double share =
            (double) waited.minus(from.after()).toMillis()
                / to.after().minus(from.after()).toMillis();
        return from.add() + share * (to.add() - from.add());
      }
    }
    return points.get(points.size() - 1).add();
  }
}
