package tandem.router.plan.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.plan.document.Tree.Place;

/**
 * Reads JSON as RFC 8259 has it and nothing beyond, into a tree that knows its places. Names that
 * stand twice in an object are errors, and so are halves of characters (lone surrogates).
 */
final class TreeReader {
  /** Our own bounds come first: the parser's would be told in words of its own. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Names are an author's: nothing of them may stay behind in tables of the JVM.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PlanLimits.NESTING + 2)
                  .maxStringLength(PlanLimits.BYTES)
                  .maxNameLength(PlanLimits.BYTES)
                  .maxNumberLength(PlanLimits.BYTES)
                  .build())
          .build();

  private final Problems problems;
  private final JsonParser parser;
  private final Deque<Place> open = new ArrayDeque<>();

  private TreeReader(Problems problems, JsonParser parser) {
    this.problems = problems;
    this.parser = parser;
  }

  /** The document's value; null when it is no JSON, which is told as one problem. */
  static @Nullable Tree read(Problems problems) {
    Source source = problems.source();
    if (refused(source.text(), problems)) {
      return null;
    }
    try (JsonParser parser = FACTORY.createParser(source.text())) {
      TreeReader reader = new TreeReader(problems, parser);
      try {
        return reader.document();
      } catch (JsonProcessingException e) {
        reader.malformed(e);
        return null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be read", e);
    }
  }

  private static boolean refused(String text, Problems problems) {
    Place root = Place.root(0);
    if (text.length() > PlanLimits.BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > PlanLimits.BYTES) {
      problems.error(root, "a document has at most " + PlanLimits.BYTES / 1024 + " KiB (UTF-8)");
    } else if (text.startsWith("\uFEFF")) {
      problems.error(root, "must not begin with a byte order mark");
    } else if (loneSurrogate(text) >= 0) {
      problems.errorAt(root, loneSurrogate(text), "half a character (a lone surrogate)");
    } else {
      return false;
    }
    return true;
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private @Nullable Tree document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      problems.error(Place.root(0), "the document is empty");
      return null;
    }
    Tree tree = value(first, Place.root(offset()));
    if (tree != null && parser.nextToken() != null) {
      problems.errorAt(Place.root(0), offset(), "nothing may follow the document's object");
      return null;
    }
    return tree;
  }

  /** Null when it is nested too deeply, which ends the reading. */
  private @Nullable Tree value(JsonToken token, Place place) throws IOException {
    return switch (token) {
      case START_OBJECT -> within(place) ? object(place) : null;
      case START_ARRAY -> within(place) ? list(place) : null;
      case VALUE_STRING -> new Tree.Text(place, whole(place, parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Num(place, number(place));
      case VALUE_TRUE -> new Tree.Bool(place, true);
      case VALUE_FALSE -> new Tree.Bool(place, false);
      case VALUE_NULL -> new Tree.Nothing(place);
      default -> throw new IllegalStateException("no value begins with " + token);
    };
  }

  private boolean within(Place place) {
    if (open.size() == PlanLimits.NESTING) {
      problems.error(
          place, "objects and lists may be nested " + PlanLimits.NESTING + " deep at most");
      return false;
    }
    return true;
  }

  private Tree.@Nullable Obj object(Place place) throws IOException {
    open.push(place);
    Map<String, Tree.Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Place at = place.member(name, offset());
      whole(at, name);
      JsonToken token = parser.nextToken();
      Tree value = value(token, place.member(name, offset()));
      if (value == null) {
        return null;
      } else if (members.containsKey(name)) {
        problems.error(at, "stands twice in this object");
      } else {
        members.put(name, new Tree.Member(at, value));
      }
    }
    open.pop();
    return new Tree.Obj(place, members);
  }

  private Tree.@Nullable Arr list(Place place) throws IOException {
    open.push(place);
    List<Tree> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      Tree item = value(token, place.item(items.size(), offset()));
      if (item == null) {
        return null;
      }
      items.add(item);
    }
    open.pop();
    return new Tree.Arr(place, items);
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private String whole(Place place, String text) {
    if (loneSurrogate(text) >= 0) {
      problems.error(place, "contains half a character (a lone surrogate)");
    }
    return text;
  }

  private String number(Place place) throws IOException {
    String text = parser.getText();
    if (text.length() > PlanLimits.DIGITS) {
      problems.error(
          place, "a number has at most " + PlanLimits.DIGITS + " characters, got " + text.length());
      return "0";
    }
    return text;
  }

  private void malformed(JsonProcessingException e) {
    String text = problems.source().text();
    long reported = e.getLocation() == null ? text.length() : e.getLocation().getCharOffset();
    int at = (int) Math.max(0, Math.min(reported, text.length()));
    if (at > 0 && strange(text.charAt(at - 1))) {
      // The parser has stepped past it.
      at--;
    }
    Place place = open.isEmpty() ? Place.root(at) : open.element();
    boolean ended = e instanceof JsonEOFException || at == text.length();
    String words =
        ended
            ? "the document ends too soon" + unclosed()
            : Malformed.words(String.valueOf(e.getOriginalMessage()), text, at);
    problems.errorAt(place, at, words);
  }

  private static boolean strange(char c) {
    return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
  }

  private String unclosed() {
    if (open.isEmpty()) {
      return "";
    }
    Source.Position at = problems.source().position(open.element().offset());
    boolean object = problems.source().text().charAt(open.element().offset()) == '{';
    return ": the "
        + (object ? "object" : "list")
        + (" of line " + at.line() + ", column " + at.column() + " is not closed");
  }
}
