package tandem.router.plan.document;

import java.util.Arrays;

/** A document's text, and where its characters stand. */
final class Source {
  private static final int HEX_ESCAPE = 6;

  private final String text;
  private final int[] lineStarts;

  /** Where people look: both from 1, columns in code points. */
  record Position(int line, int column) {}

  Source(String text) {
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  String text() {
    return text;
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int lines = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean half = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !half)) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, lines);
  }

  /** Of the character at an offset; the one behind the last stands at the document's end. */
  Position position(int offset) {
    int at = Math.max(0, Math.min(offset, text.length()));
    int found = Arrays.binarySearch(lineStarts, at);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, text.codePointCount(lineStarts[line], at) + 1);
  }

  /**
   * The offset of a character of a JSON text, by its place in the text's value: escapes count as
   * the one character they stand for.
   *
   * @param quote the offset of the text's opening quote
   * @param line of the value, from 1; lines end with a line feed
   * @param column of the value, from 1, in code points; behind the line's last, the line's end
   */
  int within(int quote, int line, int column) {
    int at = quote + 1;
    int atLine = 1;
    int atColumn = 1;
    while (at < text.length() && text.charAt(at) != '"') {
      int value = valueAt(at);
      if (atLine == line && (atColumn >= column || value == '\n')) {
        return at;
      }
      if (value == '\n') {
        atLine++;
        atColumn = 1;
      } else {
        atColumn++;
      }
      at = next(at);
    }
    return at;
  }

  private int valueAt(int at) {
    if (text.charAt(at) != '\\' || at + 1 >= text.length()) {
      return text.codePointAt(at);
    }
    return switch (text.charAt(at + 1)) {
      case 'n' -> '\n';
      case 'u' -> hexAt(at);
      default -> text.charAt(at + 1);
    };
  }

  /** What {@code \}{@code uXXXX} stands for; a space when there is none. */
  private char hexAt(int at) {
    boolean escape = text.startsWith("\\u", at) && at + HEX_ESCAPE <= text.length();
    return escape ? (char) Integer.parseInt(text.substring(at + 2, at + HEX_ESCAPE), 16) : ' ';
  }

  private int next(int at) {
    if (text.charAt(at) != '\\') {
      return at + Character.charCount(text.codePointAt(at));
    } else if (!text.startsWith("\\u", at)) {
      return at + 2;
    }
    int next = at + HEX_ESCAPE;
    boolean pair = Character.isHighSurrogate(hexAt(at)) && Character.isLowSurrogate(hexAt(next));
    return pair ? next + HEX_ESCAPE : next;
  }
}
