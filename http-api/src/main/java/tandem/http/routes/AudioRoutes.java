package tandem.http.routes;

import akka.Done;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.TimeoutAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;
import tandem.http.json.MediaWire;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.persistence.media.AudioFile;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.media.UnfitAudioException;

/** {@code /api/v1/audio}: files that plans play, by version. */
final class AudioRoutes {
  private static final String ALL = "/api/v1/audio";
  private static final String NAMED = ALL + "/{name}";
  private static final String ONE = NAMED + "/{version}";
  private static final int MAX_BYTES = 20 * 1024 * 1024;

  /** A file of this size needs a line of 3 Mbit/s. */
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(60);

  /** The body, and what is done with it. */
  private static final Duration ANSWER_TIMEOUT = BODY_TIMEOUT.plusSeconds(60);

  private static final Set<String> WAV =
      new TreeSet<>(Set.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"));

  private final MediaLibrary library;
  private final AudioReply audio;

  AudioRoutes(MediaLibrary library) {
    this.library = library;
    this.audio = new AudioReply(library);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.get(NAMED, this::versions),
        Endpoint.sendFile(NAMED, this::add),
        Endpoint.delete(NAMED, this::deleteAll),
        Endpoint.getFile(ONE, this::file),
        Endpoint.delete(ONE, this::delete));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    Query query = exchange.query();
    String after = query.text("cursor", Pages::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    return AudioReply.reachable(library.audio(exchange.tenant()))
        .thenApply(
            files -> {
              Map<String, List<AudioFile>> byName = new LinkedHashMap<>();
              files.forEach(
                  file -> byName.computeIfAbsent(file.name(), name -> new ArrayList<>()).add(file));
              Pages.Names page = Pages.of(new TreeSet<>(byName.keySet()), after, limit);
              List<MediaWire.AudioSummary> items =
                  page.names().stream()
                      .map(name -> summary(name, byName.getOrDefault(name, List.of())))
                      .toList();
              return Replies.json(200, new Wire.Page<>(items, page.next()));
            });
  }

  private static MediaWire.AudioSummary summary(String name, List<AudioFile> versions) {
    return new MediaWire.AudioSummary(name, versions.size(), MediaWire.audio(versions.get(0)));
  }

  private CompletionStage<HttpResponse> versions(Exchange exchange) {
    exchange.query().finish();
    return named(exchange)
        .thenApply(
            files ->
                Replies.json(
                    200, new Wire.Page<>(files.stream().map(MediaWire::audio).toList(), null)));
  }

  private CompletionStage<HttpResponse> add(Exchange exchange) {
    exchange.query().finish();
    String name = exchange.name("name");
    exchange
        .request()
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            header ->
                header
                    .timeoutAccess()
                    .updateTimeout(
                        FiniteDuration.create(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS)));
    return exchange
        .file(WAV, MAX_BYTES, BODY_TIMEOUT)
        .thenCompose(
            file ->
                AudioReply.reachable(
                        library
                            .add(exchange.tenant(), name, file, exchange.author())
                            .exceptionally(AudioRoutes::refused))
                    .whenComplete((added, failure) -> RequestBody.discard(file)))
        .thenApply(
            added ->
                Replies.created(ALL + '/' + name + '/' + added.version(), MediaWire.audio(added)));
  }

  /** What is wrong with a file is the client's to know. */
  private static AudioFile refused(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    throw cause instanceof UnfitAudioException unfit
        ? new ProblemException(Problem.field(unfit.field(), String.valueOf(unfit.getMessage())))
        : new CompletionException(cause);
  }

  private CompletionStage<HttpResponse> deleteAll(Exchange exchange) {
    exchange.query().finish();
    return named(exchange)
        .thenCompose(
            files -> {
              CompletionStage<Done> done = CompletableFuture.completedFuture(Done.getInstance());
              for (AudioFile file : files) {
                done = done.thenCompose(before -> AudioReply.reachable(library.delete(file)));
              }
              return done;
            })
        .thenApply(done -> Replies.empty());
  }

  private CompletionStage<HttpResponse> file(Exchange exchange) {
    exchange.query().finish();
    return one(exchange)
        .thenCompose(
            file -> audio.of(exchange.request(), file.place(), file.checksum(), file.size()));
  }

  private CompletionStage<HttpResponse> delete(Exchange exchange) {
    exchange.query().finish();
    return one(exchange)
        .thenCompose(file -> AudioReply.reachable(library.delete(file)))
        .thenApply(done -> Replies.empty());
  }

  /** All versions of a file; at least one. */
  private CompletionStage<List<AudioFile>> named(Exchange exchange) {
    String name = exchange.name("name");
    return AudioReply.reachable(library.audio(exchange.tenant(), name))
        .thenApply(
            files -> {
              if (files.isEmpty()) {
                throw new ProblemException(Problem.notFound("audio file", name));
              }
              return files;
            });
  }

  private CompletionStage<AudioFile> one(Exchange exchange) {
    int version = exchange.named("version", AudioRoutes::version);
    return named(exchange)
        .thenApply(
            files ->
                files.stream()
                    .filter(file -> file.version() == version)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                Problem.of(
                                    404,
                                    "Audio file '"
                                        + exchange.name("name")
                                        + "' has no version "
                                        + version
                                        + "."))));
  }

  private static int version(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "must be a whole number from 1 to 999999999, got '" + text + "'");
    }
    return Integer.parseInt(text);
  }
}
