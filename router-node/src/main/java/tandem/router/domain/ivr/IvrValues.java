package tandem.router.domain.ivr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.Prompt;

/**
 * What the names in an interactive flow's texts stand for, for one caller. What is not there is
 * nothing: an empty text, or a prompt that is left out.
 */
final class IvrValues {
  /** The attribute with the caller's language. */
  static final String LANGUAGE = "language";

  /** What may become a part of a file's name. */
  private static final Pattern OF_FILE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Pattern DOTS = Pattern.compile("[.]+");

  private final Caller caller;
  private final Map<String, String> secrets;
  private final String usual;

  /**
   * @param caller with the attributes of the flow
   * @param secrets by attribute; they come before attributes
   * @param usual the flow's language
   */
  IvrValues(Caller caller, Map<String, String> secrets, String usual) {
    this.caller = caller;
    this.secrets = secrets;
    this.usual = usual;
  }

  /** Null when there is nothing of this name. */
  @Nullable Object value(String name) {
    return switch (name) {
      case "call.from" -> caller.from();
      case "call.to" -> caller.to();
      case "call.country" -> caller.country();
      case "call.region" -> caller.region();
      case LANGUAGE -> language();
      default -> {
        String secret = secrets.get(name);
        yield secret == null ? caller.attributes().values().get(name) : secret;
      }
    };
  }

  String text(String name) {
    Object value = value(name);
    return value == null ? "" : value.toString();
  }

  /** The caller's, or the flow's own. */
  private String language() {
    Object language = caller.attributes().values().get(LANGUAGE);
    try {
      return language instanceof String tag ? Prompt.language(tag) : usual;
    } catch (IllegalArgumentException e) {
      // Whoever set it, a plan or another system, it names no language.
      return usual;
    }
  }

  /** A text of an author, filled, cut to what an attribute may hold; other values as they are. */
  Object filled(Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    String only = Template.only(text);
    Object whole = only.isEmpty() ? null : value(only);
    return whole == null
        ? Template.cut(Template.fill(text, this::text), Attributes.LONGEST_TEXT)
        : whole;
  }

  /** The values of a body. */
  SortedMap<String, Object> filled(Map<String, Object> values) {
    SortedMap<String, Object> filled = new TreeMap<>();
    values.forEach((name, value) -> filled.put(name, filled(value)));
    return filled;
  }

  /**
   * An address, with what is put into it percent-encoded; empty when it would be too long, or when
   * something that was put into it could lead to another place of the host.
   */
  Optional<String> address(String url) {
    if (Template.names(url).stream().anyMatch(name -> DOTS.matcher(text(name)).matches())) {
      return Optional.empty();
    }
    String filled = Template.fill(url, name -> Template.encoded(text(name)));
    return filled.length() > IvrLimits.ADDRESS ? Optional.empty() : Optional.of(filled);
  }

  /** What is played, in the caller's language or the first. */
  List<Prompt> prompts(Phrases phrases) {
    List<Prompt> prompts = new ArrayList<>();
    if (!phrases.isEmpty()) {
      version(phrases).phrases().stream()
          .map(this::prompt)
          .flatMap(Optional::stream)
          .forEach(prompts::add);
    }
    return prompts;
  }

  /** "Lookup" of RFC 4647, 3.4: {@code de-AT} is served by {@code de}, not the other way round. */
  private Phrases.Version version(Phrases phrases) {
    String range = language().toLowerCase(Locale.ROOT);
    while (!range.isEmpty()) {
      for (Phrases.Version version : phrases.versions()) {
        if (version.language().toLowerCase(Locale.ROOT).equals(range)) {
          return version;
        }
      }
      range = range.substring(0, Math.max(0, range.lastIndexOf('-')));
    }
    return phrases.versions().get(0);
  }

  /** Empty when what was put into it leaves nothing that could be played. */
  private Optional<Prompt> prompt(Phrase phrase) {
    if (phrase instanceof Phrase.File
        && !phrase.names().stream().allMatch(name -> OF_FILE.matcher(text(name)).matches())) {
      return Optional.empty();
    }
    try {
      return Optional.of(phrase.with(this::text));
    } catch (IllegalArgumentException e) {
      // The plan's part of it was checked: a caller's value is too long, blank or no number.
      return Optional.empty();
    }
  }
}
