package tandem.edge.link;

import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.TenantId;
import tandem.router.edge.Errand;

/**
 * An errand as our dialplan takes it: the extension's name, and what the channel is told before.
 * Single owner of what may be said to the dialplan.
 *
 * @param kind the extension is this and the errand's number
 * @param variables {@code name=value}, parted by semicolons; null when something may not be said
 * @param wrong which field may not be as it is, and why; empty when all may
 */
record ErrandOrder(String kind, @Nullable String variables, String wrong) {
  /** What the errand is about. */
  private static final String ARGUMENT = "tandem_errand_argument=";

  private static final String PROMPTS = "tandem_prompts=";

  /** A part of a file's name. */
  private static final Pattern BOX = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");

  private static final int MOST_DIGITS = 32;
  private static final Duration LONGEST_MESSAGE = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  static ErrandOrder of(TenantId tenant, Errand errand) {
    if (errand instanceof Errand.Announce announce) {
      return Prompts.isFile(tenant, announce.file())
          ? new ErrandOrder("announce-", ARGUMENT + announce.file(), "")
          : wrong("announce-", Prompts.wrongFile(announce.file()));
    } else if (errand instanceof Errand.Voicemail voicemail) {
      return voicemail(tenant, voicemail);
    } else if (errand instanceof Errand.Play play) {
      return prompted("play-", "", Prompts.of(tenant, "prompts", play.prompts()));
    } else if (errand instanceof Errand.Collect collect) {
      return collect(tenant, collect);
    }
    return new ErrandOrder("outside-", ARGUMENT + ((Errand.Outside) errand).number().value(), "");
  }

  private static ErrandOrder voicemail(TenantId tenant, Errand.Voicemail voicemail) {
    String box = voicemail.box();
    String message = voicemail.message();
    Duration longest = voicemail.longest();
    Duration silence = voicemail.silence();
    if (!BOX.matcher(box).matches()) {
      return wrong(
          "message-",
          "box: must be 1 to 64 letters, digits and _.-, the first no dot, got "
              + ("'" + EventReader.printable(box) + "'"));
    } else if (message == null) {
      // From before messages had names. Two tenants may have boxes of one name; neither may have an
      // @ in it.
      return new ErrandOrder("voicemail-", ARGUMENT + box + '@' + tenant.value(), "");
    } else if (!isUuid(message)) {
      return wrong("message-", "message: must be a UUID");
    } else if (longest == null || !isWithin(longest, 1_000, LONGEST_MESSAGE)) {
      return wrong("message-", "longest: must be 1 s to 1 h, got " + longest);
    } else if (silence == null || !isWithin(silence, 1_000, LONGEST_MESSAGE)) {
      return wrong("message-", "silence: must be 1 s to 1 h, got " + silence);
    }
    return prompted(
        "message-",
        ARGUMENT
            + ("message-" + tenant.value() + "~" + box + "~" + message + ".wav")
            + (";tandem_longest=" + longest.toSeconds())
            + (";tandem_silence=" + silence.toSeconds())
            + ";",
        Prompts.of(tenant, "greeting", voicemail.greeting()));
  }

  private static ErrandOrder collect(TenantId tenant, Errand.Collect collect) {
    String kind = "collect-";
    if (collect.most() < 1 || collect.most() > MOST_DIGITS) {
      return wrong(kind, "most: must be 1 to " + MOST_DIGITS + ", got " + collect.most());
    } else if (collect.least() < 1 || collect.least() > collect.most()) {
      return wrong(kind, "least: must be 1 to " + collect.most() + ", got " + collect.least());
    } else if (!isWithin(collect.first(), 100, LONGEST_WAIT)) {
      return wrong(kind, "first: must be 0.1 s to 1 min, got " + collect.first());
    } else if (!isWithin(collect.next(), 100, LONGEST_WAIT)) {
      return wrong(kind, "next: must be 0.1 s to 1 min, got " + collect.next());
    } else if (!collect.end().isEmpty()
        && !collect.end().equals("#")
        && !collect.end().equals("*")) {
      return wrong(kind, "end: must be #, * or nothing");
    }
    return prompted(
        kind,
        "tandem_least="
            + collect.least()
            + ";tandem_most="
            + collect.most()
            + ";tandem_first="
            + collect.first().toMillis()
            + ";tandem_next="
            + collect.next().toMillis()
            + ";tandem_end="
            // A word of letters, of which no phone has a key.
            + (collect.end().isEmpty() ? "none" : collect.end())
            + ";",
        Prompts.of(tenant, "prompts", collect.prompts()));
  }

  private static ErrandOrder prompted(String kind, String variables, Prompts prompts) {
    String list = prompts.list();
    return list == null
        ? wrong(kind, prompts.wrong())
        : new ErrandOrder(kind, variables + PROMPTS + list + ";language=" + prompts.language(), "");
  }

  private static ErrandOrder wrong(String kind, String why) {
    return new ErrandOrder(kind, null, why);
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static boolean isWithin(Duration given, long leastMillis, Duration longest) {
    return given.compareTo(Duration.ofMillis(leastMillis)) >= 0 && given.compareTo(longest) <= 0;
  }
}
