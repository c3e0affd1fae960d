package tandem.edge.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code key=value} words, as the simulator's control commands take them; every word must be
 * understood.
 */
final class ScriptText {

  private final Map<String, String> values = new LinkedHashMap<>();

  ScriptText(String text) {
    for (String word : text.trim().split(" +", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("not key=value: " + word);
      }
      values.put(word.substring(0, equals), word.substring(equals + 1));
    }
  }

  Span span(String key, Span otherwise) {
    String text = values.remove(key);
    return text == null ? otherwise : Span.parse(text);
  }

  /** {@code never} is null. */
  @Nullable Span spanOrNever(String key, @Nullable Span otherwise) {
    String text = values.remove(key);
    if (text == null) {
      return otherwise;
    }
    return text.equals("never") ? null : Span.parse(text);
  }

  double share(String key, double otherwise) {
    double share = number(key, otherwise);
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException(key + " must be between 0 and 1, not " + share);
    }
    return share;
  }

  double number(String key, double otherwise) {
    String text = values.remove(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is not a number: " + text, e);
    }
  }

  String text(String key, String otherwise) {
    String text = values.remove(key);
    return text == null ? otherwise : text;
  }

  /** Refuses words nobody has asked for. */
  void end() {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + String.join(", ", values.keySet()));
    }
  }
}
