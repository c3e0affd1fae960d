package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.domain.ivr.Phrase;
import tandem.router.domain.ivr.Phrases;
import tandem.router.domain.ivr.Template;

/**
 * Reads what callers of an interactive flow hear: prompts as {@link PromptReader} knows them, with
 * attributes in braces; or an object of such prompts by language.
 */
final class PhraseReader {
  private final Problems problems;
  private final Values values;
  private final String usual;

  /**
   * @param usual language of the flow
   */
  PhraseReader(Workshop workshop, String usual) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.usual = usual;
  }

  /** What is wrong is left out, and a problem. */
  Phrases read(@Nullable Tree tree) {
    if (tree == null) {
      return Phrases.NONE;
    } else if (tree instanceof Tree.Obj object
        && PromptForm.KINDS.stream().noneMatch(has(object))) {
      return byLanguage(object);
    }
    return new Phrases(List.of(new Phrases.Version(usual, phrases(tree, usual))));
  }

  private static Predicate<String> has(Tree.Obj object) {
    return kind -> object.members().containsKey(kind);
  }

  private Phrases byLanguage(Tree.Obj object) {
    Map<String, Tree.Member> members = object.members();
    if (members.isEmpty() || members.size() > IvrLimits.LANGUAGES) {
      problems.error(
          object.place(),
          "must be a prompt with one of %s, or prompts in 1 to %d languages, got %d"
              .formatted(String.join(", ", PromptForm.KINDS), IvrLimits.LANGUAGES, members.size()));
      return Phrases.NONE;
    }
    List<Phrases.Version> versions = new ArrayList<>();
    Set<String> known = new HashSet<>();
    members.forEach(
        (language, member) -> {
          try {
            Prompt.language(language);
          } catch (IllegalArgumentException e) {
            problems.error(
                member.name(),
                "must be a language such as de or en-GB, or one of "
                    + (String.join(", ", PromptForm.KINDS)
                        + ", got '"
                        + Words.shown(language)
                        + "'"));
            return;
          }
          if (!known.add(language.toLowerCase(Locale.ROOT))) {
            problems.error(member.name(), "language '" + language + "' is named twice");
          }
          versions.add(new Phrases.Version(language, phrases(member.value(), language)));
        });
    return new Phrases(versions);
  }

  private List<Phrase> phrases(Tree tree, String language) {
    List<Phrase> phrases = new ArrayList<>();
    List<Tree> items =
        tree instanceof Tree.Arr ? values.items(tree, 1, PlanLimits.PROMPTS) : List.of(tree);
    for (Tree item : items) {
      Phrase phrase = phrase(item, language);
      if (phrase != null) {
        phrases.add(phrase);
      }
    }
    return phrases;
  }

  private @Nullable Phrase phrase(Tree tree, String language) {
    PromptForm form = PromptForm.of(tree, problems);
    if (form == null) {
      return null;
    }
    Tree value = form.value();
    Phrase phrase =
        switch (form.kind()) {
          case "file" -> phrase(value, Phrase.File::new);
          case "say" -> {
            String spoken = language(form.told(), language);
            yield phrase(value, text -> new Phrase.Speech(text, spoken));
          }
          default -> number(value, language(form.told(), language));
        };
    form.finish();
    return phrase;
  }

  private String language(Fields fields, String otherwise) {
    String language = values.text(fields.get("language"), Prompt::language);
    return language == null ? otherwise : language;
  }

  private @Nullable Phrase phrase(@Nullable Tree value, Function<String, Phrase> make) {
    Phrase phrase = values.text(value, text -> make.apply(Template.checked(text)));
    // With something harmless in the place of what nobody knows yet it must be a prompt.
    return phrase == null
            || value == null
            || values.made(value, () -> phrase.with(name -> "1")) == null
        ? null
        : phrase;
  }

  private @Nullable Phrase number(@Nullable Tree value, String language) {
    if (value instanceof Tree.Text) {
      return phrase(value, text -> new Phrase.Number(text, language));
    }
    int before = problems.errors();
    int number = values.whole(value, 0, Prompt.LARGEST_NUMBER, 0);
    return problems.errors() == before
        ? new Phrase.Number(Integer.toString(number), language)
        : null;
  }
}
