package tandem.edge.esl;

import java.util.Objects;

/**
 * What the switch answered to one command.
 *
 * @param ok false when the text begins with {@code -ERR} or {@code -USAGE}; some usage texts of the
 *     switch have no such mark
 * @param text the Reply-Text of a command, or the whole body of an {@code api}, which may have a
 *     line end at its end
 * @param frame the answer as it came
 */
public record EslReply(boolean ok, String text, EslFrame frame) {
  static EslReply of(EslFrame frame) {
    String text =
        frame.kind() == EslFrame.Kind.API_RESPONSE
            ? frame.body()
            : Objects.requireNonNullElse(frame.header("Reply-Text"), "");
    return new EslReply(isOk(text), text, frame);
  }

  static boolean isOk(String text) {
    return !text.startsWith("-ERR") && !text.startsWith("-USAGE");
  }
}
