package tandem.router.plan.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.Names;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.simulate.Staffing;

/**
 * Agents as CSV: a row an agent, or a row a shift where an agent has several; then what else the
 * rows say of it must be the same. Columns by name in any order.
 *
 * <ul>
 *   <li>{@code agent}: its name; needed
 *   <li>{@code queues}, {@code teams}, {@code languages}: names between semicolons
 *   <li>{@code skills}: {@code billing=5;spanish=3}
 *   <li>{@code capacity}: calls at once, 1 to 10; 1 when empty
 *   <li>{@code answer}: how long its phone rings; 2 to 8 s by chance when empty
 *   <li>{@code noanswer}: share of offers it does not answer, 0 to 1; 0 when empty
 *   <li>{@code from}, {@code to}: when it is ready; all the time when both are empty
 *   <li>{@code attr.x}: the agent's attribute x
 * </ul>
 */
public final class StaffingCsv {
  private static final String ATTRIBUTE = "attr.";
  private static final CsvRows.Columns COLUMNS =
      new CsvRows.Columns(
          List.of("agent"),
          List.of(
              "queues",
              "skills",
              "teams",
              "languages",
              "capacity",
              "answer",
              "noanswer",
              "from",
              "to",
              "attr.<name>"),
          name -> name.startsWith(ATTRIBUTE) && !name.equals("attr.<name>"));

  private final TenantId tenant;
  private final CsvProblems problems = new CsvProblems();
  private final Map<String, Staffing.Member> members = new LinkedHashMap<>();

  private StaffingCsv(TenantId tenant) {
    this.tenant = tenant;
  }

  /**
   * What came of reading agents.
   *
   * @param staffing null when there are problems
   * @param problems in the order of the file, at most {@link CsvProblem#MOST} and one more that
   *     counts the rest
   */
  public record Reading(@Nullable Staffing staffing, List<CsvProblem> problems) {
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a file's text. Never throws on what stands there. */
  public static Reading read(TenantId tenant, String text) {
    return new StaffingCsv(tenant).readAll(text);
  }

  private Reading readAll(String text) {
    CsvRows.read(text, COLUMNS, problems, this::row);
    return problems.any()
        ? new Reading(null, problems.all())
        : new Reading(Staffing.of(List.copyOf(members.values())), List.of());
  }

  private boolean row(CsvRows.Row row) {
    String name = row.need("agent", text -> Names.name("agent", text));
    if (name == null) {
      return true;
    }
    if (members.size() == Staffing.MOST && !members.containsKey(name)) {
      problems.add(row.line, 1, "at most " + Staffing.MOST + " agents");
      return false;
    }
    try {
      Staffing.Member member = member(row, name);
      Staffing.Member before = members.get(name);
      members.put(name, before == null ? member : both(before, member));
    } catch (IllegalArgumentException e) {
      row.wrong("agent", e);
    }
    return true;
  }

  private Staffing.Member member(CsvRows.Row row, String name) {
    Integer capacity = row.get("capacity", CsvValues::whole);
    Duration answer = row.get("answer", CsvValues::duration);
    Double noAnswer = row.get("noanswer", CsvValues::share);
    return new Staffing.Member(
        new AgentId(tenant, name),
        Traits.of(
            skills(row),
            set(row, "language", "languages"),
            set(row, "team", "teams"),
            attributes(row)),
        set(row, "queue", "queues"),
        capacity == null ? 1 : capacity,
        answer,
        noAnswer == null ? 0 : noAnswer,
        shifts(row));
  }

  private static Staffing.Member both(Staffing.Member one, Staffing.Member other) {
    List<Staffing.Shift> shifts = new ArrayList<>(one.shifts());
    shifts.addAll(other.shifts());
    Staffing.Member both =
        new Staffing.Member(
            one.id(),
            one.traits(),
            one.queues(),
            one.capacity(),
            one.answerDelay(),
            one.noAnswer(),
            shifts);
    Staffing.Member same =
        new Staffing.Member(
            other.id(),
            other.traits(),
            other.queues(),
            other.capacity(),
            other.answerDelay(),
            other.noAnswer(),
            shifts);
    if (one.shifts().isEmpty() || other.shifts().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + one.id().name() + "' comes twice, and not with a shift each time");
    } else if (!both.equals(same)) {
      throw new IllegalArgumentException(
          "'" + one.id().name() + "' comes twice, and not with the same queues and traits");
    }
    return both;
  }

  private static Set<String> set(CsvRows.Row row, String one, String column) {
    Set<String> names =
        row.get(
            column,
            text ->
                CsvValues.list(text).stream()
                    .map(name -> Names.name(one, name))
                    .collect(Collectors.toCollection(TreeSet::new)));
    return names == null ? Set.of() : names;
  }

  private static Map<String, Integer> skills(CsvRows.Row row) {
    Map<String, Integer> levels = row.get("skills", StaffingCsv::levels);
    return levels == null ? Map.of() : levels;
  }

  private static Map<String, Integer> levels(String text) {
    Map<String, Integer> levels = new TreeMap<>();
    for (String part : CsvValues.list(text)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "must be such as billing=5;spanish=3, got '" + text + "'");
      }
      String name = part.substring(0, equals).strip();
      if (levels.put(name, CsvValues.whole(part.substring(equals + 1).strip())) != null) {
        throw new IllegalArgumentException("'" + name + "' comes twice");
      }
    }
    return Traits.of(levels, null, null, null).skills();
  }

  private static Attributes attributes(CsvRows.Row row) {
    Map<String, Object> values = new TreeMap<>();
    for (String column : row.columns()) {
      if (column.startsWith(ATTRIBUTE)) {
        Object value = row.get(column, CsvValues::attribute);
        if (value != null) {
          values.put(column.substring(ATTRIBUTE.length()), value);
        }
      }
    }
    return Attributes.of(values);
  }

  private static List<Staffing.Shift> shifts(CsvRows.Row row) {
    Instant from = row.get("from", CsvValues::instant);
    Instant to = row.get("to", CsvValues::instant);
    if (row.has("from") != row.has("to")) {
      row.wrong(row.has("from") ? "to" : "from", "must not be empty: a shift has both");
    }
    return from == null || to == null ? List.of() : List.of(new Staffing.Shift(from, to));
  }
}
