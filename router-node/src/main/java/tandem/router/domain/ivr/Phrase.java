package tandem.router.domain.ivr;

import java.util.Collection;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tandem.router.domain.Prompt;

/** Something that is played or spoken once the call's values are put into it. */
public sealed interface Phrase {
  /** What it is as an author wrote it. */
  String template();

  /**
   * The prompt with values in it.
   *
   * @throws IllegalArgumentException when none can be made with these values
   */
  Prompt with(UnaryOperator<String> value);

  /** Names of the values it speaks of. */
  default Collection<String> names() {
    return Template.names(template());
  }

  /**
   * A file.
   *
   * @param template of its name as the switch knows it
   */
  record File(String template) implements Phrase {
    @Override
    public Prompt with(UnaryOperator<String> value) {
      return new Prompt.File(Template.fill(template, value));
    }
  }

  /**
   * Spoken by the switch.
   *
   * @param language as BCP 47 names it
   */
  record Speech(String template, String language) implements Phrase {
    public Speech {
      if (template.length() > Prompt.LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "say: must have 1 to %d characters, got %d"
                .formatted(Prompt.LONGEST_TEXT, template.length()));
      }
    }

    /** What an engine can speak; other marks, which a value may bring along, are left out. */
    private static final Pattern MARKS =
        Pattern.compile("[^\\p{L}\\p{M}\\p{N} .,:;!?()'’\"/%&+@#*=€£°–-]");

    /** On one line, and cut where values make it longer than a prompt may be. */
    @Override
    public Prompt with(UnaryOperator<String> value) {
      String line = MARKS.matcher(Template.fill(template, value)).replaceAll(" ");
      String text = Template.cut(line.strip(), Prompt.LONGEST_TEXT);
      return new Prompt.Speech(text, language);
    }
  }

  /**
   * A number, pronounced.
   *
   * @param template of its digits
   * @param language as BCP 47 names it
   */
  @SuppressWarnings("JavaLangClash")
  record Number(String template, String language) implements Phrase {
    private static final Pattern DIGITS = Pattern.compile("0*[0-9]{1,6}");

    @Override
    public Prompt with(UnaryOperator<String> value) {
      String digits = Template.fill(template, value);
      if (!DIGITS.matcher(digits).matches()) {
        throw new IllegalArgumentException(
            "number: must be 0 to " + Prompt.LARGEST_NUMBER + ", got '" + digits + "'");
      }
      return new Prompt.Number(Integer.parseInt(digits), language);
    }
  }
}
