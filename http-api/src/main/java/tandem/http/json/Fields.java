package tandem.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
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
  private final String prefix;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Fields> inner = new ArrayList<>();
  private final List<FieldError> errors;

  public Fields(ObjectNode object) {
    this(object, "", new ArrayList<>());
  }

  private Fields(ObjectNode object, String prefix, List<FieldError> errors) {
    this.object = object;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** Whether a field is there, right or wrong; null is not. */
  public boolean has(String name) {
    return value(name).isPresent();
  }

  /**
   * An object with fields of its own, which are called {@code name.field}. What is wrong with them
   * is gathered here, and {@link #finish} of the outermost tells it.
   */
  public Optional<Fields> object(String name) {
    return value(name)
        .flatMap(
            node -> {
              if (node instanceof ObjectNode found) {
                Fields fields = new Fields(found, prefix + name + '.', errors);
                inner.add(fields);
                return Optional.of(fields);
              }
              return wrong(name, "must be an object, got " + kindOf(node));
            });
  }

  /** A text as it stands, of any length, with lines and tabs. */
  public Optional<String> document(String name) {
    return value(name)
        .flatMap(
            node ->
                node.isTextual()
                    ? Optional.of(node.textValue())
                    : wrong(name, "must be a text, got " + kindOf(node)));
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
              return made(name, () -> make.apply(plain(text)));
            });
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) {
    return value(name)
        .flatMap(
            node ->
                node.isBoolean()
                    ? Optional.of(node.booleanValue())
                    : wrong(name, "must be true or false, got " + shown(node)));
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

  /** A whole number of up to 18 digits, made into something. */
  public <T> Optional<T> whole(String name, Function<Long, T> make) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                return wrong(name, "must be a whole number, got " + shown(node));
              }
              return made(name, () -> make.apply(node.longValue()));
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
                  error(item, "must be a text, got " + kindOf(element));
                }
              }
              return errors.size() == before ? Optional.of(made) : Optional.empty();
            });
  }

  /**
   * An object whose members' names are free, each made into something; an {@link
   * IllegalArgumentException} of that is the member's, which is called {@code name.member}.
   */
  public <T> Optional<SortedMap<String, T>> members(
      String name, BiFunction<String, JsonNode, T> make) {
    return value(name)
        .flatMap(
            node -> {
              if (!node.isObject()) {
                return wrong(name, "must be an object, got " + kindOf(node));
              }
              SortedMap<String, T> made = new TreeMap<>();
              int before = errors.size();
              for (Map.Entry<String, JsonNode> member : node.properties()) {
                String key = member.getKey();
                this.<T>made(name + '.' + cut(key), () -> make.apply(key, member.getValue()))
                    .ifPresent(value -> made.put(key, value));
              }
              return errors.size() == before ? Optional.of(made) : Optional.empty();
            });
  }

  /** Notes that a field must be there. */
  public Fields required(String... names) {
    for (String name : names) {
      if (value(name).isEmpty() && !object.path(name).isNull()) {
        error(name, "is required");
      } else if (object.path(name).isNull()) {
        error(name, "is required, got null");
      }
    }
    return this;
  }

  /** Notes something that is wrong beyond one field's form. */
  public void error(String name, String message) {
    errors.add(new FieldError(prefix + name, message));
  }

  /**
   * Everything was asked for.
   *
   * @throws ProblemException 400 with everything wrong, if anything is
   */
  public void finish() {
    unknown();
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.fields(errors));
    }
  }

  private void unknown() {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        error(
            cut(name),
            known.isEmpty()
                ? "is unknown; no fields are taken here"
                : "is unknown; known are " + String.join(", ", known));
      }
    }
    inner.forEach(Fields::unknown);
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
    error(name, message);
    return Optional.empty();
  }

  /** The domain's errors begin with the field's name, which is said already. */
  public static String reason(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    boolean named = colon > 0 && message.substring(0, colon).chars().allMatch(Character::isLetter);
    return cut(named ? message.substring(colon + 2) : message, 400);
  }

  /**
   * The text, when it is one that can be kept and shown.
   *
   * @throws IllegalArgumentException when it has control characters, or half of a character, which
   *     no UTF-8 can hold
   */
  public static String plain(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must not contain control characters");
    } else if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw new IllegalArgumentException("must not contain half a character (a lone surrogate)");
    }
    return text;
  }

  /** What a value is, for a message that says what it must be instead. */
  public static String kindOf(JsonNode node) {
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

  /** A value as a message shows it: a number itself, of others what they are. */
  public static String shown(JsonNode node) {
    return node.isNumber() ? cut(node.asText()) : kindOf(node);
  }

  private static String cut(String text) {
    return cut(text, MAX_ECHO);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
