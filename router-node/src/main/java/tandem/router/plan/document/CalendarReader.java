package tandem.router.plan.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.DayRule;
import tandem.router.domain.time.Holiday;
import tandem.router.domain.time.Span;
import tandem.router.domain.time.WeeklyHours;

/** Reads calendars and the sets of holidays they share. */
final class CalendarReader {
  private final Problems problems;
  private final Values values;
  private final References references;
  private final Map<String, List<Holiday>> sets = new HashMap<>();

  CalendarReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.references = workshop.references();
  }

  Map<String, Calendar> read(Fields root) {
    root.named("holidays", PlanLimits.CALENDARS)
        .forEach(
            (name, member) -> {
              name("holidays", name, member);
              List<Holiday> set = new ArrayList<>();
              for (Tree item : values.items(member.value(), 0, PlanLimits.HOLIDAYS)) {
                holiday(item, set);
              }
              sets.put(name, set);
            });
    Map<String, Calendar> calendars = new TreeMap<>();
    root.named("calendars", PlanLimits.CALENDARS)
        .forEach(
            (name, member) -> {
              name("calendar", name, member);
              Calendar calendar = calendar(member.value());
              if (calendar != null) {
                calendars.put(name, calendar);
              }
            });
    return calendars;
  }

  private void name(String what, String name, Tree.Member member) {
    try {
      Names.name(what, name);
    } catch (IllegalArgumentException e) {
      problems.error(member.name(), Words.reason(e));
    }
  }

  private @Nullable Calendar calendar(Tree tree) {
    Fields fields = Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    ZoneId zone = values.text(fields.need("timeZone"), Calendar::zone);
    WeeklyHours hours = hours(fields.need("hours"));
    List<Holiday> holidays = holidays(fields.get("holidays"));
    fields.finish();
    return zone == null ? null : new Calendar(zone, hours, holidays);
  }

  private WeeklyHours hours(@Nullable Tree tree) {
    if (!(tree instanceof Tree.Obj week)) {
      if (tree != null) {
        problems.error(tree.place(), "must be an object such as {\"mon-fri\": [\"09:00-17:30\"]}");
      }
      return WeeklyHours.NONE;
    }
    Map<String, List<String>> texts = new LinkedHashMap<>();
    week.members().forEach((days, member) -> texts.put(days, texts(member.value())));
    return WeeklyHours.parse(
        texts,
        fault -> {
          Tree.Member days = week.members().get(fault.key());
          if (days != null) {
            problems.error(
                fault.index() < 0 ? days.name() : item(days.value(), fault.index()),
                Words.reason(fault.message()));
          }
        });
  }

  /** Spans; none when something else is among them. */
  private List<String> texts(@Nullable Tree tree) {
    int before = problems.errors();
    List<String> texts = new ArrayList<>();
    for (Tree item : values.items(tree, 0, PlanLimits.SPANS)) {
      String text = values.text(item, span -> span);
      if (text != null) {
        texts.add(text);
      }
    }
    return problems.errors() == before ? texts : List.of();
  }

  private static Tree.Place item(Tree tree, int index) {
    return tree instanceof Tree.Arr list ? list.items().get(index).place() : tree.place();
  }

  private List<Holiday> holidays(@Nullable Tree tree) {
    List<Holiday> holidays = new ArrayList<>();
    for (Tree item : values.items(tree, 0, PlanLimits.HOLIDAYS)) {
      if (item instanceof Tree.Text) {
        String set = references.defined(item, "set of holidays", "holidays");
        holidays.addAll(set == null ? List.of() : sets.getOrDefault(set, List.of()));
      } else if (item instanceof Tree.Obj) {
        holiday(item, holidays);
      } else {
        problems.error(
            item.place(), "must be a holiday or the name of a set of holidays, got " + item.kind());
      }
    }
    if (tree != null && holidays.size() > PlanLimits.HOLIDAYS) {
      problems.error(
          tree.place(),
          "a calendar has at most "
              + PlanLimits.HOLIDAYS
              + (" holidays, with those of its sets, got " + holidays.size()));
    }
    return holidays;
  }

  private void holiday(Tree tree, List<Holiday> holidays) {
    Fields fields = Fields.of(tree, problems);
    if (fields == null) {
      return;
    }
    DayRule when = values.text(fields.need("date"), DayRule::parse);
    String name = values.words(fields.need("name"), Holiday.LONGEST_NAME);
    Tree hours = fields.get("hours");
    List<Span> spans = List.of();
    if (hours != null) {
      spans =
          Span.parseAll(
              texts(hours),
              (message, index) -> problems.error(item(hours, index), Words.reason(message)));
    }
    fields.finish();
    if (when != null && name != null) {
      List<Span> open = spans;
      Holiday holiday = values.made(tree, () -> new Holiday(name, when, open));
      if (holiday != null) {
        holidays.add(holiday);
      }
    }
  }
}
