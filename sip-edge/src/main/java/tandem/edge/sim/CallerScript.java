package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/**
 * How a played caller behaves.
 *
 * @param patience how long it waits for somebody to talk to before it hangs up; null: for ever
 * @param talk how long it talks, from being bridged, before it hangs up; null: the other side has
 *     to
 */
public record CallerScript(@Nullable Span patience, @Nullable Span talk) {

  /** Waits for ever, talks for so long. */
  public static CallerScript talking(Span length) {
    return new CallerScript(null, length);
  }

  /** Never hangs up, neither waiting nor talking. */
  public static CallerScript endless() {
    return new CallerScript(null, null);
  }

  /** The same with limited patience. */
  public CallerScript withPatience(Span limit) {
    return new CallerScript(limit, talk);
  }

  static CallerScript parse(ScriptText words) {
    return new CallerScript(
        words.spanOrNever("patience", null), words.spanOrNever("talk", Span.of(3_000)));
  }

  /**
   * {@code patience=30000 talk=1000..2000}, every word optional ({@code never} is allowed); unknown
   * ones are refused.
   */
  public static CallerScript parse(String text) {
    ScriptText words = new ScriptText(text);
    CallerScript script = parse(words);
    words.end();
    return script;
  }
}
