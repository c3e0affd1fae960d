package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaTypes;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import tandem.http.json.Json;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;

/** Reads a request's JSON object, bounded in size and time. */
public final class RequestBody {
  private final int maxBytes;
  private final Duration timeout;
  private final Materializer materializer;

  /**
   * Bounds for every body.
   *
   * @param maxBytes of the body; a longer one is refused without being read to its end
   * @param timeout until the last byte
   */
  public RequestBody(int maxBytes, Duration timeout, Materializer materializer) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
    this.materializer = materializer;
  }

  CompletionStage<ObjectNode> read(HttpRequest request) {
    if (!request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)) {
      return refuse(request, Problem.of(415, "The body must be application/json."));
    }
    boolean encoded =
        request
            .getHeader("Content-Encoding")
            .filter(header -> !header.value().equalsIgnoreCase("identity"))
            .isPresent();
    if (encoded) {
      return refuse(request, Problem.of(415, "The body must not be compressed."));
    }
    return request
        .entity()
        .withoutSizeLimit()
        .toStrict(timeout.toMillis(), maxBytes, materializer)
        .handle(
            (strict, failure) -> {
              if (failure != null) {
                throw unread(failure);
              }
              byte[] bytes = strict.getData().toArray();
              if (bytes.length > maxBytes) {
                throw tooLarge();
              }
              return Json.object(bytes);
            });
  }

  private RuntimeException unread(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof EntityStreamSizeException || isTooLarge(cause)) {
      return tooLarge();
    } else if (cause instanceof TimeoutException) {
      return new ProblemException(
          Problem.of(408, "The body did not arrive within " + timeout.toSeconds() + " s."));
    }
    return new ProblemException(Problem.badRequest("The body could not be read."));
  }

  private static boolean isTooLarge(Throwable cause) {
    return cause instanceof EntityStreamException
        && String.valueOf(cause.getMessage()).contains("too large");
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(413, "The body must have at most " + maxBytes + " bytes."));
  }

  private <T> CompletionStage<T> refuse(HttpRequest request, Problem problem) {
    var unused = request.discardEntityBytes(materializer);
    return CompletableFuture.failedFuture(new ProblemException(problem));
  }
}
