package tandem.http.routes;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Fields;
import tandem.http.json.PlanWire;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.router.domain.TenantId;
import tandem.router.plan.RoutingPlan;
import tandem.router.plan.document.PlanChange;
import tandem.router.plan.document.PlanDiff;
import tandem.router.plan.document.PlanSchema;

/** {@code /api/v1/plans}: what was published, and the way back to it. */
final class PlanRoutes {
  static final String ALL = "/api/v1/plans";
  static final String ONE = ALL + "/{version}";
  private static final ContentType SCHEMA =
      MediaTypes.applicationWithFixedCharset("schema+json", HttpCharsets.UTF_8).toContentType();

  private final RouterPort router;
  private final PlanDocuments documents;
  private final PlanReads reads;
  private final HttpResponse schema;

  PlanRoutes(RouterPort router, PlanReads reads) {
    this.router = router;
    this.documents = new PlanDocuments(router);
    this.reads = reads;
    this.schema =
        HttpResponse.create()
            .withEntity(
                HttpEntities.create(SCHEMA, PlanSchema.json().getBytes(StandardCharsets.UTF_8)));
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ALL, this::list),
        Endpoint.open(ALL + "/schema", exchange -> Replies.now(schema)),
        Endpoint.get(ONE, this::one),
        Endpoint.send("POST", ONE + "/rollback", this::rollBack),
        Endpoint.get(ONE + "/diff", this::diff));
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    Query query = exchange.query();
    Long before = query.text("cursor", PlanRoutes::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    TenantId tenant = exchange.tenant();
    return router
        .planVersions(tenant, before, limit)
        .thenCompose(
            page -> newest(tenant, before, page).thenApply(current -> page(page, current)));
  }

  /** The number of the version in force; 0 when there is none. */
  private CompletionStage<Long> newest(
      TenantId tenant, @Nullable Long before, RoutingPlan.Versions page) {
    return (before == null
            ? CompletableFuture.completedStage(page)
            : router.planVersions(tenant, null, 1))
        .thenApply(first -> first.versions().isEmpty() ? 0L : first.versions().get(0).version());
  }

  private static HttpResponse page(RoutingPlan.Versions page, long current) {
    List<PlanWire.Version> items =
        page.versions().stream().map(one -> PlanWire.version(one, current)).toList();
    String next =
        page.more() ? Pages.cursor(Long.toString(items.get(items.size() - 1).version())) : null;
    return Replies.json(200, new Wire.Page<>(items, next));
  }

  private static Long opened(String cursor) {
    String number = Pages.opened(cursor);
    if (!number.matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("is not a cursor of this list");
    }
    return Long.valueOf(number);
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    PlanName name = exchange.plan(PlanName::published);
    return documents.find(exchange.tenant(), name).thenApply(Replies::document);
  }

  private CompletionStage<HttpResponse> rollBack(Exchange exchange) {
    exchange.query().finish();
    PlanName name = exchange.plan(PlanName::numbered);
    String comment = DraftRoutes.comment(exchange);
    long current = Preconditions.version(exchange);
    return documents
        .find(exchange.tenant(), name)
        .thenCompose(
            old ->
                reads
                    .stored(old)
                    .thenCompose(
                        plan ->
                            router.rollBackPlan(
                                exchange.tenant(),
                                old.number(),
                                current,
                                old.text(),
                                exchange.author(),
                                comment,
                                DraftRoutes.queues(plan))))
        .thenApply(
            reply -> {
              if (reply instanceof RoutingPlan.Overtaken overtaken) {
                throw Preconditions.versionIs(overtaken.now());
              }
              return DraftRoutes.published(reply);
            });
  }

  private CompletionStage<HttpResponse> diff(Exchange exchange) {
    Query query = exchange.query();
    PlanName to = query.text("to", PlanName::parse).orElse(new PlanName(null, false));
    query.finish();
    PlanName from = exchange.plan(PlanName::parse);
    TenantId tenant = exchange.tenant();
    return documents
        .find(tenant, from)
        .thenCompose(
            before -> documents.find(tenant, to).thenCompose(after -> differences(before, after)));
  }

  private CompletionStage<HttpResponse> differences(PlanDocument before, PlanDocument after) {
    return reads.run(
        () -> {
          List<PlanChange> changes;
          try {
            changes = PlanDiff.between(before.text(), after.text());
          } catch (IllegalArgumentException e) {
            throw new ProblemException(
                Problem.of(409, "They cannot be compared: " + Fields.reason(e)));
          }
          return Replies.json(
              200,
              new PlanWire.Diff(
                  before.name(),
                  after.name(),
                  changes.stream().map(PlanWire::difference).toList()));
        });
  }
}
