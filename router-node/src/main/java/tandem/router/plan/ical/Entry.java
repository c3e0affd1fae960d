package tandem.router.plan.ical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.time.Holiday;

/** A component of a calendar, such as an event, with its properties as the text has them. */
final class Entry {
  private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\;,nN])");

  private final String component;
  private final Map<String, List<Property>> properties = new HashMap<>();

  /**
   * A line of the text.
   *
   * @param parameters by name in capitals
   */
  record Property(Map<String, String> parameters, String value) {}

  /**
   * @param component in capitals, such as {@code VEVENT}
   */
  Entry(String component) {
    this.component = component;
  }

  void add(String name, Property property) {
    properties.computeIfAbsent(name, key -> new ArrayList<>()).add(property);
  }

  String component() {
    return component;
  }

  List<Property> all(String name) {
    return properties.getOrDefault(name, List.of());
  }

  @Nullable Property first(String name) {
    List<Property> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  boolean has(String name) {
    return properties.containsKey(name);
  }

  /** Empty when it has none. */
  String uid() {
    Property uid = first("UID");
    return uid == null ? "" : uid.value();
  }

  boolean cancelled() {
    Property status = first("STATUS");
    return status != null && status.value().toUpperCase(Locale.ROOT).equals("CANCELLED");
  }

  /** The summary on one line, as short as a holiday's name has to be; empty when there is none. */
  String summary() {
    Property summary = first("SUMMARY");
    if (summary == null) {
      return "";
    }
    String line = unescaped(summary.value()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (line.length() <= Holiday.LONGEST_NAME) {
      return line;
    }
    int cut = Holiday.LONGEST_NAME - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(cut - 1)) ? cut - 1 : cut) + "…";
  }

  /** RFC 5545, section 3.3.11. */
  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            escaped ->
                escaped.group(1).equalsIgnoreCase("n")
                    ? "\n"
                    : Matcher.quoteReplacement(escaped.group(1)));
  }
}
