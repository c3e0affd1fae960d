package tandem.edge.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;
import tandem.router.domain.TenantId;

/**
 * What is to be heard, as the switch's {@code playback} takes it: one list, parted by the {@code !}
 * that our dialplan names as {@code playback_delimiter}. Single owner of what may stand in it:
 * nothing that ends a command, or means something to the dialplan, which expands {@code ${…}} and
 * runs commands that stand in it.
 *
 * @param list null when something in it may not be
 * @param language of numbers, as the switch names it
 * @param wrong what may not be, and where; empty when there is a list
 */
record Prompts(@Nullable String list, String language, String wrong) {
  /** Parts the prompts of a list. */
  static final String DELIMITER = "!";

  private static final String USUAL_LANGUAGE = "en";

  /** A list without prompts is no list to the switch. */
  private static final String NOTHING = "silence_stream://10";

  private static final int MOST = 20;

  /**
   * A file as the switch knows it. Neither what would end the command or the variable, nor what the
   * dialplan would take for a variable or for a call of an API command.
   */
  /** Where what tenants have uploaded is: {@code audio/TENANT/NAME/VERSION.wav}. */
  private static final String UPLOADED = "audio/";

  private static final Pattern STREAM = Pattern.compile("local_stream://[A-Za-z0-9._-]{1,64}");

  private static final Pattern FILE =
      Pattern.compile("(?!/)(?!.*[.][.])(?!.*//)(?!(?:.*/)?[.]/)[A-Za-z0-9._/-]{1,200}");

  /** What can be said; what else people write is made so by {@link #plain}. */
  private static final Pattern SPOKEN =
      Pattern.compile("[\\p{L}\\p{M}\\p{N} .,:?()’/%&+@#*=€£°–-]{1,1000}");

  private static final Pattern LANGUAGE = Pattern.compile("([A-Za-z]{2,3})(-[A-Za-z0-9-]{1,32})?");

  /**
   * Makes a list.
   *
   * @param field what the prompts are called by who ordered them, for what is wrong
   */
  static Prompts of(TenantId tenant, String field, List<Prompt> prompts) {
    if (prompts.isEmpty()) {
      return new Prompts(NOTHING, USUAL_LANGUAGE, "");
    } else if (prompts.size() > MOST) {
      return wrong(field + ": must be " + MOST + " at most, got " + prompts.size());
    }
    List<String> items = new ArrayList<>();
    String language = USUAL_LANGUAGE;
    for (int i = 0; i < prompts.size(); i++) {
      String where = field + "[" + i + "]";
      Prompt prompt = prompts.get(i);
      if (prompt instanceof Prompt.File file) {
        if (!isFile(tenant, file.name())) {
          return wrong(where + "." + wrongFile(file.name()));
        }
        items.add(file.name());
      } else if (prompt instanceof Prompt.Speech speech) {
        String text = plain(speech.text());
        if (!SPOKEN.matcher(text).matches()) {
          return wrong(where + ".text: must be letters, digits and punctuation, got " + got(text));
        }
        items.add("say:" + text);
      } else if (prompt instanceof Prompt.Number number) {
        String named = language(number.language());
        if (named == null) {
          return wrong(where + ".language: must be a language tag, got " + got(number.language()));
        } else if (number.value() < 0 || number.value() > 999_999) {
          return wrong(where + ".value: must be 0 to 999999, got " + number.value());
        }
        language = named;
        items.add("phrase:tandem-number:" + number.value());
      }
    }
    return new Prompts(String.join(DELIMITER, items), language, "");
  }

  private static Prompts wrong(String why) {
    return new Prompts(null, USUAL_LANGUAGE, why);
  }

  /**
   * Whether this names a file that is the switch's to play. What tenants have uploaded is in a
   * folder of each, and only its own is a tenant's.
   */
  static boolean isFile(TenantId tenant, String name) {
    return FILE.matcher(name).matches()
        && (!name.startsWith(UPLOADED) || name.startsWith(UPLOADED + tenant.value() + '/'));
  }

  /** Whether this names a file, or a stream, that callers can hear as music. */
  static boolean isMusic(TenantId tenant, String name) {
    return isFile(tenant, name) || STREAM.matcher(name).matches();
  }

  static String wrongFile(String name) {
    return "file: must be 1 to 200 letters, digits and _./-, relative and without .., got "
        + got(name);
  }

  private static String got(String text) {
    return "'" + EventReader.printable(text) + "'";
  }

  /** Marks that would mean something to the switch, by others that are spoken the same. */
  private static String plain(String text) {
    return text.strip()
        .replace('\'', '’')
        .replace('!', '.')
        .replace(';', ',')
        .replaceAll("[\"“”„«»]", "")
        .replaceAll("\\s+", " ");
  }

  private static @Nullable String language(String tag) {
    var matcher = LANGUAGE.matcher(tag);
    return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
  }
}
