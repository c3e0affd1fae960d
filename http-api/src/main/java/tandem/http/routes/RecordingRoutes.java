package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.json.MediaWire;
import tandem.http.json.MediaWire.NoRecording;
import tandem.http.json.MediaWire.RecordingState;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.json.Words;
import tandem.persistence.media.MediaItem;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.media.Terms;
import tandem.persistence.readmodel.CallHistory;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** {@code /api/v1/recordings}: what calls say of their recordings, and the files. */
final class RecordingRoutes {
  private static final String ALL = "/api/v1/recordings";
  private static final String ONE = ALL + "/{id}";

  private final MediaLibrary library;
  private final CallHistory history;
  private final AudioReply audio;
  private final Materializer materializer;

  RecordingRoutes(MediaLibrary library, CallHistory history, Materializer materializer) {
    this.library = library;
    this.history = history;
    this.audio = new AudioReply(library);
    this.materializer = materializer;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.getFile(ONE, this::file),
        Endpoint.delete(ONE, this::delete));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    Query query = exchange.query();
    TenantId tenant = exchange.tenant();
    Optional<CallId> asked = query.text("call", channel -> new CallId(tenant, channel));
    query.finish();
    CallId call =
        asked.orElseThrow(() -> new ProblemException(Problem.field("call", "is required")));
    return AudioReply.reachable(library.recordings(call))
        .thenCombine(
            CallRoutes.reachable(history.events(call)),
            (stored, events) -> joined(call, stored, events))
        .thenCompose(recordings -> recordings)
        .thenApply(recordings -> Replies.json(200, new Wire.Page<>(recordings, null)));
  }

  /** What is stored, and what the call has of others. */
  private CompletionStage<List<MediaWire.Recording>> joined(
      CallId call, List<MediaItem> stored, List<Call.Event> events) {
    if (stored.isEmpty() && events.isEmpty()) {
      throw new ProblemException(Problem.notFound("call", call.channel()));
    }
    Map<String, MediaWire.Recording> all = CallTapes.of(call, events);
    stored.forEach(item -> all.put(item.id(), MediaWire.recording(item)));
    return Gather.all(
        new ArrayList<>(all.values()), recording -> unlessGone(call, recording), materializer);
  }

  /** One that its call takes for over may have been stored and removed since. */
  private CompletionStage<MediaWire.Recording> unlessGone(
      CallId call, MediaWire.Recording recording) {
    if (!recording.state().equals(Words.of(RecordingState.STORING))) {
      return CompletableFuture.completedFuture(recording);
    }
    return AudioReply.reachable(library.terms(call.tenant(), recording.id()))
        .thenApply(
            terms ->
                terms.filter(Terms::gone).isPresent()
                    ? CallTapes.recording(
                        call, recording.id(), recording.startedAt(), RecordingState.GONE)
                    : recording);
  }

  private CompletionStage<HttpResponse> file(Exchange exchange) {
    exchange.query().finish();
    return found(exchange)
        .thenCompose(
            item -> audio.of(exchange.request(), item.place(), item.checksum(), item.size()));
  }

  private CompletionStage<HttpResponse> delete(Exchange exchange) {
    exchange.query().finish();
    return found(exchange)
        .thenCompose(item -> AudioReply.reachable(library.delete(item)))
        .thenApply(done -> Replies.empty());
  }

  private CompletionStage<MediaItem> found(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    String id = exchange.uuid("id");
    return AudioReply.reachable(library.recording(tenant, id))
        .thenCompose(
            item ->
                item.isPresent()
                    ? CompletableFuture.completedFuture(item.get())
                    : AudioReply.reachable(library.terms(tenant, id))
                        .thenApply(
                            terms -> {
                              throw new ProblemException(missing(id, terms));
                            }));
  }

  /** Says what is known of a recording that cannot be had. */
  private static Problem missing(String id, Optional<Terms> terms) {
    if (terms.isEmpty() || terms.get().kind() != MediaItem.Kind.RECORDING) {
      return Problem.notFound("recording", id);
    } else if (terms.get().gone()) {
      return Problem.refused(404, NoRecording.GONE, "Recording '" + id + "' has been removed.");
    }
    return Problem.refused(
        404,
        NoRecording.NOT_STORED,
        "Recording '"
            + id
            + "' of call '"
            + terms.get().call()
            + "' is not stored yet: that takes some seconds from its end, or ten minutes when"
            + " its switch died.");
  }
}
