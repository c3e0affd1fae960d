package tandem.edge.esl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a JSON event: one flat object whose values are strings or arrays of strings and
 * whose keys may repeat, with the inner body in {@code _body}.
 */
final class JsonHeaders implements HeaderIndex {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String BODY = "_body";

  private record Header(String name, List<String> values, boolean array) {
    String text() {
      return array ? ArrayValues.join(values) : values.get(0);
    }
  }

  private final List<Header> headers = new ArrayList<>(64);
  private String body = "";

  private JsonHeaders() {}

  static JsonHeaders parse(byte[] bytes, int from, int to) throws EslProtocolException {
    JsonHeaders index = new JsonHeaders();
    try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
      index.read(parser);
      if (parser.nextToken() != null) {
        throw new EslProtocolException("bytes after the object of a JSON event");
      }
    } catch (IOException e) {
      throw new EslProtocolException(
          "a JSON event that is no JSON: " + Excerpt.of(bytes, from, to));
    }
    return index;
  }

  private void read(JsonParser parser) throws IOException, EslProtocolException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new EslProtocolException("a JSON event that is no object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        headers.add(new Header(name, elements(parser, name), true));
      } else if (token != null && token.isScalarValue()) {
        if (name.equals(BODY)) {
          body = parser.getText();
        } else {
          headers.add(new Header(name, List.of(parser.getText()), false));
        }
      } else {
        throw nested(name);
      }
    }
  }

  private static List<String> elements(JsonParser parser, String name)
      throws IOException, EslProtocolException {
    List<String> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null || !token.isScalarValue()) {
        throw nested(name);
      }
      values.add(parser.getText());
    }
    return values;
  }

  private static EslProtocolException nested(String name) {
    return new EslProtocolException(
        "a JSON event whose " + name + " is neither text nor a list of texts");
  }

  String body() {
    return body;
  }

  @Override
  public @Nullable String first(String name) {
    for (Header header : headers) {
      if (header.name().equals(name)) {
        return header.text();
      }
    }
    return null;
  }

  @Override
  public @Nullable String last(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).name().equals(name)) {
        return headers.get(i).text();
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (Header header : headers) {
      if (!header.name().equals(name)) {
        continue;
      }
      if (header.array()) {
        values.addAll(header.values());
      } else {
        ArrayValues.addTo(values, header.text());
      }
    }
    return values;
  }

  @Override
  public int size() {
    return headers.size();
  }

  @Override
  public void forEach(BiConsumer<String, String> consumer) {
    headers.forEach(header -> consumer.accept(header.name(), header.text()));
  }
}
