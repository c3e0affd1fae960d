package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/**
 * How a played caller behaves.
 *
 * @param patience how long it waits for somebody to talk to before it hangs up; null: for ever
 * @param talk how long it talks, from being bridged, before it hangs up; null: the other side has
 *     to
 * @param keys digits it types
 */
public record CallerScript(@Nullable Span patience, @Nullable Span talk, Keys keys) {

  /** Waits for ever, talks for so long. */
  public static CallerScript talking(Span length) {
    return new CallerScript(null, length, Keys.none());
  }

  /** Never hangs up, neither waiting nor talking. */
  public static CallerScript endless() {
    return new CallerScript(null, null, Keys.none());
  }

  /** The same with limited patience. */
  public CallerScript withPatience(Span limit) {
    return new CallerScript(limit, talk, keys);
  }

  /** The same, and types digits. */
  public CallerScript typing(Keys digits) {
    return new CallerScript(patience, talk, digits);
  }

  static CallerScript parse(ScriptText words) {
    return new CallerScript(
        words.spanOrNever("patience", null),
        words.spanOrNever("talk", Span.of(3_000)),
        Keys.parse(words.text("keys", "")));
  }

  /**
   * {@code patience=30000 talk=1000..2000 keys=prompt+300:1}, every word optional ({@code never} is
   * allowed); unknown ones are refused.
   */
  public static CallerScript parse(String text) {
    ScriptText words = new ScriptText(text);
    CallerScript script = parse(words);
    words.end();
    return script;
  }
}
