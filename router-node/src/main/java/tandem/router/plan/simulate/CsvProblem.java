package tandem.router.plan.simulate;

/**
 * One thing that is wrong with a CSV file, and where.
 *
 * @param line from 1
 * @param column from 1: the character where the value begins
 * @param message what is wrong and what is allowed; names the CSV column first where there is one
 */
public record CsvProblem(int line, int column, String message) {
  /** Problems reported at once; nobody reads more before mending some. */
  public static final int MOST = 100;

  @Override
  public String toString() {
    return line + ":" + column + ": " + message;
  }
}
