package tandem.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tandem.http.json.Problem.FieldError;

/**
 * Reads the fields of one object and gathers everything that is wrong with them, so that a client
 * hears of all of it at once. Nothing is coerced: {@code "1"} is no number. What was not asked for
 * is unknown, and an error in {@link #finish}.
 */
public final class Fields {
  private static final int MAX_ECHO = 80;

  private final ObjectNode object;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  public Fields(ObjectNode object) {
    this.object = object;
  }

  /** A text, made into something; an {@link IllegalArgumentException} of that is the field's. */
  public <T> Optional<T> text(String name, Function<String, T> make) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isTextual()) {
                return wrong(name, "must be a text, got " + kindOf(node));
              }
              String text = node.textValue();
              if (text.chars().anyMatch(Character::isISOControl)) {
                return wrong(name, "must not contain control characters");
              }
              return made(name, () -> make.apply(text));
            });
  }

  /** A whole number, made into something. */
  public <T> Optional<T> integer(String name, Function<Integer, T> make) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                return wrong(name, "must be a whole number, got " + shown(node));
              }
              return made(name, () -> make.apply(node.intValue()));
            });
  }

  /** A list of texts, each made into something; an error names the place in the list. */
  public <T> Optional<List<T>> texts(String name, Function<String, T> make) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isArray()) {
                return wrong(name, "must be a list of texts, got " + kindOf(node));
              }
              List<T> made = new ArrayList<>();
              int before = errors.size();
              for (int i = 0; i < node.size(); i++) {
                String item = name + '[' + i + ']';
                JsonNode element = node.get(i);
                if (element.isTextual()) {
                  String text = element.textValue();
                  this.<T>made(item, () -> make.apply(text)).ifPresent(made::add);
                } else {
                  errors.add(new FieldError(item, "must be a text, got " + kindOf(element)));
                }
              }
              return errors.size() == before ? Optional.of(made) : Optional.empty();
            });
  }

  /** Notes that a field must be there. */
  public Fields required(String... names) {
    for (String name : names) {
      if (value(name).isEmpty() && !object.path(name).isNull()) {
        errors.add(new FieldError(name, "is required"));
      } else if (object.path(name).isNull()) {
        errors.add(new FieldError(name, "is required, got null"));
      }
    }
    return this;
  }

  /** Notes something that is wrong beyond one field's form. */
  public void error(String name, String message) {
    errors.add(new FieldError(name, message));
  }

  /**
   * Everything was asked for.
   *
   * @throws ProblemException 400 with everything wrong, if anything is
   */
  public void finish() {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        errors.add(new FieldError(cut(name), "is unknown; known are " + String.join(", ", known)));
      }
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.fields(errors));
    }
  }

  private Optional<JsonNode> value(String name) {
    known.add(name);
    JsonNode node = object.get(name);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private <T> Optional<T> made(String name, java.util.function.Supplier<T> make) {
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException e) {
      return wrong(name, reason(e));
    }
  }

  private <T> Optional<T> wrong(String name, String message) {
    errors.add(new FieldError(name, message));
    return Optional.empty();
  }

  /** The domain's errors begin with the field's name, which is said already. */
  public static String reason(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    boolean named = colon > 0 && message.substring(0, colon).chars().allMatch(Character::isLetter);
    return cut(named ? message.substring(colon + 2) : message, 400);
  }

  static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case MISSING -> "nothing";
      default -> "null";
    };
  }

  private static String shown(JsonNode node) {
    return node.isNumber() ? cut(node.asText()) : kindOf(node);
  }

  private static String cut(String text) {
    return cut(text, MAX_ECHO);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
