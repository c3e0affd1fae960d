package tandem.router.plan.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Ready-made interactive flows that authors copy into their plans: a JSON object with a list {@code
 * templates}; each has a {@code name}, a {@code description}, what a plan must define for it
 * ({@code needs}: names by section, and {@code secrets} of the installation), and what is put into
 * the plan's section {@code ivr}.
 */
public final class IvrTemplates {
  private static final String RESOURCE = "/tandem/ivr-templates.json";

  private IvrTemplates() {}

  /** The text of all of them. */
  public static String json() {
    try (InputStream stream = IvrTemplates.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from this build");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
