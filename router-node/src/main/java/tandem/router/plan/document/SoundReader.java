package tandem.router.plan.document;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Announcements;
import tandem.router.domain.plan.Taping;

/** Reads what is recorded of a queue's calls, and what its callers hear. */
final class SoundReader {
  private static final Pattern SHARE = Pattern.compile("(100|[0-9]{1,2}(?:\\.[0-9]{1,2})?)%");
  private static final Set<String> PLACEHOLDERS =
      new TreeSet<>(List.of(Announcements.POSITION, Announcements.MINUTES));

  private final Problems problems;
  private final Values values;
  private final PromptReader prompts;

  SoundReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.prompts = new PromptReader(workshop);
  }

  /** Which calls are recorded: in one word, or as an object. */
  Taping recording(@Nullable Tree tree) {
    Taping usual = Taping.ON_DEMAND;
    if (tree == null) {
      return usual;
    } else if (tree instanceof Tree.Text) {
      return or(calls(tree, List.of(), usual.keep()), usual);
    }
    if (!(tree instanceof Tree.Obj object)) {
      problems.error(tree.place(), "must be a text or an object, got " + tree.kind());
      return usual;
    }
    Fields fields = new Fields(object, problems);
    Tree calls = fields.need("calls");
    List<Prompt> consent = prompts.prompts(fields.get("consent"));
    Duration keep =
        values.duration(fields.get("keep"), PlanLimits.SHORTEST_KEEP, PlanLimits.LONGEST_KEEP);
    fields.finish();
    Taping taping = calls(calls, consent, keep == null ? usual.keep() : keep);
    if (taping != null && taping.share() == 0 && !taping.onDemand() && fields.has("consent")) {
      problems.warning(fields.nameOf("consent"), "is never heard: no call is recorded");
    }
    return or(taping, usual);
  }

  private static Taping or(@Nullable Taping taping, Taping otherwise) {
    return taping == null ? otherwise : taping;
  }

  private @Nullable Taping calls(@Nullable Tree tree, List<Prompt> consent, Duration keep) {
    return values.text(
        tree,
        text -> {
          Matcher share = SHARE.matcher(text);
          if (share.matches()) {
            return new Taping(Double.parseDouble(share.group(1)) / 100, true, consent, keep);
          }
          return switch (text) {
            case "always" -> new Taping(1, true, consent, keep);
            case "on-demand" -> new Taping(0, true, consent, keep);
            case "never" -> new Taping(0, false, consent, keep);
            default ->
                throw new IllegalArgumentException(
                    "must be always, on-demand, never or a share such as 20%, got '"
                        + (Words.shown(text) + "'"));
          };
        });
  }

  /** What callers hear beside music. */
  Announcements announcements(@Nullable Tree tree) {
    Announcements usual = Announcements.NONE;
    Fields fields = tree == null ? null : Fields.of(tree, problems);
    if (fields == null) {
      return usual;
    }
    String music = values.text(fields.get("music"), Announcements::music);
    Duration first = values.duration(fields.get("first"), Duration.ZERO, PlanLimits.LONGEST_WAIT);
    Duration every =
        values.duration(fields.get("every"), PlanLimits.SHORTEST_PAUSE, PlanLimits.LONGEST_WAIT);
    boolean position = values.bool(fields.get("position"), usual.position());
    boolean estimate = values.bool(fields.get("estimate"), usual.estimate());
    Map<String, List<Prompt>> texts = new LinkedHashMap<>();
    fields
        .named("texts", PlanLimits.LANGUAGES)
        .forEach((language, member) -> texts(language, member, texts));
    fields.finish();
    told(fields, "position", position, Announcements.POSITION, texts);
    told(fields, "estimate", estimate, Announcements.MINUTES, texts);
    for (String when : List.of("first", "every")) {
      if (fields.has(when) && !fields.has("texts")) {
        problems.warning(fields.nameOf(when), "nothing is said: 'texts' is not set");
      }
    }
    return new Announcements(
        music,
        first == null ? usual.first() : first,
        every == null ? usual.every() : every,
        position,
        estimate,
        texts);
  }

  private void texts(String language, Tree.Member member, Map<String, List<Prompt>> texts) {
    try {
      Prompt.language(language);
    } catch (IllegalArgumentException e) {
      problems.error(member.name(), Words.reason(e));
      return;
    }
    texts.put(language, prompts.prompts(member.value(), language, PLACEHOLDERS));
  }

  /** A number that is to be told but is not said, or is said but not to be told. */
  private void told(
      Fields fields,
      String name,
      boolean wanted,
      String placeholder,
      Map<String, List<Prompt>> texts) {
    for (Map.Entry<String, List<Prompt>> text : texts.entrySet()) {
      boolean said =
          text.getValue().stream()
              .anyMatch(
                  prompt ->
                      prompt instanceof Prompt.Speech speech
                          && speech.text().contains(placeholder));
      if (wanted && !said) {
        problems.warning(
            fields.nameOf(name),
            "is not told in '" + text.getKey() + "': no text there has " + placeholder);
      } else if (!wanted && said) {
        problems.warning(
            fields.nameOf("texts"),
            ("what has " + placeholder + " is never said in '" + text.getKey() + "': '" + name)
                + "' is not true");
      }
    }
    if (wanted && !fields.has("texts")) {
      problems.warning(fields.nameOf(name), "nothing is said: 'texts' is not set");
    }
  }
}
