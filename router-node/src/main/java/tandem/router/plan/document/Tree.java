package tandem.router.plan.document;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON value that knows where it stands in its document. */
sealed interface Tree {
  Place place();

  /** In words for a message. */
  String kind();

  /**
   * An object.
   *
   * @param members in the order of the document
   */
  record Obj(Place place, Map<String, Member> members) implements Tree {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /**
   * A field.
   *
   * @param name where the name stands
   */
  record Member(Place name, Tree value) {}

  record Arr(Place place, List<Tree> items) implements Tree {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Text(Place place, String value) implements Tree {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /**
   * A number.
   *
   * @param text as it is written
   */
  record Num(Place place, String text) implements Tree {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Bool(Place place, boolean value) implements Tree {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  record Nothing(Place place) implements Tree {
    @Override
    public String kind() {
      return "null";
    }
  }

  /**
   * Where a value stands.
   *
   * @param name in its object; null in a list
   * @param index in its list
   * @param offset of its first character in the document
   */
  record Place(@Nullable Place parent, @Nullable String name, int index, int offset) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    static Place root(int offset) {
      return new Place(null, null, 0, offset);
    }

    Place member(String member, int at) {
      return new Place(this, member, 0, at);
    }

    Place item(int number, int at) {
      return new Place(this, null, number, at);
    }

    /** Such as {@code flows.main[2].do}; names with other characters stand in brackets. */
    String path() {
      if (parent == null) {
        return "";
      }
      String before = parent.path();
      if (name == null) {
        return before + '[' + index + ']';
      } else if (PLAIN.matcher(name).matches() && name.length() <= Words.SHOWN) {
        return before.isEmpty() ? name : before + '.' + name;
      }
      return before + "['" + Words.shown(name) + "']";
    }
  }
}
