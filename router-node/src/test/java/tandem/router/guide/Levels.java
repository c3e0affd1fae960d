package tandem.router.guide;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.domain.report.CallCounts;
import tandem.router.domain.report.ServiceLevelFormula;

/** {@code FORMULA of 1000 answered, 860 in time, 60 abandoned, 20 in time, 10 short}. */
final class Levels implements Speaker {
  private static final Pattern LEVEL =
      Pattern.compile(
          "([A-Z_]+) of (\\d+) answered, (\\d+) in time, (\\d+) abandoned, (\\d+) in time,"
              + " (\\d+) short");

  @Override
  public Optional<Answer> answer(String said) {
    Matcher m = LEVEL.matcher(said);
    if (!m.matches()) {
      return Optional.empty();
    }
    CallCounts counts =
        new CallCounts(number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6));
    double level = ServiceLevelFormula.valueOf(m.group(1)).of(counts).orElseThrow();
    return Optional.of(new Answer(String.format(Locale.ROOT, "%.1f %%", 100 * level)));
  }

  private static long number(Matcher m, int group) {
    return Long.parseLong(m.group(group));
  }
}
