package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaRange;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import java.util.Optional;
import tandem.http.json.Problem;

/** Whether a client takes what we have: JSON. */
final class Negotiation {
  private Negotiation() {}

  /** 406 when the {@code Accept} header leaves no JSON; without the header all is well. */
  static Optional<Problem> refusal(HttpRequest request) {
    Optional<Accept> accept = request.getHeader(Accept.class);
    if (accept.isEmpty()) {
      return Optional.empty();
    }
    for (MediaRange range : accept.get().getMediaRanges()) {
      if (range.qValue() > 0 && range.matches(MediaTypes.APPLICATION_JSON)) {
        return Optional.empty();
      }
    }
    return Optional.of(Problem.of(406, "Answers here are application/json."));
  }
}
