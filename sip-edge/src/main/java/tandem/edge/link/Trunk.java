package tandem.edge.link;

import java.util.regex.Pattern;

/**
 * The gateway over which somebody outside is called, as the switch itself names it in a global
 * variable: its dialplan uses the same. Single owner of that name; asked for each call to outside,
 * since it may be changed at any time.
 */
final class Trunk {
  private static final String QUESTION = "global_getvar tandem_trunk";

  /** As the dialplan takes it: nothing that would end the dial string. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private final LinkActs acts;
  private String name = "";
  private boolean known;
  private boolean asked;
  private boolean owed;

  Trunk(LinkActs acts) {
    this.acts = acts;
  }

  /** Asks how it is called now, unless the answer to that is on its way. */
  void ask() {
    known = false;
    if (!asked) {
      asked = true;
      owed = false;
      acts.api(QUESTION, new Purpose.WhichTrunk());
    }
  }

  /** What was asked on this connection is not answered any more. */
  void disconnected() {
    known = false;
    asked = false;
    owed = false;
  }

  /** An unset variable is said with {@code -ERR}. */
  void said(boolean ok, String text) {
    known = true;
    asked = false;
    name = ok && NAME.matcher(text).matches() ? text : "";
  }

  /** The question could not be written. */
  void notAsked() {
    asked = false;
    owed = true;
  }

  void tick() {
    if (owed) {
      ask();
    }
  }

  /** Whether the switch has said it since it was asked last. */
  boolean isKnown() {
    return known;
  }

  /** Whether there is one. */
  boolean exists() {
    return !name.isEmpty();
  }

  String dialString(String number) {
    return "sofia/gateway/" + name + "/" + number;
  }
}
