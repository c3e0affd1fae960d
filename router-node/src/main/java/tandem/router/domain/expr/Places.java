package tandem.router.domain.expr;

import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;

/** Where problems are: CEL points at dots and brackets, people look for names. */
final class Places {
  private Places() {}

  /** CEL counts lines from 1 and columns from 0; -1 where it knows no place. */
  static ExpressionProblem problem(CelSourceLocation at, String message) {
    return new ExpressionProblem(
        Math.max(1, at.getLine()), Math.max(1, at.getColumn() + 1), message);
  }

  /** At a node of the syntax tree: a selected field, a called function, or the place itself. */
  static ExpressionProblem problem(CelSource source, int offset, String message) {
    int place = name(source, Math.min(offset, source.getContent().size()));
    return problem(source.getOffsetLocation(place).orElse(CelSourceLocation.of(1, 0)), message);
  }

  private static int name(CelSource source, int offset) {
    int at = offset;
    int end = source.getContent().size();
    if (at < end && source.getContent().get(at) == '.') {
      while (at < end && isNoName(source.getContent().get(at))) {
        at++;
      }
      return at;
    } else if (at < end && "({".indexOf(source.getContent().get(at)) >= 0) {
      while (at > 0 && Character.isWhitespace(source.getContent().get(at - 1))) {
        at--;
      }
      int last = at;
      while (at > 0 && Character.isJavaIdentifierPart(source.getContent().get(at - 1))) {
        at--;
      }
      return at == last ? offset : at;
    }
    return offset;
  }

  private static boolean isNoName(int character) {
    return character == '.' || character == '?' || Character.isWhitespace(character);
  }
}
