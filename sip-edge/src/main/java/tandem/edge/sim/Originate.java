package tandem.edge.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One {@code originate} order, parsed, and the call that waits for its result. */
final class Originate {

  static final String USAGE =
      "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>]"
          + " [<cid_name>] [<cid_num>] [<timeout_sec>]\n";

  final Map<String, String> variables;
  final String dial;
  final String application;
  final String argument;
  final ApiCall call;
  Runnable rang = () -> {};
  boolean done;
  SimLoop.@Nullable Timer timeout;

  private Originate(
      Map<String, String> variables,
      String dial,
      String application,
      String argument,
      ApiCall call) {
    this.variables = variables;
    this.dial = dial;
    this.application = application;
    this.argument = argument;
    this.call = call;
  }

  /** Null when the order does not parse: the switch then answers with {@link #USAGE}. */
  static @Nullable Originate parse(ApiCall call) {
    String rest = call.arguments().trim();
    Map<String, String> variables = new LinkedHashMap<>();
    String timeoutKey = "originate_timeout";
    for (char open : new char[] {'{', '['}) {
      if (!rest.isEmpty() && rest.charAt(0) == open) {
        int close = rest.indexOf(open == '{' ? '}' : ']');
        if (close < 0) {
          return null;
        }
        split(rest.substring(1, close), variables);
        rest = rest.substring(close + 1).trim();
      }
    }
    String[] words = rest.split(" +", 3);
    if (words.length < 2 || words[0].isEmpty()) {
      return null;
    }
    if (words.length == 3) {
      String last = words[2].substring(words[2].lastIndexOf(' ') + 1);
      if (!last.isEmpty() && last.chars().allMatch(Character::isDigit)) {
        variables.putIfAbsent(timeoutKey, last);
      }
    }
    String application = words[1];
    String argument = "";
    if (application.startsWith("&")) {
      int paren = application.indexOf('(');
      if (paren > 0 && application.endsWith(")")) {
        argument = application.substring(paren + 1, application.length() - 1);
        application = application.substring(1, paren);
      } else {
        application = application.substring(1);
      }
    } else {
      application = "transfer";
    }
    return new Originate(variables, words[0], application, argument, call);
  }

  /**
   * A leg that the application {@code bridge} calls: nothing runs on it.
   *
   * @param rang told of its far end's 180
   */
  static Originate dialled(
      String dial, Map<String, String> variables, Runnable rang, ApiCall call) {
    Originate order = new Originate(variables, dial, "", "", call);
    order.rang = rang;
    return order;
  }

  /** Takes {@code {…}} and {@code […]} off a dial string, into the variables; the rest of it. */
  static String localVariables(String dial, Map<String, String> into) {
    String rest = dial.trim();
    for (char open : new char[] {'{', '['}) {
      int close = rest.indexOf(open == '{' ? '}' : ']');
      if (!rest.isEmpty() && rest.charAt(0) == open && close > 0) {
        split(rest.substring(1, close), into);
        rest = rest.substring(close + 1).trim();
      }
    }
    return rest;
  }

  private static void split(String text, Map<String, String> into) {
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && text.charAt(i) == '\'') {
        quoted = !quoted;
      }
      if (i == text.length() || (text.charAt(i) == ',' && !quoted)) {
        String pair = text.substring(start, i);
        int equals = pair.indexOf('=');
        if (equals > 0) {
          into.put(pair.substring(0, equals).trim(), unquote(pair.substring(equals + 1)));
        }
        start = i + 1;
      }
    }
  }

  private static String unquote(String value) {
    return value.length() > 1 && value.startsWith("'") && value.endsWith("'")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  void result(String text) {
    if (!done) {
      done = true;
      if (timeout != null) {
        timeout.cancel();
      }
      call.reply(text);
    }
  }
}
