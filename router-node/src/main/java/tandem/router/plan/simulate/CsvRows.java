package tandem.router.plan.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) with a header row, a row at a time. Empty lines are passed over, and blanks
 * around values do not count.
 */
final class CsvRows {
  private static final CsvFactory FACTORY =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Which columns a file may and must have. */
  record Columns(List<String> required, List<String> optional, Predicate<String> others) {
    boolean knows(String name) {
      return required.contains(name) || optional.contains(name) || others.test(name);
    }
  }

  private record Cell(String text, int line, int column) {}

  private final CsvProblems problems;
  private final CsvParser parser;
  private List<String> header = List.of();

  private CsvRows(String text, CsvProblems problems) throws IOException {
    this.problems = problems;
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    this.parser = FACTORY.createParser(new StringReader(marked ? text.substring(1) : text));
    parser.setSchema(CsvSchema.emptySchema());
  }

  /** One row; what is wrong with a value is noted and the value counts as missing. */
  static final class Row {
    private final CsvProblems problems;
    private final Map<String, Cell> cells;
    final int line;

    private Row(CsvProblems problems, Map<String, Cell> cells, int line) {
      this.problems = problems;
      this.cells = cells;
      this.line = line;
    }

    /** The value as {@code read} makes it; null when it is empty, missing or wrong. */
    <T> @Nullable T get(String column, Function<String, T> read) {
      Cell cell = cells.get(column);
      if (cell == null || cell.text().isEmpty()) {
        return null;
      }
      try {
        return read.apply(cell.text());
      } catch (IllegalArgumentException e) {
        problems.add(cell.line(), cell.column(), named(column, e.getMessage()));
        return null;
      }
    }

    /** As {@link #get}, and it is wrong to leave it empty. */
    <T> @Nullable T need(String column, Function<String, T> read) {
      if (has(column)) {
        return get(column, read);
      }
      wrong(column, "must not be empty");
      return null;
    }

    boolean has(String column) {
      Cell cell = cells.get(column);
      return cell != null && !cell.text().isEmpty();
    }

    /** Something is wrong with a value, or with the row where there is no such column. */
    void wrong(String column, String message) {
      Cell cell = cells.get(column);
      problems.add(
          cell == null ? line : cell.line(),
          cell == null ? 1 : cell.column(),
          named(column, message));
    }

    /** As {@link #wrong(String, String)}; of the column that the message names, where it does. */
    void wrong(String column, IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(": ");
      boolean names = colon > 0 && cells.containsKey(message.substring(0, colon));
      wrong(
          names ? message.substring(0, colon) : column,
          names ? message.substring(colon + 2) : message);
    }

    Set<String> columns() {
      return cells.keySet();
    }

    /** Names the column unless the message does. */
    private static String named(String column, @Nullable String message) {
      return message != null && message.startsWith(column + ":")
          ? message
          : column + ": " + message;
    }
  }

  /** Hears of each row; false to stop. */
  interface Reader {
    boolean row(Row row);
  }

  /** Reads all rows that have as many values as the header. */
  static void read(String text, Columns columns, CsvProblems problems, Reader reader) {
    try {
      CsvRows rows = new CsvRows(text, problems);
      try {
        rows.all(columns, reader);
      } catch (JsonProcessingException e) {
        problems.add(
            e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
            e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr()),
            e.getOriginalMessage().toLowerCase(Locale.ROOT));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
  }

  private void all(Columns columns, Reader reader) throws IOException {
    JsonToken begin = parser.nextToken();
    if (begin == null) {
      problems.add(1, 1, "is empty; the first line must name the columns");
      return;
    }
    Optional<List<Cell>> first = next();
    if (first.isEmpty()) {
      problems.add(1, 1, "is empty; the first line must name the columns");
      return;
    }
    header(first.get(), columns);
    if (problems.any()) {
      return;
    }
    for (Optional<List<Cell>> cells = next(); cells.isPresent(); cells = next()) {
      List<Cell> row = cells.get();
      int line = row.get(0).line();
      if (row.size() != header.size()) {
        problems.add(
            line, 1, "must have " + header.size() + " values as the header has, got " + row.size());
        continue;
      }
      Map<String, Cell> byName = new TreeMap<>();
      for (int i = 0; i < header.size(); i++) {
        byName.put(header.get(i), row.get(i));
      }
      if (!reader.row(new Row(problems, byName, line))) {
        return;
      }
    }
  }

  private void header(List<Cell> cells, Columns columns) {
    Set<String> seen = new HashSet<>();
    for (Cell cell : cells) {
      if (!columns.knows(cell.text())) {
        problems.add(
            cell.line(),
            cell.column(),
            "there is no column '" + cell.text() + "'; there are " + names(columns));
      } else if (!seen.add(cell.text())) {
        problems.add(cell.line(), cell.column(), "the column '" + cell.text() + "' comes twice");
      }
    }
    for (String name : columns.required()) {
      if (!seen.contains(name)) {
        problems.add(1, 1, "the column '" + name + "' is missing");
      }
    }
    header = cells.stream().map(Cell::text).toList();
  }

  private static String names(Columns columns) {
    List<String> names = new ArrayList<>(columns.required());
    names.addAll(columns.optional());
    return String.join(", ", names);
  }

  /** The next row that is not an empty line; empty after the last. */
  private Optional<List<Cell>> next() throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token != JsonToken.START_ARRAY) {
        continue;
      }
      List<Cell> cells = new ArrayList<>();
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        cells.add(
            new Cell(
                parser.getText().strip(),
                parser.currentTokenLocation().getLineNr(),
                Math.max(1, parser.currentTokenLocation().getColumnNr())));
      }
      if (cells.size() > 1 || (cells.size() == 1 && !cells.get(0).text().isEmpty())) {
        return Optional.of(cells);
      }
    }
    return Optional.empty();
  }
}
