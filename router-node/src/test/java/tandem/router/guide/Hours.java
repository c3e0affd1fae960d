package tandem.router.guide;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.Manual;

/** {@code calendar NAME at TIME [opened|closed by hand [until TIME]]}: open or closed, and why. */
final class Hours implements Speaker {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(?:[+-]\\d\\d:\\d\\d)?";
  private static final Pattern CALENDAR =
      Pattern.compile(
          "calendar (\\S+) at ("
              + TIME
              + ")(?:, (opened|closed) by hand(?: until ("
              + TIME
              + "))?)?");

  private final Plan plan;

  Hours(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Optional<Answer> answer(String said) {
    Matcher m = CALENDAR.matcher(said);
    if (!m.matches()) {
      return Optional.empty();
    }
    Calendar calendar = plan.calendars().get(m.group(1));
    if (calendar == null) {
      throw new IllegalArgumentException("there is no calendar " + m.group(1));
    }
    ZoneId zone = calendar.zone();
    Instant at = Words.time(m.group(2), zone);
    Manual manual =
        m.group(3) == null
            ? null
            : new Manual(
                m.group(3).equals("opened"),
                m.group(4) == null ? null : Words.time(m.group(4), zone));
    @Nullable Instant change = calendar.nextChange(at, manual);
    String next = change == null ? "changes never" : "changes at " + Words.time(change, zone);
    return Optional.of(new Answer(calendar.state(at, manual).text(), Set.of(next)));
  }
}
