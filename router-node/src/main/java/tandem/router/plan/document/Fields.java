package tandem.router.plan.document;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.plan.document.Tree.Place;

/** The fields of one object. What was not asked for is unknown, and an error in {@link #finish}. */
final class Fields {
  private final Tree.Obj object;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(Tree.Obj object, Problems problems) {
    this.object = object;
    this.problems = problems;
  }

  /** Of an object; null and a problem when it is none. */
  static @Nullable Fields of(Tree tree, Problems problems) {
    if (tree instanceof Tree.Obj object) {
      return new Fields(object, problems);
    }
    problems.error(tree.place(), "must be an object, got " + tree.kind());
    return null;
  }

  Place place() {
    return object.place();
  }

  boolean has(String name) {
    return object.members().containsKey(name);
  }

  /** Where a field's name stands; the object's own place when it is not there. */
  Place nameOf(String name) {
    Tree.Member member = object.members().get(name);
    return member == null ? object.place() : member.name();
  }

  /** A field's value, null when it is not there. */
  @Nullable Tree get(String name) {
    known.add(name);
    Tree.Member member = object.members().get(name);
    return member == null ? null : member.value();
  }

  /** A field that must be there. */
  @Nullable Tree need(String name) {
    Tree value = get(name);
    if (value == null) {
      problems.error(object.place(), "'" + name + "' is missing");
    }
    return value;
  }

  /** Its members by name when it is an object of things by name; none otherwise. */
  Map<String, Tree.Member> named(String name, int most) {
    Tree value = get(name);
    if (value == null) {
      return Map.of();
    } else if (!(value instanceof Tree.Obj things)) {
      problems.error(value.place(), "must be an object, got " + value.kind());
      return Map.of();
    } else if (things.members().size() > most) {
      int got = things.members().size();
      problems.error(value.place(), "must have at most " + most + " members, got " + got);
      return Map.of();
    } else {
      return things.members();
    }
  }

  /** Everything was asked for. */
  void finish() {
    finish(List.copyOf(known));
  }

  /** Everything may be there that is known. */
  void finish(List<String> names) {
    String all = String.join(", ", names);
    for (Map.Entry<String, Tree.Member> member : object.members().entrySet()) {
      if (!names.contains(member.getKey())) {
        problems.error(
            member.getValue().name(),
            "'" + Words.shown(member.getKey()) + "' is unknown here; known are " + all);
      }
    }
  }
}
