package tandem.router.domain.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading an expression: parsed, looked over ({@link Survey}), then type-checked; each
 * step only when the one before left something to work on.
 *
 * @param problems in the order of the text
 * @param checked null when there are problems
 */
record Reading(
    List<ExpressionProblem> problems,
    SortedSet<String> callFields,
    SortedSet<String> calendars,
    @Nullable CelAbstractSyntaxTree checked) {

  private static final Comparator<ExpressionProblem> BY_PLACE =
      Comparator.comparingInt(ExpressionProblem::line)
          .thenComparingInt(ExpressionProblem::column)
          .thenComparing(ExpressionProblem::message);

  static Reading of(Language language, String text) {
    if (text.isBlank()) {
      return bad(List.of(new ExpressionProblem(1, 1, "the expression is empty")));
    }
    int length = text.codePointCount(0, text.length());
    if (length > ExpressionLimits.MOST_CHARACTERS) {
      return bad(
          List.of(
              new ExpressionProblem(
                  1,
                  1,
                  "at most " + ExpressionLimits.MOST_CHARACTERS + " characters, got " + length)));
    }
    CelValidationResult parsed = language.cel().parse(text);
    if (parsed.hasError()) {
      return bad(problems(parsed.getErrors()));
    }
    CelAbstractSyntaxTree tree = tree(parsed);
    Survey survey = Survey.of(language, tree);
    if (survey.tooLarge()) {
      return bad(survey.problems());
    }
    CelValidationResult typed = language.cel().check(tree);
    List<ExpressionProblem> all = new ArrayList<>(survey.problems());
    if (typed.hasError()) {
      all.addAll(problems(typed.getErrors(), tree.getSource(), survey));
    }
    if (!all.isEmpty() || typed.hasError()) {
      return bad(all);
    }
    CelAbstractSyntaxTree checked = tree(typed);
    survey.tooManyListSums(checked).ifPresent(all::add);
    String wrong = language.yields(checked.getResultType());
    if (wrong != null) {
      all.add(new ExpressionProblem(1, 1, wrong));
    }
    return all.isEmpty()
        ? new Reading(List.of(), survey.callFields(), survey.calendars(), checked)
        : bad(all);
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult good) {
    try {
      return good.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("no syntax tree without errors", e);
    }
  }

  private static Reading bad(List<ExpressionProblem> problems) {
    return new Reading(
        problems.stream()
            .distinct()
            .sorted(BY_PLACE)
            .limit(ExpressionLimits.MOST_PROBLEMS)
            .toList(),
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        null);
  }

  private static List<ExpressionProblem> problems(List<CelIssue> ofParser) {
    return ofParser.stream()
        .map(
            issue -> Places.problem(issue.getSourceLocation(), Messages.parser(issue.getMessage())))
        .toList();
  }

  private static List<ExpressionProblem> problems(
      List<CelIssue> ofChecker, CelSource source, Survey survey) {
    return ofChecker.stream()
        .filter(issue -> !survey.explained().contains(issue.getExprId()))
        .map(
            issue -> {
              boolean call = survey.calls().contains(issue.getExprId());
              String message = Messages.checker(issue.getMessage(), call);
              return source
                  .getLocationOffset(issue.getSourceLocation())
                  .map(offset -> Places.problem(source, offset, message))
                  .orElseGet(() -> Places.problem(issue.getSourceLocation(), message));
            })
        .toList();
  }
}
