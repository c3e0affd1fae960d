package tandem.router.lookup;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.call.FlowEvent.Found;
import tandem.router.domain.Attributes;

/**
 * What came of a question.
 *
 * @param values by attribute: texts, whole numbers, other numbers and booleans
 */
record Answer(Found found, Map<String, Object> values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final Answer FAILED = new Answer(Found.FAILED, Map.of());
  static final Answer TIMED_OUT = new Answer(Found.TIMED_OUT, Map.of());

  /**
   * What is wanted of a JSON text; what is not there, or is no plain value, is left out.
   *
   * @param pointers by attribute (RFC 6901)
   * @throws IOException when it is no JSON
   */
  static Answer of(byte[] body, Map<String, String> pointers) throws IOException {
    Map<String, Object> values = new TreeMap<>();
    if (!pointers.isEmpty()) {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode()) {
        throw new IOException("the answer is empty");
      }
      pointers.forEach(
          (name, pointer) -> {
            Object value = plain(root.at(JsonPointer.compile(pointer)));
            if (value != null) {
              values.put(name, value);
            }
          });
    }
    return new Answer(Found.FOUND, values);
  }

  private static @Nullable Object plain(JsonNode node) {
    if (node.isTextual()) {
      String text = node.textValue();
      return text.length() <= Attributes.LONGEST_TEXT
          ? text
          : text.substring(0, text.offsetByCodePoints(0, whole(text)));
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? (Object) node.longValue()
          : (Object) node.doubleValue();
    }
    return null;
  }

  /** Code points that fit into an attribute. */
  private static int whole(String text) {
    int end = Attributes.LONGEST_TEXT;
    int cut = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.codePointCount(0, cut);
  }
}
