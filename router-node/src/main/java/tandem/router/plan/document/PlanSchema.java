package tandem.router.plan.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The published form of plans: a JSON Schema (draft 2020-12) for editors and checks beforehand. It
 * knows names, types and ranges; what refers to what, and expressions, only {@link PlanReader}
 * checks.
 */
public final class PlanSchema {
  private static final String RESOURCE = "/tandem/plan.schema.json";

  private PlanSchema() {}

  /** The schema's text. */
  public static String json() {
    try (InputStream stream = PlanSchema.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from this build");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
