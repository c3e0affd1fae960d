package tandem.edge.sim;

import java.util.List;

/**
 * Calls to place by themselves.
 *
 * @param rate calls a second
 * @param calls how many in all
 * @param to numbers called, in turn
 * @param fromPrefix callers' numbers are this and a running number of seven digits
 * @param caller how each caller behaves
 * @param poisson whether the gaps are drawn (exponential) or even
 * @param seed of gaps, patience and talk
 */
public record LoadPlan(
    double rate,
    long calls,
    List<String> to,
    String fromPrefix,
    CallerScript caller,
    boolean poisson,
    long seed) {

  /** Refuses what cannot be placed. */
  public LoadPlan {
    if (!(rate > 0 && rate <= 10_000)) {
      throw new IllegalArgumentException(
          "rate must be over 0 and at most 10000 calls a second, not " + rate);
    }
    if (calls < 1) {
      throw new IllegalArgumentException("calls must be at least 1, not " + calls);
    }
    if (to.isEmpty() || to.contains("")) {
      throw new IllegalArgumentException("to must name at least one number");
    }
    to = List.copyOf(to);
  }

  /**
   * {@code rate=50 seconds=10 to=+14155550100,+14155550101 patience=30000 talk=1000..2000 seed=7
   * poisson=true}; {@code calls=} may stand for {@code seconds=}. Unknown words are refused.
   */
  public static LoadPlan parse(String text) {
    ScriptText words = new ScriptText(text);
    double rate = words.number("rate", 10);
    double seconds = words.number("seconds", 10);
    LoadPlan plan =
        new LoadPlan(
            rate,
            (long) words.number("calls", Math.max(1.0, Math.rint(rate * seconds))),
            List.of(words.text("to", "+14155550100").split(",", -1)),
            words.text("from", "+1555"),
            CallerScript.parse(words),
            Boolean.parseBoolean(words.text("poisson", "false")),
            (long) words.number("seed", 1));
    words.end();
    return plan;
  }
}
