package tandem.router.plan.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.plan.Action;
import tandem.router.plan.document.ActionReader.Spot;

/** Reads how a caller is called back: what stands under {@code callback}. */
final class CallbackReader {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final Problems problems;
  private final Values values;
  private final ActionReader actions;

  CallbackReader(Workshop workshop, ActionReader actions) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.actions = actions;
  }

  @Nullable Action read(@Nullable Tree tree, String from, Spot spot) {
    Fields fields = tree == null ? null : Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    Tree queue = fields.get("queue");
    List<String> queues = queue == null ? List.of() : actions.queues(queue, from);
    Duration within =
        or(
            values.duration(
                fields.get("within"), PlanLimits.SHORTEST_CALLBACK, PlanLimits.LONGEST_CALLBACK),
            Action.Callback.WITHIN);
    int attempts =
        values.whole(
            fields.get("attempts"), 1, PlanLimits.CALLBACK_ATTEMPTS, Action.Callback.ATTEMPTS);
    Duration retryAfter =
        or(
            values.duration(
                fields.get("retryAfter"), PlanLimits.SHORTEST_CALLBACK, PlanLimits.LONGEST_WAIT),
            Action.Callback.EVERY);
    Duration ring =
        or(
            values.duration(
                fields.get("ring"), PlanLimits.SHORTEST_CALLBACK_RING, PlanLimits.LONGEST_RING),
            Action.Callback.RING);
    List<String> countries = countries(fields.get("countries"));
    Action otherwise = otherwise(fields, from, spot);
    if (attempts > 1 && retryAfter.compareTo(within) >= 0) {
      problems.warning(
          fields.nameOf(fields.has("retryAfter") ? "retryAfter" : "within"),
          "there is one attempt only: 'within' ("
              + (Words.of(within) + ") is no longer than 'retryAfter' (")
              + (Words.of(retryAfter) + ")"));
    }
    fields.finish();
    return new Action.Callback(queues, within, attempts, retryAfter, ring, countries, otherwise);
  }

  private @Nullable Action otherwise(Fields fields, String from, Spot spot) {
    Tree otherwise = fields.get("otherwise");
    if (otherwise != null) {
      return actions.readOtherwise(otherwise, from);
    }
    if (spot != Spot.STEP) {
      problems.error(
          fields.place(),
          "'otherwise' is missing: what becomes of a caller whose number cannot be called");
    }
    return null;
  }

  private List<String> countries(@Nullable Tree tree) {
    List<String> countries = new ArrayList<>();
    for (Tree item : values.items(tree, 1, PlanLimits.COUNTRIES)) {
      String country = values.text(item, CallbackReader::country);
      if (country != null && countries.contains(country)) {
        problems.error(item.place(), "country '" + country + "' is named twice");
      } else if (country != null) {
        countries.add(country);
      }
    }
    return countries;
  }

  /** A country itself; an {@link IllegalArgumentException} when there is none such. */
  static String country(String text) {
    if (!text.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException(
          "must be two capital letters of ISO 3166-1, such as US, got '"
              + (Words.shown(text) + "'"));
    } else if (!COUNTRIES.contains(text)) {
      throw new IllegalArgumentException("there is no country '" + text + "' in ISO 3166-1");
    }
    return text;
  }

  private static Duration or(@Nullable Duration duration, Duration otherwise) {
    return duration == null ? otherwise : duration;
  }
}
