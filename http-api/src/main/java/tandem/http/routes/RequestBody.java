package tandem.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaType;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import tandem.http.json.Json;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.routes.Endpoint.TextForm;

/** Reads a request's JSON object or text, bounded in size and time. */
public final class RequestBody {
  private final int maxBytes;
  private final Duration timeout;
  private final Materializer materializer;

  /**
   * Bounds for every body.
   *
   * @param maxBytes of a JSON object; a longer one is refused without being read to its end
   * @param timeout until the last byte
   */
  public RequestBody(int maxBytes, Duration timeout, Materializer materializer) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
    this.materializer = materializer;
  }

  CompletionStage<ObjectNode> read(HttpRequest request) {
    return bytes(request, maxBytes, timeout).thenApply(Json::object);
  }

  /** As {@link #read}, but a request without a body is one with an empty object. */
  CompletionStage<ObjectNode> readAny(HttpRequest request) {
    return request.entity().isKnownEmpty()
        ? CompletableFuture.completedFuture(JsonNodeFactory.instance.objectNode())
        : read(request);
  }

  /** A JSON object as the bytes it came in, with bounds of its own. */
  CompletionStage<byte[]> bytes(HttpRequest request, int most, Duration within) {
    return bytes(request, "application/json", most, within);
  }

  /** A text as it was written; fails with 400 when it is not UTF-8. */
  CompletionStage<String> text(HttpRequest request, TextForm form) {
    return bytes(request, form.mediaType(), form.maxBytes(), timeout)
        .thenApply(RequestBody::decoded);
  }

  private CompletionStage<byte[]> bytes(
      HttpRequest request, String mediaType, int most, Duration within) {
    MediaType given = request.entity().getContentType().mediaType();
    if (!mediaType.equals(given.mainType() + '/' + given.subType())) {
      return refuse(request, Problem.of(415, "The body must be " + mediaType + "."));
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
        .toStrict(within.toMillis(), most, materializer)
        .handle(
            (strict, failure) -> {
              if (failure != null) {
                throw unread(failure, most, within);
              }
              byte[] bytes = strict.getData().toArray();
              if (bytes.length > most) {
                throw tooLarge(most);
              }
              return bytes;
            });
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(Problem.badRequest("The body is not UTF-8."));
    }
  }

  private static RuntimeException unread(Throwable failure, int most, Duration within) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof EntityStreamSizeException || isTooLarge(cause)) {
      return tooLarge(most);
    } else if (cause instanceof TimeoutException) {
      return new ProblemException(
          Problem.of(408, "The body did not arrive within " + within.toSeconds() + " s."));
    }
    return new ProblemException(Problem.badRequest("The body could not be read."));
  }

  private static boolean isTooLarge(Throwable cause) {
    return cause instanceof EntityStreamException
        && String.valueOf(cause.getMessage()).contains("too large");
  }

  private static ProblemException tooLarge(int most) {
    return new ProblemException(Problem.of(413, "The body must have at most " + most + " bytes."));
  }

  private <T> CompletionStage<T> refuse(HttpRequest request, Problem problem) {
    var unused = request.discardEntityBytes(materializer);
    return CompletableFuture.failedFuture(new ProblemException(problem));
  }
}
