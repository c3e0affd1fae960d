package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.port.LiveCalls;
import tandem.http.port.RouterPort;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallPage;
import tandem.persistence.readmodel.CallRecord;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;

/**
 * {@code /api/v1/calls}: those that live, from the entities, and those that were, from the record.
 */
final class CallRoutes {
  private static final Logger log = LoggerFactory.getLogger(CallRoutes.class);
  private static final String ALL = "/api/v1/calls";
  private static final String ONE = ALL + "/{id}";

  private final RouterPort router;
  private final CallHistory history;
  private final LiveCalls live;
  private final Places places;
  private final Materializer materializer;

  CallRoutes(RouterPort router, CallHistory history, Materializer materializer) {
    this.router = router;
    this.history = history;
    this.live = new LiveCalls(router);
    this.places = new Places(router);
    this.materializer = materializer;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.get(ONE, this::one),
        Endpoint.get(ONE + "/timeline", this::timeline));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    CallQuery query = CallQuery.of(exchange.query());
    TenantId tenant = exchange.tenant();
    CompletionStage<Wire.Page<Wire.Call>> page =
        query.wantsLiving() ? living(tenant, query) : past(tenant, query);
    return page.thenApply(found -> Replies.json(200, found));
  }

  /**
   * A page of living calls; asked in the order of their ids, so that each page asks only its own.
   */
  private CompletionStage<Wire.Page<Wire.Call>> living(TenantId tenant, CallQuery query) {
    return live.of(tenant)
        .thenCompose(
            found -> {
              SortedSet<String> channels = new TreeSet<>();
              found.calls().forEach(id -> channels.add(id.channel()));
              Pages.Names page = Pages.of(channels, query.after(), query.limit());
              return Gather.all(
                      page.names(),
                      channel -> router.call(new CallId(tenant, channel)),
                      materializer)
                  .thenCompose(
                      replies -> {
                        List<Wire.Call> calls =
                            replies.stream()
                                .flatMap(reply -> Optional.ofNullable(reply.view()).stream())
                                .filter(view -> view.state() != CallView.Status.ENDED)
                                .filter(query::accepts)
                                .sorted(Comparator.comparing(CallView::arrivedAt).reversed())
                                .map(Wire::call)
                                .toList();
                        return page.next() == null
                            ? thenPast(tenant, query, calls)
                            : CompletableFuture.completedFuture(
                                new Wire.Page<>(
                                    calls,
                                    CallQuery.livingCursor(
                                        page.names().get(page.names().size() - 1))));
                      });
            });
  }

  /** The last living calls and, when the page has room, the first of the past. */
  private CompletionStage<Wire.Page<Wire.Call>> thenPast(
      TenantId tenant, CallQuery query, List<Wire.Call> living) {
    int room = query.limit() - living.size();
    if (!query.wantsPast()) {
      return CompletableFuture.completedFuture(new Wire.Page<>(living, null));
    } else if (room == 0) {
      return CompletableFuture.completedFuture(new Wire.Page<>(living, CallQuery.pastCursor(null)));
    }
    CallQuery rest = new CallQuery(query.filter(), query.state(), room, null, true, null);
    return past(tenant, rest)
        .thenApply(
            past ->
                new Wire.Page<>(
                    Stream.concat(living.stream(), past.items().stream()).toList(), past.next()));
  }

  private CompletionStage<Wire.Page<Wire.Call>> past(TenantId tenant, CallQuery query) {
    if (!query.wantsPast()) {
      return CompletableFuture.completedFuture(new Wire.Page<>(List.of(), null));
    }
    CompletionStage<CallPage> rows;
    try {
      rows = history.list(tenant, query.filter(), query.pastCursor(), query.limit());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.field("cursor", Fields.reason(e)));
    }
    return reachable(rows)
        .thenApply(
            page ->
                new Wire.Page<>(
                    page.calls().stream().map(Wire::call).toList(),
                    page.next() == null ? null : CallQuery.pastCursor(page.next())));
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    CallId id = exchange.call();
    return reachable(history.get(id))
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                throw new ProblemException(Problem.notFound("call", id.channel()));
              }
              CallRecord record = found.get();
              return record.ended()
                  ? CompletableFuture.completedFuture(Wire.call(record))
                  : router
                      .call(id)
                      .thenCompose(
                          reply ->
                              reply.view() == null
                                  ? CompletableFuture.completedFuture(Wire.call(record))
                                  : places.of(reply.view()));
            })
        .thenApply(call -> Replies.json(200, call));
  }

  private CompletionStage<HttpResponse> timeline(Exchange exchange) {
    exchange.query().finish();
    CallId id = exchange.call();
    return reachable(history.timeline(id))
        .thenApply(
            entries -> {
              if (entries.isEmpty()) {
                throw new ProblemException(Problem.notFound("call", id.channel()));
              }
              return Replies.json(
                  200, new Wire.Page<>(entries.stream().map(Wire::event).toList(), null));
            });
  }

  /** Whatever fails inside the record is, to a client, a record that is out of reach. */
  static <T> CompletionStage<T> reachable(CompletionStage<T> asked) {
    return asked.exceptionally(
        failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          log.warn("The call history did not answer: {}", String.valueOf(cause));
          throw new ProblemException(
              Problem.of(503, "The call history is out of reach; try again."));
        });
  }
}
