package tandem.router.plan.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The example plans among the tests' resources. */
final class Plans {
  static final List<String> ALL = List.of("main", "everything", "smallest", "world", "sales");

  private Plans() {}

  static String text(String name) {
    try (InputStream stream = Plans.class.getResourceAsStream("/plans/" + name + ".json")) {
      if (stream == null) {
        throw new IllegalArgumentException("no plan " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The example that has everything, with one thing put in another's place. */
  static String changed(String from, String to) {
    String text = text("everything");
    int at = text.indexOf(from);
    if (at < 0) {
      throw new IllegalArgumentException("not in the example: " + from);
    }
    String with = to.equals("(nothing)") ? "" : to;
    return text.substring(0, at) + with + text.substring(at + from.length());
  }
}
