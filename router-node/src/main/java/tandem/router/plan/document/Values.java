package tandem.router.plan.document;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Durations;

/** Single values of a document. Nothing is coerced: {@code "1"} is no number. */
final class Values {
  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  /**
   * A text in one line, made into something; an {@link IllegalArgumentException} is its problem.
   */
  <T> @Nullable T text(@Nullable Tree tree, Function<String, T> make) {
    if (tree == null) {
      return null;
    } else if (!(tree instanceof Tree.Text text)) {
      problems.error(tree.place(), "must be a text, got " + tree.kind());
      return null;
    } else if (text.value().chars().anyMatch(Character::isISOControl)) {
      problems.error(tree.place(), "must not contain control characters");
      return null;
    } else {
      return made(tree, () -> make.apply(text.value()));
    }
  }

  /** What comes of it, or null and a problem. */
  <T> @Nullable T made(Tree tree, Made<T> make) {
    try {
      return make.make();
    } catch (IllegalArgumentException e) {
      problems.error(tree.place(), Words.reason(e));
      return null;
    }
  }

  /** Something that says with an {@link IllegalArgumentException} what is wrong with its input. */
  interface Made<T> {
    T make();
  }

  /** A text of some length. */
  @Nullable String words(@Nullable Tree tree, int most) {
    return text(
        tree,
        value -> {
          if (value.isBlank() || value.length() > most) {
            throw new IllegalArgumentException(
                "must have 1 to " + most + " characters, got " + value.length());
          }
          return value;
        });
  }

  /** A whole number within bounds, or the other value. */
  int whole(@Nullable Tree tree, int least, int most, int otherwise) {
    if (tree == null) {
      return otherwise;
    }
    String got = tree instanceof Tree.Num number ? Words.shown(number.text()) : tree.kind();
    if (tree instanceof Tree.Num number && number.text().matches("-?[0-9]{1,9}")) {
      int value = Integer.parseInt(number.text());
      if (value >= least && value <= most) {
        return value;
      }
    }
    String message = "must be a whole number from " + least + " to " + most + ", got " + got;
    problems.error(tree.place(), message);
    return otherwise;
  }

  /** Any number within bounds, or the other value. */
  double number(@Nullable Tree tree, double least, double most, double otherwise) {
    if (tree == null) {
      return otherwise;
    }
    if (tree instanceof Tree.Num number) {
      double value = Double.parseDouble(number.text());
      if (value >= least && value <= most) {
        return value;
      }
    }
    String got = tree instanceof Tree.Num number ? Words.shown(number.text()) : tree.kind();
    problems.error(tree.place(), "must be a number from " + least + " to " + most + ", got " + got);
    return otherwise;
  }

  /** A whole number as a {@code Long} where it is one and fits, any other as a {@code Double}. */
  static Number number(String text) {
    if (text.matches("-?[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value) || text.matches("-?[0-9]+")) {
      throw new IllegalArgumentException("is too large a number: " + Words.shown(text));
    }
    return value;
  }

  /** True or false, or the other value. */
  boolean bool(@Nullable Tree tree, boolean otherwise) {
    if (tree instanceof Tree.Bool bool) {
      return bool.value();
    } else if (tree != null) {
      problems.error(tree.place(), "must be true or false, got " + tree.kind());
    }
    return otherwise;
  }

  /** A duration within bounds. */
  @Nullable Duration duration(@Nullable Tree tree, Duration least, Duration most) {
    return text(
        tree,
        value -> {
          Duration duration = Durations.parse(value);
          if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                "must be "
                    + (Words.of(least) + " to " + Words.of(most))
                    + (", got " + Words.shown(value)));
          }
          return duration;
        });
  }

  /** One of some words. */
  <E extends Enum<E>> @Nullable E word(@Nullable Tree tree, Class<E> type) {
    return text(
        tree,
        value -> {
          for (E constant : type.getEnumConstants()) {
            if (Words.of(constant).equals(value)) {
              return constant;
            }
          }
          throw new IllegalArgumentException(
              "must be one of "
                  + String.join(", ", Words.of(type))
                  + (", got '" + Words.shown(value) + "'"));
        });
  }

  /** The items of a list of some length; none when it is no list. */
  List<Tree> items(@Nullable Tree tree, int least, int most) {
    if (tree == null) {
      return List.of();
    } else if (!(tree instanceof Tree.Arr list)) {
      problems.error(tree.place(), "must be a list, got " + tree.kind());
      return List.of();
    } else if (list.items().size() < least) {
      problems.error(tree.place(), "must not be empty");
      return List.of();
    } else if (list.items().size() > most) {
      int got = list.items().size();
      problems.error(tree.place(), "must have at most " + most + " items, got " + got);
      return list.items().subList(0, most);
    } else {
      return list.items();
    }
  }
}
