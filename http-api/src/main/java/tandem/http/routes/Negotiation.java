package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaRange;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import java.util.Optional;
import tandem.http.json.Problem;
import tandem.http.routes.Endpoint.Content;

/** Whether a client takes what we have: JSON, or lines of it. */
final class Negotiation {
  private Negotiation() {}

  /** 406 when the {@code Accept} header leaves nothing we have; without the header all is well. */
  static Optional<Problem> refusal(HttpRequest request, Content content) {
    return switch (content) {
      case OTHER -> Optional.empty();
      case LARGE_BODY -> refusal(request, Replies.LINES, "application/x-ndjson");
      case JSON, JSON_BODY, OPTIONAL_BODY, TEXT_BODY, FILE_BODY ->
          refusal(request, MediaTypes.APPLICATION_JSON, "application/json");
    };
  }

  private static Optional<Problem> refusal(HttpRequest request, MediaType ours, String name) {
    Optional<Accept> accept = request.getHeader(Accept.class);
    if (accept.isEmpty()) {
      return Optional.empty();
    }
    for (MediaRange range : accept.get().getMediaRanges()) {
      if (range.qValue() > 0 && range.matches(ours)) {
        return Optional.empty();
      }
    }
    return Optional.of(Problem.of(406, "Answers here are " + name + "."));
  }
}
