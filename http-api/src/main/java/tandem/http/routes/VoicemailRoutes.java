package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tandem.http.json.Fields;
import tandem.http.json.MediaWire;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.media.MediaLibrary.MessagePage;
import tandem.persistence.media.Message;

/** {@code /api/v1/voicemail}: boxes and the messages in them. */
final class VoicemailRoutes {
  private static final String BOXES = "/api/v1/voicemail";
  private static final String ALL = BOXES + "/{box}/messages";
  private static final String ONE = ALL + "/{id}";

  private final MediaLibrary library;
  private final AudioReply audio;

  VoicemailRoutes(MediaLibrary library) {
    this.library = library;
    this.audio = new AudioReply(library);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(BOXES, this::boxes),
        Endpoint.get(ALL, this::list),
        Endpoint.get(ONE, this::one),
        Endpoint.send("PATCH", ONE, this::mark),
        Endpoint.delete(ONE, this::delete),
        Endpoint.getFile(ONE + "/audio", this::file));
  }

  private CompletionStage<HttpResponse> boxes(Exchange exchange) {
    exchange.query().finish();
    return AudioReply.reachable(library.boxes(exchange.tenant()))
        .thenApply(
            boxes ->
                Replies.json(
                    200, new Wire.Page<>(boxes.stream().map(MediaWire::box).toList(), null)));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    String box = exchange.name("box");
    Query query = exchange.query();
    String cursor = query.text("cursor", Function.identity()).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    CompletionStage<MessagePage> page;
    try {
      page = library.messages(exchange.tenant(), box, cursor, limit);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.field("cursor", Fields.reason(e)));
    }
    return AudioReply.reachable(page)
        .thenApply(
            found ->
                Replies.json(
                    200,
                    new Wire.Page<>(
                        found.messages().stream().map(MediaWire::message).toList(), found.next())));
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    return found(exchange).thenApply(message -> Replies.json(200, MediaWire.message(message)));
  }

  private CompletionStage<HttpResponse> mark(Exchange exchange) {
    exchange.query().finish();
    Fields fields = exchange.fields().required("heard");
    boolean heard = fields.flag("heard").orElse(false);
    fields.finish();
    return found(exchange)
        .thenCompose(
            message ->
                AudioReply.reachable(library.mark(message.item(), heard))
                    .thenApply(
                        there -> {
                          if (!there) {
                            throw missing(exchange);
                          }
                          return Replies.json(
                              200, MediaWire.message(new Message(message.item(), heard)));
                        }));
  }

  private CompletionStage<HttpResponse> delete(Exchange exchange) {
    exchange.query().finish();
    return found(exchange)
        .thenCompose(message -> AudioReply.reachable(library.delete(message.item())))
        .thenApply(done -> Replies.empty());
  }

  private CompletionStage<HttpResponse> file(Exchange exchange) {
    exchange.query().finish();
    return found(exchange)
        .thenApply(Message::item)
        .thenCompose(
            item -> audio.of(exchange.request(), item.place(), item.checksum(), item.size()));
  }

  private CompletionStage<Message> found(Exchange exchange) {
    String box = exchange.name("box");
    String id = exchange.uuid("id");
    return AudioReply.reachable(library.message(exchange.tenant(), box, id))
        .thenApply(message -> message.orElseThrow(() -> missing(exchange)));
  }

  private static ProblemException missing(Exchange exchange) {
    return new ProblemException(
        Problem.of(
            404,
            "There is no message '"
                + exchange.uuid("id")
                + "' in box '"
                + exchange.name("box")
                + "'."));
  }
}
