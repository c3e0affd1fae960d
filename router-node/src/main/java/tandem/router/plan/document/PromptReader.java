package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;

/**
 * Reads what callers hear: a file's path, {@code {"file": …}}, {@code {"say": …, "language": …}},
 * {@code {"number": …, "language": …}}, or a list of these.
 */
final class PromptReader {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*\\}");

  private final Problems problems;
  private final Values values;

  PromptReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
  }

  /** One or several, each with its own language; what is wrong is left out, and a problem. */
  List<Prompt> prompts(@Nullable Tree tree) {
    return prompts(tree, null, Set.of());
  }

  /**
   * One or several.
   *
   * @param language of those that name none; null when each must
   * @param placeholders what stands for something within texts, or in place of a number
   */
  List<Prompt> prompts(@Nullable Tree tree, @Nullable String language, Set<String> placeholders) {
    List<Prompt> prompts = new ArrayList<>();
    List<Tree> items =
        tree == null || tree instanceof Tree.Arr
            ? values.items(tree, 1, PlanLimits.PROMPTS)
            : List.of(tree);
    for (Tree item : items) {
      Prompt prompt = prompt(item, language, placeholders);
      if (prompt != null) {
        prompts.add(prompt);
      }
    }
    return prompts;
  }

  private @Nullable Prompt prompt(Tree tree, @Nullable String language, Set<String> placeholders) {
    PromptForm form = PromptForm.of(tree, problems);
    if (form == null) {
      return null;
    }
    Tree value = form.value();
    Prompt prompt =
        switch (form.kind()) {
          case "file" -> values.text(value, Prompt.File::new);
          case "say" -> say(value, language(form.told(), language), placeholders);
          default -> number(value, language(form.told(), language), placeholders);
        };
    form.finish();
    return prompt;
  }

  private @Nullable String language(Fields fields, @Nullable String usual) {
    Tree language = usual == null ? fields.need("language") : fields.get("language");
    return language == null ? usual : values.text(language, Prompt::language);
  }

  private @Nullable Prompt say(
      @Nullable Tree value, @Nullable String language, Set<String> placeholders) {
    if (language == null) {
      return null;
    }
    return values.text(
        value,
        text -> {
          Matcher matcher = PLACEHOLDER.matcher(text);
          while (!placeholders.isEmpty() && matcher.find()) {
            if (!placeholders.contains(matcher.group())) {
              throw new IllegalArgumentException(
                  "there is no "
                      + Words.shown(matcher.group())
                      + (" here; " + Words.some(placeholders)));
            }
          }
          return new Prompt.Speech(text, language);
        });
  }

  /** A number itself, or what stands for one: that is told as soon as it is known. */
  private @Nullable Prompt number(
      @Nullable Tree value, @Nullable String language, Set<String> placeholders) {
    if (language == null) {
      return null;
    } else if (value instanceof Tree.Text && !placeholders.isEmpty()) {
      return values.text(
          value,
          text -> {
            if (!placeholders.contains(text)) {
              throw new IllegalArgumentException(
                  "must be a whole number, "
                      + String.join(" or ", placeholders)
                      + (", got '" + Words.shown(text) + "'"));
            }
            return new Prompt.Speech(text, language);
          });
    }
    int before = problems.errors();
    int number = values.whole(value, 0, Prompt.LARGEST_NUMBER, 0);
    return problems.errors() == before ? new Prompt.Number(number, language) : null;
  }
}
