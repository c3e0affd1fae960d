package tandem.router.plan.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tandem.router.domain.plan.QueueNames;

/** What leads callers where: from numbers to flows, from flows to queues, and on from there. */
final class Links {
  /** Where callers come from. */
  static final String NUMBERS = "numbers";

  private final Map<String, Set<String>> links = new HashMap<>();

  static String flow(String name) {
    return "flows." + name;
  }

  static String queue(String name) {
    return "queues." + name;
  }

  static String group(String name) {
    return "groups." + name;
  }

  static String lot(String name) {
    return "lots." + name;
  }

  static String ivr(String name) {
    return "ivr." + name;
  }

  /** The same by the name of a queue or of a group's queue. */
  static String of(String queue) {
    return QueueNames.groupOf(queue).map(Links::group).orElseGet(() -> queue(queue));
  }

  void add(String from, String to) {
    links.computeIfAbsent(from, key -> new HashSet<>()).add(to);
  }

  /** Everything some caller may come to. */
  Set<String> reached() {
    Set<String> reached = new HashSet<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(NUMBERS);
    while (!next.isEmpty()) {
      for (String to : links.getOrDefault(next.remove(), Set.of())) {
        if (reached.add(to)) {
          next.add(to);
        }
      }
    }
    return reached;
  }
}
