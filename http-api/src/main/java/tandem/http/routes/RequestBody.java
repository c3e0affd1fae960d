package tandem.http.routes;

import akka.NotUsed;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaType;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.IOOperationIncompleteException;
import akka.stream.Materializer;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.json.Json;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.routes.Endpoint.TextForm;

/** Reads a request's JSON object or text, bounded in size and time. */
public final class RequestBody {
  private static final Logger log = LoggerFactory.getLogger(RequestBody.class);

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

  /** The body in a file of its own, written as it comes; gone again when it fails. */
  CompletionStage<Path> file(
      HttpRequest request, Set<String> mediaTypes, int most, Duration within) {
    Optional<Problem> unsupported = unsupported(request, mediaTypes);
    if (unsupported.isPresent()) {
      return refuse(request, unsupported.get());
    }
    Path file;
    try {
      file = Files.createTempFile("tandem-", ".upload");
    } catch (IOException e) {
      log.warn("No file can be made for an upload: {}", e.toString());
      return refuse(request, Problem.of(503, "There is no room for the body; try again later."));
    }
    return request
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .completionTimeout(within)
        .via(bounded(most))
        .runWith(FileIO.toPath(file), materializer)
        .handle(
            (written, failure) -> {
              if (failure == null) {
                return file;
              }
              discard(file);
              throw unwritten(failure).orElseGet(() -> unread(failure, most, within));
            });
  }

  /** A disk that takes no more is not the client's fault. */
  private static Optional<RuntimeException> unwritten(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof IOException) {
      log.warn("An upload cannot be written: {}", cause.toString());
      return Optional.of(
          new ProblemException(Problem.of(503, "There is no room for the body; try again later.")));
    }
    return Optional.empty();
  }

  /** Fails as soon as there is more than may be. */
  private static Flow<ByteString, ByteString, NotUsed> bounded(int most) {
    return Flow.of(ByteString.class)
        .statefulMapConcat(
            () -> {
              long[] seen = {0};
              return bytes -> {
                seen[0] += bytes.size();
                if (seen[0] > most) {
                  throw tooLarge(most);
                }
                return List.of(bytes);
              };
            });
  }

  /** Deletes what {@link #file} has made. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("The upload {} cannot be deleted: {}", file, e.toString());
    }
  }

  private static Optional<Problem> unsupported(HttpRequest request, Set<String> mediaTypes) {
    MediaType given = request.entity().getContentType().mediaType();
    if (!mediaTypes.contains(given.mainType() + '/' + given.subType())) {
      return Optional.of(
          Problem.of(415, "The body must be " + String.join(" or ", mediaTypes) + "."));
    }
    boolean encoded =
        request
            .getHeader("Content-Encoding")
            .filter(header -> !header.value().equalsIgnoreCase("identity"))
            .isPresent();
    return encoded
        ? Optional.of(Problem.of(415, "The body must not be compressed."))
        : Optional.empty();
  }

  private CompletionStage<byte[]> bytes(
      HttpRequest request, String mediaType, int most, Duration within) {
    Optional<Problem> unsupported = unsupported(request, Set.of(mediaType));
    if (unsupported.isPresent()) {
      return refuse(request, unsupported.get());
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
    Throwable cause = cause(failure);
    if (cause instanceof ProblemException known) {
      return known;
    } else if (cause instanceof EntityStreamSizeException || isTooLarge(cause)) {
      return tooLarge(most);
    } else if (cause instanceof TimeoutException) {
      return new ProblemException(
          Problem.of(408, "The body did not arrive within " + within.toSeconds() + " s."));
    }
    return new ProblemException(Problem.badRequest("The body could not be read."));
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof IOOperationIncompleteException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
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
