package tandem.http.routes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Pages of sorted names: the cursor is the last name of the page before, made opaque. */
final class Pages {
  static final int LIMIT = 200;
  static final int DEFAULT_LIMIT = 50;

  private Pages() {}

  record Names(List<String> names, @Nullable String next) {}

  static Names of(SortedSet<String> all, @Nullable String after, int limit) {
    SortedSet<String> rest = after == null ? all : all.tailSet(after + '\0');
    List<String> names = rest.stream().limit(limit).toList();
    boolean more = rest.size() > names.size();
    return new Names(names, more ? cursor(names.get(names.size() - 1)) : null);
  }

  static String cursor(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What {@link #cursor} was given; an {@link IllegalArgumentException} says that it was not. */
  static String opened(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not a cursor of this list", e);
    }
  }
}
