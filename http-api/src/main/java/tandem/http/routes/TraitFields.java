package tandem.http.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tandem.http.json.Fields;
import tandem.router.domain.Attributes;
import tandem.router.domain.Traits;

/** Reads what plans decide by: {@code skills}, {@code languages}, {@code teams}, attributes. */
final class TraitFields {
  private TraitFields() {}

  /** The traits in the fields; of what is not given, those before. */
  static Traits traits(Fields fields, Traits before) {
    Optional<SortedMap<String, Integer>> skills =
        fields
            .members("skills", TraitFields::level)
            .filter(given -> fits(fields, "skills", given.keySet(), Traits.MOST));
    Optional<List<String>> languages = names(fields, "languages", TraitFields::language);
    Optional<List<String>> teams = names(fields, "teams", TraitFields::team);
    Optional<Attributes> attributes = attributes(fields);
    return Traits.of(
        skills.orElse(before.skills()),
        languages.isPresent() ? languages.get() : before.languages(),
        teams.isPresent() ? teams.get() : before.teams(),
        attributes.orElse(before.attributes()));
  }

  /** The field {@code attributes}; empty when it is not given, or wrong. */
  static Optional<Attributes> attributes(Fields fields) {
    return fields
        .members("attributes", TraitFields::attribute)
        .filter(given -> fits(fields, "attributes", given.keySet(), Attributes.MOST))
        .map(Attributes::of);
  }

  private static Optional<List<String>> names(
      Fields fields, String field, UnaryOperator<String> make) {
    return fields
        .texts(field, make)
        .filter(given -> fits(fields, field, given, Traits.MOST))
        .filter(
            given -> {
              boolean twice = given.stream().distinct().count() < given.size();
              if (twice) {
                fields.error(field, "must not name one twice");
              }
              return !twice;
            });
  }

  private static boolean fits(Fields fields, String field, Collection<?> given, int most) {
    if (given.size() > most) {
      fields.error(field, "must be at most " + most + ", got " + given.size());
    }
    return given.size() <= most;
  }

  private static int level(String name, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new IllegalArgumentException("must be a whole number, got " + Fields.shown(node));
    }
    return told(() -> Traits.of(Map.of(name, node.intValue()), null, null, null)).skill(name);
  }

  private static String language(String tag) {
    return Traits.of(null, List.of(tag), null, null).languages().first();
  }

  private static String team(String name) {
    return Traits.of(null, null, List.of(name), null).teams().first();
  }

  private static Object attribute(String name, JsonNode node) {
    Object value = plain(node);
    return told(() -> Attributes.of(Map.of(name, value))).values().getOrDefault(name, value);
  }

  private static Object plain(JsonNode node) {
    if (node.isTextual()) {
      return Fields.plain(node.textValue());
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    } else if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
      return node.doubleValue();
    } else if (node.isNumber()) {
      throw new IllegalArgumentException("is too large a number");
    }
    throw new IllegalArgumentException(
        "must be a text, a number, or true or false, got " + Fields.kindOf(node));
  }

  /** The domain's messages say first which skill or attribute it is, as the field does already. */
  private static <T> T told(Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(": ");
      throw new IllegalArgumentException(colon < 0 ? message : message.substring(colon + 2), e);
    }
  }
}
