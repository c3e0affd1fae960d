package tandem.router.plan.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Trees as text again, on one line. */
final class TreeText {
  private final StringBuilder text = new StringBuilder();
  private final boolean sorted;

  private TreeText(boolean sorted) {
    this.sorted = sorted;
  }

  /** The same for values that are the same, whatever the order of their fields. */
  static String of(Tree tree) {
    return new TreeText(true).write(tree);
  }

  /** Fields in the order of the document. */
  static String asWritten(Tree tree) {
    return new TreeText(false).write(tree);
  }

  private String write(Tree tree) {
    append(tree);
    return text.toString();
  }

  private void append(Tree tree) {
    if (tree instanceof Tree.Obj object) {
      members(sorted ? new TreeMap<>(object.members()) : object.members());
    } else if (tree instanceof Tree.Arr list) {
      items(list.items());
    } else if (tree instanceof Tree.Text value) {
      quoted(value.value());
    } else if (tree instanceof Tree.Num number) {
      text.append(number.text());
    } else if (tree instanceof Tree.Bool bool) {
      text.append(bool.value());
    } else {
      text.append("null");
    }
  }

  private void members(Map<String, Tree.Member> members) {
    String between = "";
    text.append('{');
    for (Map.Entry<String, Tree.Member> member : members.entrySet()) {
      text.append(between);
      quoted(member.getKey());
      text.append(": ");
      append(member.getValue().value());
      between = ", ";
    }
    text.append('}');
  }

  private void items(Collection<Tree> items) {
    String between = "";
    text.append('[');
    for (Tree item : items) {
      text.append(between);
      append(item);
      between = ", ";
    }
    text.append(']');
  }

  private void quoted(String value) {
    text.append('"').append(JsonStringEncoder.getInstance().quoteAsString(value)).append('"');
  }
}
