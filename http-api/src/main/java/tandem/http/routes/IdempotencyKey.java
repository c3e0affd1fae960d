package tandem.http.routes;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;

/**
 * The header by which a client says that a request is one it has sent before: nothing is done
 * twice. Without it each request is a new one.
 */
final class IdempotencyKey {
  static final String HEADER = "Idempotency-Key";

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");

  private IdempotencyKey() {}

  /**
   * The key of the request, or one that no other request has.
   *
   * @throws ProblemException 400 when it is not one of 1 to 128 printable ASCII characters
   */
  static String of(Exchange exchange) {
    return given(exchange).orElseGet(() -> UUID.randomUUID().toString());
  }

  /** The key of the request, when it has one; fails as {@link #of} does. */
  static Optional<String> given(Exchange exchange) {
    List<String> all =
        StreamSupport.stream(exchange.request().getHeaders().spliterator(), false)
            .filter(header -> header.name().equalsIgnoreCase(HEADER))
            .map(header -> header.value().strip())
            .toList();
    if (all.isEmpty()) {
      return Optional.empty();
    } else if (all.size() > 1) {
      throw new ProblemException(Problem.field(HEADER, "is given twice"));
    } else if (!PRINTABLE.matcher(all.get(0)).matches()) {
      throw new ProblemException(
          Problem.field(HEADER, "must be 1 to 128 printable ASCII characters"));
    }
    return Optional.of(all.get(0));
  }
}
