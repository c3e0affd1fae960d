package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
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
import tandem.router.numbers.Numbers;
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
    String after = query.text("cursor", Pages::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    return ours(exchange.tenant())
        .thenApply(
            ours -> {
              Pages.Names page = Pages.of(new TreeSet<>(ours.keySet()), after, limit);
              return Replies.json(
                  200, new Wire.Page<>(page.names().stream().map(ours::get).toList(), page.next()));
            });
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    PhoneNumber number = exchange.number();
    return ours(exchange.tenant())
        .thenApply(
            ours -> {
              Wire.NumberEntry found = ours.get(number.value());
              if (found == null) {
                throw new ProblemException(Problem.notFound("number", number.value()));
              }
              return Replies.json(200, found);
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
        .thenCompose(ok -> ours(tenant))
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
                          return before.containsKey(number.value())
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

  /** The tenant's own numbers, by number: others' are never shown, not even that they exist. */
  private CompletionStage<NavigableMap<String, Wire.NumberEntry>> ours(TenantId tenant) {
    return router
        .numbers()
        .thenApply(
            snapshot -> {
              NavigableMap<String, Wire.NumberEntry> ours = new TreeMap<>();
              for (Numbers.Listed listed : snapshot.numbers()) {
                if (listed.entry().queue().tenant().equals(tenant)) {
                  ours.put(listed.number().value(), Wire.number(listed.number(), listed.entry()));
                }
              }
              return ours;
            });
  }
}
