package tandem.router.domain.expr;

import dev.cel.common.CelErrorCode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.OptionalType;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns CEL's messages into ones for people who write rules; what it does not know stays. */
final class Messages {
  static final String OF_HAS = "has(…) asks for what a map holds, such as call.attributes.vip";
  static final String TOO_DEEP =
      "nested too deeply: at most " + ExpressionLimits.DEEPEST + " levels";

  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.+?)' applied to '\\((.*?)\\)' \\(candidates: .*\\)");
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '(.*)' \\(in container '.*'\\)");
  private static final Pattern EXPECTING = Pattern.compile("(.+?) expecting .*", Pattern.DOTALL);
  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "(?:extraneous input|mismatched input|token recognition error at:|no viable alternative"
              + " at input) '(.*)'",
          Pattern.DOTALL);
  private static final Pattern AT_RUN_TIME =
      Pattern.compile("^evaluation error(?: at [^:]*:\\d+)?: ");
  private static final Pattern NO_KEY = Pattern.compile("key '(.*)' is not present in map\\.?");
  private static final Pattern NO_VARIABLE = Pattern.compile("No such attribute\\(s\\): (.*)");
  private static final Pattern NO_OVERLOAD =
      Pattern.compile("No matching overload for function '(.*?)'.*", Pattern.DOTALL);
  private static final Pattern NO_BOOLEAN =
      Pattern.compile("Expected boolean value, found: ?(.*)", Pattern.DOTALL);
  private static final Pattern PATTERN_SIZE = Pattern.compile(".*Provided: (\\d+)");
  private static final String NO_LIST = "Unexpected iter_range type";
  private static final String NO_NUMBER = "For input string: ";
  private static final String END = "<EOF>";
  private static final String OPTIONAL = "what may be absent; orValue(…) says what it is then";
  private static final int LONGEST = 200;

  private Messages() {}

  /** Of a name or function that only other scopes have. */
  static String notHere(String name, Language language) {
    String subject =
        switch (name) {
          case "agent" -> "agents are";
          case "call" -> "the call is";
          case "queue" -> "the queue is";
          case "now" -> "the time is";
          case CallFields.DIGITS -> "what was keyed in is";
          default -> name + "(…) is";
        };
    return subject + " not known here; known are " + known(language);
  }

  private static String known(Language language) {
    return Stream.concat(
            language.fields().keySet().stream(),
            language.functions().stream().map(function -> function + "(…)"))
        .collect(Collectors.joining(", "));
  }

  /** As authors know it: {@code string}, {@code list(string)}. */
  static String type(CelType type) {
    return type instanceof OptionalType ? OPTIONAL : brief(CelTypes.format(type));
  }

  /** The type of a value, in the same words. */
  static String kind(@Nullable Object value) {
    if (value instanceof String) {
      return "string";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof Long) {
      return "int";
    } else if (value instanceof Double) {
      return "double";
    } else if (value instanceof Map) {
      return "map";
    } else if (value instanceof List) {
      return "list";
    } else if (value instanceof Instant) {
      return "timestamp";
    } else if (value instanceof Duration) {
      return "duration";
    } else if (value instanceof Optional) {
      return OPTIONAL;
    }
    return value == null ? "nothing" : value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Why a good expression could not be evaluated. */
  static String evaluation(CelEvaluationException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "no reason given");
    String text = AT_RUN_TIME.matcher(message).replaceFirst("");
    Matcher m = NO_KEY.matcher(text);
    if (m.matches()) {
      return "no such key: " + m.group(1);
    }
    m = NO_VARIABLE.matcher(text);
    if (m.matches()) {
      return m.group(1) + " is not known";
    }
    m = NO_OVERLOAD.matcher(text);
    if (m.matches()) {
      return operator(m.group(1)) + " cannot be applied to what it is given";
    }
    m = NO_BOOLEAN.matcher(text);
    if (m.matches()) {
      return "must be true or false: " + brief(m.group(1));
    }
    return other(e.getErrorCode(), brief(text));
  }

  private static String other(CelErrorCode code, String text) {
    if (code == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
      return "no such key: " + text;
    } else if (text.startsWith(NO_LIST)) {
      return "only lists and maps can be looked through";
    } else if (text.startsWith(NO_NUMBER)) {
      return "no number: " + text.substring(NO_NUMBER.length());
    }
    return text.equals("/ by zero") ? "division by zero" : text;
  }

  /** What is wrong with a pattern, from the same source. */
  static String pattern(String evaluation) {
    Matcher m = PATTERN_SIZE.matcher(evaluation);
    return m.matches()
        ? "the pattern is too large: at most "
            + ExpressionLimits.LARGEST_PATTERN
            + " instructions, got "
            + m.group(1)
        : evaluation.replace("error parsing regexp: ", "no good pattern: ");
  }

  /** What the type checker has found. */
  static String checker(String message, boolean call) {
    Matcher m = OVERLOAD.matcher(message);
    if (m.matches()) {
      return operator(m.group(1)) + " cannot be applied to (" + brief(m.group(2)) + ")";
    }
    m = UNDECLARED.matcher(message);
    return m.matches()
        ? (call ? "unknown function '" : "unknown name '") + brief(m.group(1)) + "'"
        : brief(message);
  }

  /** What the parser has found. */
  static String parser(String message) {
    if (message.startsWith("Expression recursion limit")) {
      return TOO_DEEP;
    } else if (message.equals("invalid argument to has() macro")) {
      return OF_HAS;
    }
    Matcher m = EXPECTING.matcher(message);
    String text = m.matches() ? m.group(1) : message;
    m = UNEXPECTED.matcher(text);
    if (!m.matches()) {
      return brief(text.replace('\'' + END + '\'', "the end"));
    }
    String found = brief(m.group(1).strip());
    if (found.equals(END)) {
      return "unexpected end";
    } else if (found.equals("=")) {
      return "unexpected '='; equality is ==";
    }
    return found.startsWith("'") || found.startsWith("\"")
        ? "unexpected " + found
        : "unexpected '" + found + "'";
  }

  private static String brief(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + '…';
  }

  /** {@code _>=_} is {@code >=}; a function keeps its name. */
  private static String operator(String function) {
    return switch (function) {
      case "_?_:_" -> "? :";
      case "_[_]", "_[?_]" -> "[ ]";
      case "@in" -> "in";
      default -> function.startsWith("_") || function.endsWith("_") ? symbol(function) : function;
    };
  }

  private static String symbol(String function) {
    String symbol = function.replace("_", "");
    return symbol.isEmpty() ? function : symbol;
  }
}
