package tandem.router.plan.document;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Lot;

/** Reads park lots, and gives what they say to actions that park there and do not say it. */
final class LotReader {
  private static final Pattern SLOTS = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

  private final Problems problems;
  private final Values values;
  private final Links links;
  private final ActionReader actions;
  private final Map<String, Found> found = new HashMap<>();
  private boolean reading;
  private long given;

  private record Slots(int first, int last) {}

  /**
   * A lot.
   *
   * @param characters of what it does with calls that were not picked up
   */
  private record Found(Lot lot, int characters) {}

  LotReader(Workshop workshop, ActionReader actions) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.links = workshop.links();
    this.actions = actions;
  }

  /** All of them: to be read before other actions are. */
  Map<String, Lot> lots(Fields root) {
    reading = true;
    root.named("lots", PlanLimits.LOTS)
        .forEach(
            (name, member) -> {
              try {
                Names.name("lot", name);
              } catch (IllegalArgumentException e) {
                problems.error(member.name(), Words.reason(e));
              }
              Found lot = read(name, member.value());
              if (lot != null) {
                found.put(name, lot);
              }
            });
    reading = false;
    Map<String, Lot> lots = new TreeMap<>();
    found.forEach((name, lot) -> lots.put(name, lot.lot()));
    return lots;
  }

  /** Whether the actions that are being read now are those of lots. */
  boolean isReading() {
    return reading;
  }

  /**
   * What a lot says. A call keeps its actions in its journal, each with what the lot gave it: all
   * that is given is counted.
   *
   * @param asked the action that parks there and leaves the rest to the lot
   * @return null when it is wrong
   */
  @Nullable Lot give(String name, Tree.Place asked) {
    Found lot = found.get(name);
    if (lot == null) {
      return null;
    }
    long before = given;
    given += lot.characters();
    if (given > PlanLimits.GIVEN && before <= PlanLimits.GIVEN) {
      problems.error(
          asked,
          "what lots give to actions that leave it out has at most "
              + PlanLimits.GIVEN
              + " characters in all: let their 'then' name a flow");
    }
    return lot.lot();
  }

  private @Nullable Found read(String name, Tree tree) {
    Fields fields = Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    // People park in any lot, whatever the flows say.
    links.add(Links.NUMBERS, Links.lot(name));
    Slots slots = values.text(fields.need("slots"), LotReader::slots);
    Duration timeout =
        values.duration(fields.get("timeout"), PlanLimits.SHORTEST, PlanLimits.LONGEST_WAIT);
    int tries = Lot.TRIES;
    Duration ring = null;
    Tree recall = fields.get("recall");
    Fields again = recall == null ? null : Fields.of(recall, problems);
    if (again != null) {
      tries = values.whole(again.get("tries"), 0, PlanLimits.PARK_TRIES, Lot.TRIES);
      ring = values.duration(again.get("ring"), PlanLimits.SHORTEST, PlanLimits.LONGEST_RING);
      again.finish();
    }
    Tree next = fields.need("then");
    Action then = actions.readLast(next, Links.lot(name));
    fields.finish();
    if (slots == null || next == null || then == null) {
      return null;
    }
    Lot lot =
        new Lot(
            slots.first(),
            slots.last(),
            Objects.requireNonNullElse(timeout, Lot.TIMEOUT),
            tries,
            Objects.requireNonNullElse(ring, Lot.RING),
            then);
    return new Found(lot, TreeText.of(next).length());
  }

  private static Slots slots(String text) {
    Matcher matcher = SLOTS.matcher(text);
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first >= 1 && first <= last) {
        return new Slots(first, last);
      }
    }
    throw new IllegalArgumentException(
        "must be slots from 1 to "
            + PlanLimits.SLOT
            + (", such as 701-720 or 7, got '" + Words.shown(text) + "'"));
  }
}
