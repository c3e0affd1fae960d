package tandem.router.plan.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.Names;
import tandem.router.domain.simulate.Arrival;
import tandem.router.domain.simulate.Recorded;
import tandem.router.domain.simulate.Recorded.Outcome;
import tandem.router.domain.simulate.Traffic;

/**
 * Calls as CSV: a row a call, columns by name in any order.
 *
 * <ul>
 *   <li>{@code at}: when it came; needed, as {@code to} is
 *   <li>{@code from}, {@code to}: the caller's number, the number that was called
 *   <li>{@code patience}, {@code handle}: of the caller, and how long an agent talks; empty when
 *       not known
 *   <li>{@code queue}, {@code wait}, {@code outcome} ({@code answered}, {@code abandoned}, {@code
 *       other}), {@code talk}: what really happened; empty when not known
 *   <li>{@code id}: of its own; the line when there is no such column
 *   <li>{@code attr.x}: the call's attribute x; a number or a boolean where it reads so
 * </ul>
 */
public final class TrafficCsv {
  private static final String ATTRIBUTE = "attr.";
  private static final CsvRows.Columns COLUMNS =
      new CsvRows.Columns(
          List.of("at", "to"),
          List.of(
              "id",
              "from",
              "patience",
              "handle",
              "queue",
              "wait",
              "outcome",
              "talk",
              "attr.<name>"),
          name -> name.startsWith(ATTRIBUTE) && !name.equals("attr.<name>"));

  private final CsvProblems problems = new CsvProblems();
  private final List<Arrival> calls = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private TrafficCsv() {}

  /**
   * What came of reading calls.
   *
   * @param traffic null when there are problems
   * @param problems in the order of the file, at most {@link CsvProblem#MOST} and one more that
   *     counts the rest
   */
  public record Reading(@Nullable Traffic traffic, List<CsvProblem> problems) {
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a file's text. Never throws on what stands there. */
  public static Reading read(String text) {
    return new TrafficCsv().readAll(text);
  }

  private Reading readAll(String text) {
    CsvRows.read(text, COLUMNS, problems, this::row);
    Traffic traffic = null;
    if (!problems.any()) {
      try {
        traffic = new Traffic(calls);
      } catch (IllegalArgumentException e) {
        problems.add(1, 1, String.valueOf(e.getMessage()));
      }
    }
    return new Reading(traffic, problems.all());
  }

  private boolean row(CsvRows.Row row) {
    if (calls.size() == Traffic.MOST) {
      problems.add(row.line, 1, "at most " + Traffic.MOST + " calls");
      return false;
    }
    Instant at = row.need("at", CsvValues::instant);
    String to = row.need("to", CsvValues::text);
    String from = row.get("from", CsvValues::text);
    String named = row.get("id", CsvValues::text);
    String id = named == null ? "line-" + row.line : named;
    if (!ids.add(id)) {
      row.wrong("id", "'" + id + "' comes twice");
    }
    Duration patience = row.get("patience", CsvValues::duration);
    Duration handle = row.get("handle", CsvValues::duration);
    Attributes attributes = attributes(row);
    Recorded recorded = recorded(row).orElse(null);
    if (at != null && to != null) {
      try {
        calls.add(
            new Arrival(
                id, at, from == null ? "" : from, to, attributes, patience, handle, recorded));
      } catch (IllegalArgumentException e) {
        row.wrong("at", e);
      }
    }
    return true;
  }

  private static Attributes attributes(CsvRows.Row row) {
    Map<String, Object> values = new TreeMap<>();
    for (String column : row.columns()) {
      if (column.startsWith(ATTRIBUTE)) {
        String name = column.substring(ATTRIBUTE.length());
        Attributes one =
            row.get(column, text -> Attributes.of(Map.of(name, CsvValues.attribute(text))));
        if (one != null) {
          values.putAll(one.values());
        }
      }
    }
    if (values.size() > Attributes.MOST) {
      row.wrong("at", "a call has at most " + Attributes.MOST + " attributes");
      return Attributes.NONE;
    }
    return Attributes.of(values);
  }

  private static Optional<Recorded> recorded(CsvRows.Row row) {
    Outcome outcome = row.get("outcome", text -> CsvValues.word(Outcome.class, text));
    String queue = row.get("queue", text -> Names.name("queue", text));
    Duration waited = row.get("wait", CsvValues::duration);
    Duration talk = row.get("talk", CsvValues::duration);
    if (!row.has("outcome")) {
      for (String column : List.of("queue", "wait", "talk")) {
        if (row.has(column)) {
          row.wrong("outcome", "must not be empty where '" + column + "' is given");
          return Optional.empty();
        }
      }
      return Optional.empty();
    }
    if (waited == null && outcome != Outcome.OTHER) {
      if (!row.has("wait")) {
        row.wrong("wait", "must not be empty where the outcome is given");
      }
      return Optional.empty();
    }
    if (talk != null && outcome != Outcome.ANSWERED) {
      row.wrong("talk", "must be empty: nobody talked");
      return Optional.empty();
    }
    if (outcome == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Recorded(
              queue == null ? "" : queue, waited == null ? Duration.ZERO : waited, outcome, talk));
    } catch (IllegalArgumentException e) {
      row.wrong("at", e);
      return Optional.empty();
    }
  }
}
