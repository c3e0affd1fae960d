package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.port.CallbackWish;
import tandem.http.port.LiveCalls;
import tandem.http.port.RouterPort;
import tandem.persistence.readmodel.CallHistory;
import tandem.router.call.Call;
import tandem.router.call.Call.Asked;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

/**
 * {@code /api/v1/calls/{id}/callback} and {@code /api/v1/callbacks}: callers who are called back. A
 * callback is a call, so what there is to see of it is at {@code /api/v1/calls}, too.
 */
final class CallbackRoutes {
  private static final String CALLS = "/api/v1/calls";
  private static final String ALL = "/api/v1/callbacks";

  private final RouterPort router;
  private final KnownCalls calls;
  private final LiveCalls live;
  private final Materializer materializer;
  private final Clock clock;

  CallbackRoutes(RouterPort router, CallHistory history, Materializer materializer, Clock clock) {
    this.router = router;
    this.calls = new KnownCalls(router, history, materializer);
    this.live = new LiveCalls(router);
    this.materializer = materializer;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.sendAny(CALLS + "/{id}/callback", this::ask),
        Endpoint.get(ALL, this::list),
        Endpoint.delete(ALL + "/{id}", this::cancel));
  }

  private CompletionStage<HttpResponse> ask(Exchange exchange) {
    exchange.query().finish();
    CallId id = exchange.call();
    CallbackWish wish = CallbackFields.wish(exchange.fields(), clock.instant());
    return calls
        .record("call", id)
        .thenCompose(
            record -> {
              if (!record.ended()) {
                return ask(id, wish);
              } else if (record.outcome() == CallView.Outcome.CALLBACK) {
                return Replies.now(Replies.json(200, promised(id, id.callback())));
              }
              throw new ProblemException(notWaiting());
            });
  }

  private CompletionStage<HttpResponse> ask(CallId id, CallbackWish wish) {
    return router
        .call(id)
        .thenCompose(
            reply -> {
              CallView view = reply.view();
              return view == null || view.calledBackBy() == null
                  ? router.askCallback(id, wish).thenCompose(said -> answer(id, said))
                  : Replies.now(Replies.json(200, promised(id, view.calledBackBy())));
            });
  }

  private CompletionStage<HttpResponse> answer(CallId id, Call.AskedReply reply) {
    @Nullable CallId callback = reply.callback();
    return switch (reply.asked()) {
      case DONE -> {
        CallId made = callback == null ? id.callback() : callback;
        // The promise is kept by the call that gave it, however long the switch's link takes.
        yield calls
            .until(made)
            .thenApply(seen -> Replies.created(CALLS + '/' + made.channel(), promised(id, made)));
      }
      case NO_SUCH_CALL -> throw new ProblemException(Problem.notFound("call", id.channel()));
      case NO_NUMBER ->
          throw new ProblemException(
              Problem.conflict(
                  Asked.NO_NUMBER, "There is no number that can be called; name another."));
      case NOT_WAITING, NO_CALLBACK -> throw new ProblemException(notWaiting());
    };
  }

  private static Wire.Promised promised(CallId origin, CallId callback) {
    return new Wire.Promised(callback.channel(), origin.channel());
  }

  private static Problem notWaiting() {
    return Problem.conflict(
        Asked.NOT_WAITING,
        "The call does not wait: it is over, somebody talks or is about to, or it is a callback.");
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    Query query = exchange.query();
    String queue = query.text("queue", CallQuery::nonEmpty).orElse(null);
    String number = query.text("callerNumber", CallQuery::nonEmpty).orElse(null);
    String after = query.text("cursor", Pages::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    TenantId tenant = exchange.tenant();
    return live.of(tenant)
        .thenApply(found -> Pages.of(channels(found), after, limit))
        .thenCompose(
            page ->
                Gather.all(
                        page.names(),
                        channel -> router.call(new CallId(tenant, channel)),
                        materializer)
                    .thenApply(
                        replies -> {
                          List<Wire.Call> calls =
                              replies.stream()
                                  .flatMap(reply -> Optional.ofNullable(reply.view()).stream())
                                  .filter(CallbackRoutes::isOpen)
                                  .filter(view -> queue == null || CallQuery.isOf(view, queue))
                                  .filter(
                                      view -> number == null || number.equals(view.callerNumber()))
                                  .sorted(Comparator.comparing(CallView::arrivedAt).reversed())
                                  .map(Wire::call)
                                  .toList();
                          return Replies.json(200, new Wire.Page<>(calls, page.next()));
                        }));
  }

  /** Of all open calls only those are asked that may be callbacks. */
  private static SortedSet<String> channels(LiveCalls.Found found) {
    SortedSet<String> channels = new TreeSet<>();
    found.calls().stream().filter(CallId::mayBeCallback).forEach(id -> channels.add(id.channel()));
    return channels;
  }

  private static boolean isOpen(CallView view) {
    return view.callback() != null && view.state() != CallView.Status.ENDED;
  }

  private CompletionStage<HttpResponse> cancel(Exchange exchange) {
    exchange.query().finish();
    CallId id = exchange.call();
    return calls
        .record("callback", id)
        .thenCompose(
            record -> {
              if (record.ended()) {
                throw new ProblemException(Problem.notFound("callback", id.channel()));
              }
              return router.cancelCallback(id);
            })
        .thenApply(
            reply ->
                switch (reply.asked()) {
                  case DONE -> Replies.empty();
                  case NOT_WAITING ->
                      throw new ProblemException(
                          Problem.conflict(
                              Asked.NOT_WAITING,
                              "Somebody talks to who is called back, or is about to."));
                  case NO_SUCH_CALL, NO_CALLBACK ->
                      throw new ProblemException(Problem.notFound("callback", id.channel()));
                  case NO_NUMBER ->
                      throw new IllegalStateException("a callback was called off: " + reply);
                });
  }
}
