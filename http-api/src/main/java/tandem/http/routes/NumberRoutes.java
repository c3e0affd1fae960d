package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.json.Words;
import tandem.http.port.RouterPort;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.numbers.Numbers.ClaimReply;

/** {@code /api/v1/numbers}: where a called number leads. */
final class NumberRoutes {
  private static final String ALL = "/api/v1/numbers";
  private static final String ONE = ALL + "/{id}";
  private static final int DEFAULT_PRIORITY = 50;

  private final RouterPort router;
  private final KnownQueues queues;

  NumberRoutes(RouterPort router) {
    this.router = router;
    this.queues = new KnownQueues(router);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.get(ONE, this::one),
        Endpoint.send("PUT", ONE, this::put),
        Endpoint.delete(ONE, this::delete));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    Query query = exchange.query();
    PhoneNumber after = query.text("cursor", NumberRoutes::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    return router
        .numbers(exchange.tenant(), after, limit)
        .thenApply(
            page -> {
              List<Wire.NumberEntry> items =
                  page.numbers().stream()
                      .map(listed -> Wire.number(listed.number(), listed.entry()))
                      .toList();
              String next = page.more() ? Pages.cursor(items.get(items.size() - 1).number()) : null;
              return Replies.json(200, new Wire.Page<>(items, next));
            });
  }

  private static PhoneNumber opened(String cursor) {
    String number = Pages.opened(cursor);
    try {
      return new PhoneNumber(number);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not a cursor of this list", e);
    }
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    PhoneNumber number = exchange.number();
    return router
        .number(exchange.tenant(), number)
        .thenApply(
            found -> {
              Entry entry = found.entry();
              if (entry == null) {
                throw new ProblemException(Problem.notFound("number", number.value()));
              }
              return Replies.json(200, Wire.number(number, entry));
            });
  }

  private CompletionStage<HttpResponse> put(Exchange exchange) {
    exchange.query().finish();
    PhoneNumber number = exchange.number();
    TenantId tenant = exchange.tenant();
    Fields fields = exchange.fields().required("queue");
    Optional<QueueId> queue = fields.text("queue", name -> new QueueId(tenant, name));
    QueueId any = new QueueId(tenant, "any");
    Optional<Integer> priority =
        fields.integer("priority", p -> new Entry(any, p, AnswerMode.ON_QUEUE).priority());
    Optional<AnswerMode> answer =
        fields.text("answer", word -> Words.parse(AnswerMode.class, word));
    fields.finish();
    Entry entry =
        new Entry(
            queue.orElseThrow(),
            priority.orElse(DEFAULT_PRIORITY),
            answer.orElse(AnswerMode.ON_QUEUE));
    Wire.NumberEntry saved = Wire.number(number, entry);
    return queues
        .check(tenant, "queue", List.of(entry.queue().name()))
        .thenCompose(ok -> router.number(tenant, number))
        .thenCompose(
            before ->
                router
                    .claim(tenant, number, entry)
                    .thenApply(
                        reply -> {
                          if (reply != ClaimReply.DONE) {
                            throw new ProblemException(
                                Problem.of(409, "The number belongs to somebody else."));
                          }
                          return before.entry() != null
                              ? Replies.json(200, saved)
                              : Replies.created(ALL + '/' + number.value(), saved);
                        }));
  }

  private CompletionStage<HttpResponse> delete(Exchange exchange) {
    exchange.query().finish();
    PhoneNumber number = exchange.number();
    return router
        .release(exchange.tenant(), number)
        .thenApply(
            reply -> {
              if (reply != ClaimReply.DONE) {
                throw new ProblemException(Problem.notFound("number", number.value()));
              }
              return Replies.empty();
            });
  }
}
