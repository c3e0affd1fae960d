package tandem.edge.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one Event Socket client listens to: event names, CUSTOM subclasses, filters, and in which
 * format.
 */
final class Subscription {

  private record Filter(String header, String value) {}

  private final Set<String> names = new HashSet<>();
  private final Set<String> subclasses = new HashSet<>();
  private final List<Filter> filters = new ArrayList<>();
  private boolean all;
  private boolean listening;
  private boolean json;

  boolean json() {
    return json;
  }

  boolean wants(String name) {
    return listening
        && (all || names.contains(name) || (name.equals("CUSTOM") && !subclasses.isEmpty()));
  }

  /** With filters, an event passes when one of them holds. */
  boolean passes(SimEvent event) {
    if (event.name().equals("CUSTOM") && !all) {
      String subclass = event.first("Event-Subclass");
      if (subclass == null || !subclasses.contains(subclass)) {
        return false;
      }
    }
    if (filters.isEmpty()) {
      return true;
    }
    for (Filter filter : filters) {
      String value = event.first(filter.header);
      if (value != null && value.contains(filter.value)) {
        return true;
      }
    }
    return false;
  }

  /** {@code event plain|json NAMES}; the text of the reply. */
  String subscribe(String arguments) {
    String[] words = arguments.trim().split(" +", -1);
    String format = words[0];
    int first = 1;
    if (format.equals("xml")) {
      return "-ERR xml is not simulated";
    }
    if (!format.equals("plain") && !format.equals("json")) {
      format = "plain";
      first = 0;
    }
    json = format.equals("json");
    boolean custom = false;
    for (int i = first; i < words.length; i++) {
      if (custom) {
        subclasses.add(words[i]);
      } else if (words[i].equals("CUSTOM")) {
        custom = true;
      } else if (words[i].equalsIgnoreCase("all")) {
        all = true;
      } else {
        names.add(words[i]);
      }
    }
    listening = true;
    return "+OK event listener enabled " + format;
  }

  String nix(String arguments) {
    for (String word : arguments.trim().split(" +", -1)) {
      names.remove(word);
      subclasses.remove(word);
      if (word.equalsIgnoreCase("all")) {
        all = false;
        names.clear();
      }
    }
    return "+OK events nixed";
  }

  String silence() {
    if (!listening) {
      return "-ERR not listening for events";
    }
    listening = false;
    all = false;
    names.clear();
    subclasses.clear();
    return "+OK no longer listening for events";
  }

  String filter(String arguments) {
    String[] words = arguments.trim().split(" +", 3);
    if (words[0].equals("delete")) {
      if (words.length == 2 && words[1].equals("all")) {
        filters.clear();
        return "+OK filter deleted. [all][]";
      }
      if (words.length == 3) {
        filters.remove(new Filter(words[1], words[2]));
        return "+OK filter deleted. [" + words[1] + "][" + words[2] + "]";
      }
      return "-ERR invalid syntax";
    }
    String[] pair = arguments.trim().split(" +", 2);
    if (pair.length < 2) {
      return "-ERR invalid syntax";
    }
    filters.add(new Filter(pair[0], pair[1]));
    return "+OK filter added. [" + pair[0] + "]=[" + pair[1] + "]";
  }
}
