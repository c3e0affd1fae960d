package tandem.edge.link;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The gateways over which somebody outside is called, as the switch itself names them in a global
 * variable, the one it likes best first: its dialplan uses the same. Single owner of these names;
 * asked for each call to outside, since they may be changed at any time.
 */
final class Trunk {
  private static final String QUESTION = "global_getvar tandem_trunk";

  /** As the dialplan takes them: nothing that would end the dial string. */
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+){0,15}");

  private final LinkActs acts;
  private List<String> names = List.of();
  private boolean known;
  private boolean asked;
  private boolean owed;

  Trunk(LinkActs acts) {
    this.acts = acts;
  }

  /** Asks how they are called now, unless the answer to that is on its way. */
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
    names = ok && NAMES.matcher(text).matches() ? List.of(text.split(",")) : List.of();
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

  /** Whether the switch has said them since it was asked last. */
  boolean isKnown() {
    return known;
  }

  /** Whether there is one of this rank, from 0. */
  boolean exists(int rank) {
    return rank >= 0 && rank < names.size();
  }

  /** What calls this number over the trunk of this rank. */
  String dialString(int rank, String number) {
    return "sofia/gateway/" + names.get(rank) + "/" + number;
  }
}
