package tandem.http.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Problem.FieldError;
import tandem.router.domain.Caller;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.Routing;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.Manual;
import tandem.router.plan.RoutingPlan;
import tandem.router.plan.document.PlanChange;
import tandem.router.plan.document.PlanProblem;
import tandem.router.plan.ical.HolidayImport;

/** How plans, what they do and their calendars look to clients. */
public final class PlanWire {
  private PlanWire() {}

  /**
   * One published version.
   *
   * @param from the version it repeats
   * @param current whether it is in force
   */
  public record Version(
      long version,
      String author,
      String comment,
      @Nullable Long from,
      Instant at,
      boolean current) {}

  /** A draft that was saved. */
  public record Draft(long revision, String author, Instant at, List<Found> warnings) {}

  /** Whether a document is a plan. */
  public record Validation(boolean valid, List<Found> problems) {}

  /** One thing that is wrong with a document, or looks so. */
  public record Found(String path, int line, int column, String message, String severity) {}

  /**
   * What differs between two documents.
   *
   * @param from a version's number, or {@code draft}; so is {@code to}
   */
  public record Diff(String from, String to, List<Difference> changes) {}

  public record Difference(
      String path, String kind, @Nullable String before, @Nullable String after) {}

  /**
   * What a plan does with one call.
   *
   * @param version of the plan; absent for a draft
   * @param revision of the draft; absent for a version
   * @param number the pattern that the called number matches; absent when none does, and then there
   *     is no action
   */
  public record Explanation(
      @Nullable Long version,
      @Nullable Long revision,
      Instant at,
      @Nullable String number,
      CallFields call,
      List<Rule> rules,
      List<String> announcements,
      @Nullable Map<String, Object> action) {}

  /** The caller as expressions see it, with the attributes that the rules set. */
  public record CallFields(
      String from,
      String to,
      String country,
      String region,
      String timeZone,
      Instant arrivedAt,
      SortedMap<String, Object> attributes) {}

  /**
   * A rule that was taken, or whose condition could not be told.
   *
   * @param when absent when it always holds
   * @param failed why its condition could not be told
   */
  public record Rule(
      String flow, int index, @Nullable String when, boolean taken, @Nullable String failed) {}

  /**
   * A calendar as it is now.
   *
   * @param changesAt when it opens or closes next; absent when that is not within 400 days
   * @param manual what somebody set by hand, while it counts
   */
  public record CalendarState(
      String name,
      String timeZone,
      boolean open,
      String why,
      @Nullable Instant changesAt,
      @Nullable ManualState manual) {}

  /** A calendar that somebody has opened or closed. */
  public record ManualState(String state, @Nullable Instant until) {}

  /**
   * Holidays to be put in a plan.
   *
   * @param skipped what was not taken
   * @param outside how many events have no day in the years asked for
   */
  public record Imported(List<HolidayEntry> holidays, List<Skipped> skipped, int outside) {}

  /**
   * A holiday as plans write it.
   *
   * @param date a day, days, or a rule for all years
   */
  public record HolidayEntry(String date, String name) {}

  /** An event that was not taken. */
  public record Skipped(@Nullable String uid, @Nullable String summary, String reason) {}

  /** What came of an iCalendar text. */
  public static Imported imported(HolidayImport.Result result) {
    return new Imported(
        result.holidays().stream()
            .map(holiday -> new HolidayEntry(holiday.when().text(), holiday.name()))
            .toList(),
        result.skipped().stream()
            .map(one -> new Skipped(orNull(one.uid()), orNull(one.summary()), one.reason()))
            .toList(),
        result.outside());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * A version.
   *
   * @param current the number of the one in force
   */
  public static Version version(RoutingPlan.Version version, long current) {
    return new Version(
        version.version(),
        version.author(),
        version.comment(),
        version.from(),
        version.at(),
        version.version() == current);
  }

  public static Found found(PlanProblem problem) {
    return new Found(
        problem.path(),
        problem.line(),
        problem.column(),
        problem.message(),
        Words.of(problem.severity()));
  }

  /** The problems that keep a document from being a plan. */
  public static List<FieldError> errors(List<PlanProblem> problems) {
    return problems.stream()
        .filter(problem -> problem.severity() == PlanProblem.Severity.ERROR)
        .map(p -> new FieldError(p.path(), p.line(), p.column(), p.message()))
        .toList();
  }

  public static Difference difference(PlanChange change) {
    return new Difference(change.path(), Words.of(change.kind()), change.before(), change.after());
  }

  /** The rules of a routing, with their conditions as the plan has them. */
  public static List<Rule> rules(Plan plan, List<Routing.Taken> taken) {
    List<Rule> rules = new ArrayList<>();
    for (Routing.Taken one : taken) {
      Plan.Flow flow = plan.flows().get(one.flow());
      String when = flow == null ? "" : flow.rules().get(one.rule()).when();
      rules.add(
          new Rule(
              one.flow(),
              one.rule(),
              when.isEmpty() ? null : when,
              one.failed() == null,
              one.failed()));
    }
    return rules;
  }

  public static CallFields call(Caller caller) {
    return new CallFields(
        caller.from(),
        caller.to(),
        caller.country(),
        caller.region(),
        caller.timeZone(),
        caller.arrivedAt(),
        caller.attributes().values());
  }

  /** A calendar at a moment. */
  public static CalendarState calendar(
      String name, Calendar calendar, @Nullable Manual manual, Instant now) {
    var reading = calendar.state(now, manual);
    ManualState shown =
        manual == null || !manual.counts(now)
            ? null
            : new ManualState(manual.open() ? "open" : "closed", manual.until());
    return new CalendarState(
        name,
        calendar.zone().getId(),
        reading.open(),
        reading.text(),
        calendar.nextChange(now, manual),
        shown);
  }
}
