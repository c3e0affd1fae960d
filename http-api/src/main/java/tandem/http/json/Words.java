package tandem.http.json;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enum values on the wire: lower case with dashes, {@code NOT_READY} is {@code not-ready}. */
public final class Words {
  private Words() {}

  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a word; an {@link IllegalArgumentException} names those that are allowed. */
  public static <E extends Enum<E>> E parse(Class<E> type, String word) {
    for (E value : type.getEnumConstants()) {
      if (of(value).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "must be one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Words::of)
                .collect(Collectors.joining(", "))
            + ", got '"
            + word
            + "'");
  }
}
