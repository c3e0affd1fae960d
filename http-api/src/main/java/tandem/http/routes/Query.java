package tandem.http.routes;

import akka.http.javadsl.model.Uri;
import akka.japi.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.Problem.FieldError;
import tandem.http.json.ProblemException;

/**
 * Reads the parameters after the question mark and gathers everything that is wrong with them. A
 * parameter given twice or not asked for is an error.
 */
public final class Query {
  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  private final Map<String, String> given = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  private Query() {}

  static Query of(Uri uri) {
    Query query = new Query();
    for (Pair<String, String> parameter : uri.query(StandardCharsets.UTF_8, Uri.RELAXED).toList()) {
      if (query.given.put(parameter.first(), parameter.second()) != null) {
        query.errors.add(new FieldError(parameter.first(), "is given twice"));
      }
    }
    return query;
  }

  /**
   * A text, made into something; an {@link IllegalArgumentException} of that is the parameter's.
   */
  public <T> Optional<T> text(String name, Function<String, T> make) {
    known.add(name);
    String value = given.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(make.apply(value));
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError(name, Fields.reason(e)));
      return Optional.empty();
    }
  }

  int integer(String name, int least, int most, int otherwise) {
    return text(
            name,
            text -> {
              String range = "must be a whole number from " + least + " to " + most;
              if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException(range + ", got '" + text + "'");
              }
              int value = Integer.parseInt(text);
              if (value < least || value > most) {
                throw new IllegalArgumentException(range + ", got " + value);
              }
              return value;
            })
        .orElse(otherwise);
  }

  Optional<Instant> instant(String name) {
    return text(name, Query::instantOf);
  }

  /** Reads an instant; an {@link IllegalArgumentException} says how one is written. */
  static Instant instantOf(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "must be an instant such as 2026-11-20T09:30:00Z, got '" + text + "'", e);
    }
  }

  /**
   * Reads an instant that calendars are asked about.
   *
   * @throws IllegalArgumentException also when it is not within 1900 to 2199
   */
  static Instant momentOf(String text) {
    Instant instant = instantOf(text);
    if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
      throw new IllegalArgumentException("must be within the years 1900 to 2199, got " + instant);
    }
    return instant;
  }

  /**
   * Everything was asked for.
   *
   * @throws ProblemException 400 with everything wrong, if anything is
   */
  public void finish() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        errors.add(
            new FieldError(
                name,
                known.isEmpty()
                    ? "is unknown; no parameters are taken here"
                    : "is unknown; known are " + String.join(", ", known)));
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.fields(errors));
    }
  }
}
