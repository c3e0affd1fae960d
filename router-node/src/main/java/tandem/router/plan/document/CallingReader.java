package tandem.router.plan.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.plan.NumberPattern;
import tandem.router.domain.plan.Outgoing;
import tandem.router.domain.plan.Supervision;

/** Reads whom agents may call, and what supervisors may do. */
final class CallingReader {
  private final Problems problems;
  private final Values values;

  CallingReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
  }

  Outgoing outgoing(@Nullable Tree tree) {
    Fields fields = tree == null ? null : Fields.of(tree, problems);
    if (fields == null) {
      return Outgoing.NONE;
    }
    String country = values.text(fields.get("country"), CallbackReader::country);
    List<PhoneNumber> shown = each(fields.get("shown"), PlanLimits.SHOWN, PhoneNumber::new);
    List<NumberPattern> allow = patterns(fields.get("allow"));
    List<NumberPattern> deny = patterns(fields.get("deny"));
    fields.finish();
    return new Outgoing(country, shown, allow, deny);
  }

  private List<NumberPattern> patterns(@Nullable Tree tree) {
    return each(tree, PlanLimits.PATTERNS, NumberPattern::parse);
  }

  private <T> List<T> each(@Nullable Tree tree, int most, Function<String, T> make) {
    List<T> all = new ArrayList<>();
    for (Tree item : values.items(tree, 1, most)) {
      T one = values.text(item, make);
      if (one != null && all.contains(one)) {
        problems.error(item.place(), "is named twice");
      } else if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  Supervision supervision(@Nullable Tree tree) {
    Supervision usual = Supervision.ALL;
    Fields fields = tree == null ? null : Fields.of(tree, problems);
    if (fields == null) {
      return usual;
    }
    Supervision supervision =
        new Supervision(
            values.bool(fields.get("monitor"), usual.monitor()),
            values.bool(fields.get("whisper"), usual.whisper()),
            values.bool(fields.get("barge"), usual.barge()),
            values.bool(fields.get("takeOver"), usual.takeOver()));
    fields.finish();
    return supervision;
  }
}
