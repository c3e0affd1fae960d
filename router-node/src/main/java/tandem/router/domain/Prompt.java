package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.regex.Pattern;

/** Something a caller hears. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "prompt")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Prompt.File.class, name = "file"),
  @JsonSubTypes.Type(value = Prompt.Speech.class, name = "speech"),
  @JsonSubTypes.Type(value = Prompt.Number.class, name = "number")
})
public sealed interface Prompt {
  /** Characters of a spoken text: about half a minute. */
  int LONGEST_TEXT = 500;

  /** Six digits are what the switch's sound files pronounce without a pause. */
  int LARGEST_NUMBER = 999_999;

  /**
   * A file, or a stream, as the switch knows it: 1 to 200 letters, digits and {@code ._/-},
   * relative and without {@code ..}.
   */
  record File(String name) implements Prompt {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._/-]{1,200}");

    public File {
      if (!PATH.matcher(name).matches() || name.startsWith("/") || name.contains("..")) {
        throw new IllegalArgumentException(
            "file: must be a file's path of 1 to 200 letters, digits, '.', '_', '-' and '/',"
                + " without '..' and not beginning with '/', got '"
                + (name + "'"));
      }
    }
  }

  /**
   * Spoken by the switch's text-to-speech engine.
   *
   * @param text 1 to {@value #LONGEST_TEXT} characters in one line
   * @param language as BCP 47 names it, such as {@code de} or {@code en-GB}
   */
  record Speech(String text, String language) implements Prompt {
    public Speech {
      if (text.isBlank() || text.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "say: must have 1 to " + LONGEST_TEXT + " characters, got " + text.length());
      } else if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("say: must not contain control characters");
      }
      Prompt.language(language);
    }
  }

  /**
   * A number, pronounced with the switch's own sound files.
   *
   * @param value 0 to 999,999
   */
  @SuppressWarnings("JavaLangClash") // always written Prompt.Number
  record Number(int value, String language) implements Prompt {
    public Number {
      if (value < 0 || value > LARGEST_NUMBER) {
        throw new IllegalArgumentException(
            "number: must be 0 to " + LARGEST_NUMBER + ", got " + value);
      }
      Prompt.language(language);
    }
  }

  /**
   * A language itself; an {@link IllegalArgumentException} when it is none.
   *
   * @param tag a language, and perhaps a script, a region and the like: RFC 5646, 2.1, without its
   *     private and grandfathered forms
   */
  static String language(String tag) {
    if (!tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")) {
      throw new IllegalArgumentException(
          "language: must be a language such as de or en-GB, got '" + tag + "'");
    }
    return tag;
  }
}
