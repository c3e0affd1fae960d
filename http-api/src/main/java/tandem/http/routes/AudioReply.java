package tandem.http.routes;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.persistence.media.MediaLibrary;

/** Answers with a stored file, or the part of it that was asked for, as it is read. */
final class AudioReply {
  private static final Logger log = LoggerFactory.getLogger(AudioReply.class);
  private static final ContentType WAV = MediaTypes.audio("wav", false).toContentType();

  private final MediaLibrary library;

  AudioReply(MediaLibrary library) {
    this.library = library;
  }

  /**
   * The file at a place.
   *
   * @param checksum names the content: it is the entity's tag
   * @param size in bytes
   */
  CompletionStage<HttpResponse> of(HttpRequest request, String place, String checksum, long size) {
    // Asked first: once the answer has begun, nothing can be said any more.
    return reachable(library.exists(place))
        .thenApply(
            there -> {
              if (!there) {
                log.error("{} is in the catalogue but not in the store", place);
                throw new ProblemException(
                    Problem.of(404, "Its file is not in the store any more."));
              }
              return part(request, place, checksum, size);
            });
  }

  private HttpResponse part(HttpRequest request, String place, String checksum, long size) {
    Optional<String> range = header(request, "Range");
    Optional<String> unless = header(request, "If-Range");
    boolean asKnown = unless.isEmpty() || unless.get().equals('"' + checksum + '"');
    ByteRange part = ByteRange.of(asKnown ? range : Optional.empty(), size);
    if (part.unsatisfiable()) {
      return Replies.problem(
              Problem.of(416, "The file has " + size + " bytes; Range asks for none of them."))
          .addHeader(RawHeader.create("Content-Range", part.of(size)));
    }
    HttpResponse response =
        Replies.empty()
            .withStatus(part.whole() ? 200 : 206)
            .addHeader(Replies.tag(checksum))
            .addHeader(RawHeader.create("Accept-Ranges", "bytes"))
            .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
            .withEntity(
                HttpEntities.create(
                    WAV, part.length(), library.bytes(place, part.from(), part.length())));
    return part.whole()
        ? response
        : response.addHeader(RawHeader.create("Content-Range", part.of(size)));
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(header -> header.value().strip());
  }

  /** Whatever fails behind it is, to a client, a store that is out of reach. */
  static <T> CompletionStage<T> reachable(CompletionStage<T> asked) {
    return asked.exceptionally(
        failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          if (cause instanceof ProblemException known) {
            throw known;
          }
          log.warn("Stored files did not answer: {}", String.valueOf(cause));
          throw new ProblemException(Problem.of(503, "Stored files are out of reach; try again."));
        });
  }
}
