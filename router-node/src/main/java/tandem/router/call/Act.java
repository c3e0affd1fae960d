package tandem.router.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's doing, kept with the event that came of it.
 *
 * @param key of the request; a later one with this key is not done again
 * @param by who asked for it, as their token names them
 * @param what was asked: tells a repeat from another request with the same key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Act(String key, String by, String what) {
  /** What was asked is kept as it reads, up to so many characters. */
  private static final int LONGEST = 200;

  static Act of(Call.Control control) {
    return new Act(control.key(), control.by(), what(control.operation()));
  }

  /** Digits are not kept, they may be anything; of a long text, or a personal one, its digest. */
  private static String what(Operation operation) {
    if (operation instanceof Operation.Press press) {
      return "Press[" + press.digits().length() + " digits, leg=" + press.leg() + ']';
    }
    String text = operation.toString();
    boolean personal =
        operation instanceof Operation.Note
            || operation instanceof Operation.Dispose
            || operation instanceof Operation.SetAttributes;
    return text.length() <= LONGEST && !personal
        ? text
        : operation.getClass().getSimpleName() + '#' + digest(text);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** An event that came of a request. */
  public interface Done {
    /** Null when nobody asked: it follows from something else. */
    @Nullable Act act();
  }
}
