package tandem.router.plan.ical;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the components of iCalendar text as ical4j's parser meets them, and of these only the
 * properties that say something about days. ical4j's own objects are not built: they would refuse a
 * whole text for a bad line nobody needs, keep only the last of several calendars, and look for
 * time zones.
 */
final class Feed implements ContentHandler {
  private static final Set<String> PROPERTIES =
      Set.of(
          "UID",
          "SUMMARY",
          "STATUS",
          "DTSTART",
          "DTEND",
          "DURATION",
          "RRULE",
          "RDATE",
          "EXDATE",
          "EXRULE",
          "RECURRENCE-ID");

  /** Calendar, event, alarm, and some more. The parser goes one call deeper for each. */
  private static final int DEEPEST = 10;

  /** What the parser would take together with the next line, when it is not so. */
  private static final Pattern LINE = Pattern.compile("[A-Za-z0-9.-]+[:;].*", Pattern.DOTALL);

  private static final int SHOWN = 40;

  private static final Pattern PLACE = Pattern.compile("^Error at line [^:]*:");
  private static final Pattern TOKEN = Pattern.compile("\\[(-?[0-9]+)]");

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> parameters = new HashMap<>();
  private String value = "";
  private int depth;
  private @Nullable Entry entry;

  private Feed() {}

  /**
   * The components of all calendars in the text, in its order, without definitions of time zones.
   *
   * @throws IllegalArgumentException that names the line when it is not iCalendar
   */
  static List<Entry> read(String text) {
    Lines lines = Lines.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    Feed feed = new Feed();
    try (StringReader reader = new StringReader(lines.text())) {
      new CalendarParserImpl(false).parse(reader, feed);
    } catch (ParserException e) {
      throw new IllegalArgumentException(
          "line " + lines.number(e.getLineNo()) + ": is not iCalendar: " + told(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return feed.entries;
  }

  /**
   * The lines of a text put together where they were folded (RFC 5545, section 3.1), without empty
   * ones. ical4j would do that too, but took 3 s for a million characters.
   *
   * @param text its lines end with a line feed
   * @param numbers where each of them begins in the original, from 1
   */
  private record Lines(String text, List<Integer> numbers) {
    static Lines of(String original) {
      String[] lines = original.split("\r\n|\n|\r", -1);
      StringBuilder text = new StringBuilder(original.length());
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < lines.length; i++) {
        int number = i + 1;
        StringBuilder line = new StringBuilder(lines[i]);
        while (i + 1 < lines.length && isFolded(lines[i + 1])) {
          i++;
          line.append(lines[i], 1, lines[i].length());
        }
        if (!line.toString().isBlank()) {
          check(line, number);
          text.append(line).append('\n');
          numbers.add(number);
        }
      }
      return new Lines(text.toString(), numbers);
    }

    private static boolean isFolded(String line) {
      return line.startsWith(" ") || line.startsWith("\t");
    }

    private static void check(StringBuilder line, int number) {
      if (line.indexOf(":") < 0 || !LINE.matcher(line).matches()) {
        String shown = line.length() <= SHOWN ? line.toString() : line.substring(0, SHOWN) + "…";
        throw new IllegalArgumentException(
            "line "
                + number
                + ": is not iCalendar: must be a name, a colon and a value, got '"
                + shown
                + "'");
      }
    }

    /** Where a line of the parser's is in the original. */
    int number(int line) {
      return numbers.isEmpty() ? 1 : numbers.get(Math.min(Math.max(line, 1), numbers.size()) - 1);
    }
  }

  /** The parser tells characters and kinds of tokens by their numbers. */
  private static String told(ParserException e) {
    String message = PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    return TOKEN.matcher(message).replaceAll(token -> "[" + token(token) + "]");
  }

  private static String token(MatchResult number) {
    return switch (number.group(1)) {
      case "-1" -> "end of text";
      case "-3" -> "word";
      case "10" -> "end of line";
      case "58" -> ":";
      case "59" -> ";";
      case "61" -> "=";
      case "34" -> "\"";
      default -> "character " + number.group(1);
    };
  }

  @Override
  public void startCalendar() {
    depth = 0;
  }

  @Override
  public void endCalendar() {
    depth = 0;
  }

  @Override
  public void startComponent(String name) {
    depth++;
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("components within components, more than " + DEEPEST);
    } else if (depth == 1) {
      entry = new Entry(name.toUpperCase(Locale.ROOT));
    }
  }

  @Override
  public void endComponent(String name) {
    depth--;
    if (depth == 0 && entry != null) {
      if (!entry.component().equals("VTIMEZONE")) {
        entries.add(entry);
      }
      entry = null;
    }
  }

  @Override
  public void startProperty(String name) {
    parameters.clear();
    if (name.isBlank()) {
      throw new IllegalArgumentException("a line without a name");
    }
  }

  @Override
  public void parameter(String name, String value) {
    parameters.put(name.toUpperCase(Locale.ROOT), value);
  }

  @Override
  public void propertyValue(String value) {
    this.value = value.strip();
  }

  @Override
  public void endProperty(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (entry != null && depth == 1 && PROPERTIES.contains(upper)) {
      entry.add(upper, new Entry.Property(Map.copyOf(parameters), value));
    }
  }
}
