package tandem.edge.sim;

import java.util.function.Consumer;

/**
 * One api or bgapi command under way: what was asked, and the one answer it must get, now or later.
 */
final class ApiCall {

  private final String command;
  private final String arguments;
  private final Consumer<String> answer;
  private boolean answered;

  ApiCall(String command, String arguments, Consumer<String> answer) {
    this.command = command;
    this.arguments = arguments;
    this.answer = answer;
  }

  String command() {
    return command;
  }

  String arguments() {
    return arguments;
  }

  /** The space-separated words of the arguments; the last of {@code most} keeps the rest. */
  String[] words(int most) {
    return arguments.isEmpty() ? new String[0] : arguments.trim().split(" +", most);
  }

  void reply(String text) {
    if (answered) {
      throw new IllegalStateException(command + " was answered twice");
    }
    answered = true;
    answer.accept(text);
  }
}
