package tandem.http.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tandem.http.json.Fields;
import tandem.http.json.Json;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;

/** What a client may say: {@code {"op":"ping"}}. */
final class ClientMessages {
  private ClientMessages() {}

  /** What is wrong with a client's message; empty when it is a ping. */
  static Optional<String> wrong(String text) {
    try {
      ObjectNode object = Json.object(text.getBytes(StandardCharsets.UTF_8));
      Fields fields = new Fields(object).required("op");
      Optional<Boolean> ping = fields.text("op", ClientMessages::isPing);
      fields.finish();
      return ping.isPresent() ? Optional.empty() : Optional.of("op: is required");
    } catch (ProblemException e) {
      return Optional.of(detail(e.problem()));
    }
  }

  private static boolean isPing(String op) {
    if (!op.equals("ping")) {
      throw new IllegalArgumentException("must be ping, got '" + op + "'");
    }
    return true;
  }

  private static String detail(Problem problem) {
    return problem.errors().stream()
        .findFirst()
        .map(error -> error.field() + ": " + error.message())
        .orElse(problem.detail());
  }
}
