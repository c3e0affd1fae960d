package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Fields;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.json.Words;
import tandem.http.port.RouterPort;
import tandem.router.directory.Directory;
import tandem.router.domain.Durations;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.feed.QueueView;
import tandem.router.queue.Queue;

/** {@code /api/v1/queues}. */
final class QueueRoutes {
  private static final String ALL = "/api/v1/queues";
  private static final String ONE = ALL + "/{id}";

  private final RouterPort router;
  private final Listed listed;
  private final DirectoryPages pages;

  QueueRoutes(RouterPort router, Materializer materializer) {
    this.router = router;
    this.listed = new Listed(router, materializer);
    this.pages = new DirectoryPages(router, materializer);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.send("POST", ALL, this::create),
        Endpoint.get(ONE, this::one),
        Endpoint.send("PUT", ONE, this::replace),
        Endpoint.send("PATCH", ONE, this::change));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    return pages.page(
        exchange,
        Directory.Listing::queues,
        name ->
            router
                .queue(new QueueId(exchange.tenant(), name))
                .thenApply(reply -> Optional.ofNullable(reply.view()).map(Wire::queue)));
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    return existing(exchange.queue()).thenApply(view -> Replies.json(200, Wire.queue(view)));
  }

  private CompletionStage<HttpResponse> create(Exchange exchange) {
    exchange.query().finish();
    Fields fields = exchange.fields().required("id");
    Optional<QueueId> id = fields.text("id", name -> new QueueId(exchange.tenant(), name));
    QueueSettings settings = settings(fields, QueueSettings.DEFAULT);
    QueueId queue = id.orElseThrow();
    return router
        .configureQueue(queue, settings, true)
        .thenCompose(reply -> listed.until(queue).thenApply(done -> reply))
        .thenApply(
            reply -> {
              if (reply instanceof Queue.Configured configured) {
                return Replies.created(ALL + '/' + queue.name(), Wire.queue(configured.view()));
              }
              refuseInPlan(reply);
              throw new ProblemException(
                  Problem.of(409, "There is a queue '" + queue.name() + "' already."));
            });
  }

  private CompletionStage<HttpResponse> replace(Exchange exchange) {
    exchange.query().finish();
    QueueId id = exchange.queue();
    Fields fields = exchange.fields().required("strategy", "ringTimeout", "wrapUp");
    QueueSettings settings = settings(fields, QueueSettings.DEFAULT);
    return existing(id).thenCompose(before -> save(id, settings));
  }

  private CompletionStage<HttpResponse> change(Exchange exchange) {
    exchange.query().finish();
    QueueId id = exchange.queue();
    return existing(id)
        .thenCompose(before -> save(id, settings(exchange.fields(), before.settings())));
  }

  private CompletionStage<HttpResponse> save(QueueId id, QueueSettings settings) {
    return router
        .configureQueue(id, settings, false)
        .thenApply(
            reply -> {
              if (reply instanceof Queue.Configured configured) {
                return Replies.json(200, Wire.queue(configured.view()));
              }
              refuseInPlan(reply);
              throw new IllegalStateException(
                  "a change of an existing queue was refused: " + reply);
            });
  }

  private static void refuseInPlan(Queue.ConfigureReply reply) {
    if (reply instanceof Queue.InPlan plan) {
      throw new ProblemException(
          Problem.of(
              409,
              "Version "
                  + plan.version()
                  + " of the plan says how this queue works; change it there."));
    }
  }

  /** The settings in the fields; what is not given is as {@code otherwise}. */
  private static QueueSettings settings(Fields fields, QueueSettings otherwise) {
    Optional<Strategy> strategy =
        fields.text("strategy", word -> Words.parse(Strategy.class, word));
    Optional<Duration> ringTimeout =
        fields.text(
            "ringTimeout",
            text ->
                new QueueSettings(otherwise.strategy(), Durations.parse(text), otherwise.wrapUp())
                    .ringTimeout());
    Optional<Duration> wrapUp =
        fields.text(
            "wrapUp",
            text ->
                new QueueSettings(
                        otherwise.strategy(), otherwise.ringTimeout(), Durations.parse(text))
                    .wrapUp());
    fields.finish();
    return new QueueSettings(
        strategy.orElse(otherwise.strategy()),
        ringTimeout.orElse(otherwise.ringTimeout()),
        wrapUp.orElse(otherwise.wrapUp()));
  }

  private CompletionStage<QueueView> existing(QueueId id) {
    return listed
        .queue(id)
        .thenCompose(there -> router.queue(id))
        .thenApply(
            reply -> {
              QueueView view = reply.view();
              if (view == null) {
                throw new ProblemException(Problem.notFound("queue", id.name()));
              }
              return view;
            });
  }
}
