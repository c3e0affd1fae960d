package tandem.router.plan.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.Names;
import tandem.router.domain.ivr.Template;

/** Reads values and names of attributes in interactive flows. */
final class IvrValueReader {
  private static final Pattern OF_THE_CALL = Pattern.compile("call[.].*");
  private static final int LONGEST_NAME = 100;

  private final Problems problems;
  private final Values values;

  IvrValueReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
  }

  /** The name of an attribute that a flow fills. */
  static String attribute(String name) {
    if (OF_THE_CALL.matcher(name).matches()) {
      throw new IllegalArgumentException("names that begin with 'call.' are those of the call");
    }
    return Names.name("attribute", name);
  }

  /** The same, at its place. */
  void attribute(String name, Tree.Place place) {
    try {
      attribute(name);
    } catch (IllegalArgumentException e) {
      problems.error(place, Words.reason(e));
    }
  }

  /** The members of an object with one at least; none when it is something else. */
  Map<String, Tree.Member> members(@Nullable Tree tree, int most) {
    if (tree == null) {
      return Map.of();
    }
    if (!(tree instanceof Tree.Obj object)) {
      problems.error(tree.place(), "must be an object, got " + tree.kind());
      return Map.of();
    }
    if (object.members().isEmpty() || object.members().size() > most) {
      problems.error(
          tree.place(), "must have 1 to " + most + " members, got " + object.members().size());
      return Map.of();
    }
    return object.members();
  }

  /**
   * Texts with attributes in them, numbers and booleans by name.
   *
   * @param attributes whether the names are those of attributes
   */
  Map<String, Object> values(Tree tree, int most, boolean attributes) {
    Map<String, Object> read = new LinkedHashMap<>();
    members(tree, most)
        .forEach(
            (name, member) -> {
              if (attributes) {
                attribute(name, member.name());
              } else if (name.isBlank() || name.length() > LONGEST_NAME) {
                problems.error(member.name(), "a name has 1 to " + LONGEST_NAME + " characters");
              }
              Object value = value(member.value());
              if (value != null) {
                read.put(name, value);
              }
            });
    return read;
  }

  private @Nullable Object value(Tree tree) {
    if (tree instanceof Tree.Text) {
      return values.text(tree, IvrValueReader::text);
    } else if (tree instanceof Tree.Bool bool) {
      return bool.value();
    } else if (tree instanceof Tree.Num number) {
      return values.made(number, () -> Values.number(number.text()));
    }
    problems.error(tree.place(), "must be a text, a number or true or false, got " + tree.kind());
    return null;
  }

  private static String text(String text) {
    if (text.length() > Attributes.LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "must have at most " + Attributes.LONGEST_TEXT + " characters, got " + text.length());
    }
    return Template.checked(text);
  }
}
