package tandem.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The one mapper of the wire: strict when reading, ISO-8601 when writing. */
public final class Json {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_TEXT = 8 * 1024;
  private static final int MAX_DIGITS = 40;

  private static final ObjectMapper MAPPER = mapper(MAX_TEXT);

  /** For bodies that carry files; how long they are is bounded where they are read. */
  private static final ObjectMapper LARGE = mapper(Integer.MAX_VALUE);

  private Json() {}

  private static ObjectMapper mapper(int longestText) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(longestText)
                        .maxNumberLength(MAX_DIGITS)
                        .maxNameLength(MAX_TEXT)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .addModule(new JavaTimeModule())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .build();
  }

  /**
   * Reads one JSON object. Doubled names, trailing text, and nesting or texts beyond the bounds are
   * errors.
   *
   * @throws ProblemException 400, with line and column where the text is not JSON
   */
  public static ObjectNode object(byte[] text) {
    return object(MAPPER, text);
  }

  /** As {@link #object}, with texts of any length. */
  public static ObjectNode large(byte[] text) {
    return object(LARGE, text);
  }

  private static ObjectNode object(ObjectMapper mapper, byte[] text) {
    JsonNode node;
    try {
      node = mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ProblemException(malformed(e));
    } catch (IOException e) {
      throw new ProblemException(Problem.badRequest("The body is not JSON: " + e.getMessage()));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ProblemException(
        Problem.badRequest("The body must be a JSON object, got " + Fields.kindOf(node) + "."));
  }

  /**
   * JSON in UTF-8. By way of a text: half a character, which somebody may have sent as an escape
   * and a message repeats, becomes a question mark then and not an error.
   */
  public static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  private static Problem malformed(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    // Behind it stands where the parser keeps the text, which is no business of a client.
    String what = e.getOriginalMessage().replaceFirst(" \\(start marker at \\[.*", "");
    return Problem.badRequest("The body is not JSON" + where + ": " + what);
  }
}
