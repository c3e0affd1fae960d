package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import akka.stream.Materializer;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.json.Wire;
import tandem.http.port.RouterPort;
import tandem.router.domain.LotId;
import tandem.router.domain.TenantId;
import tandem.router.feed.LotView;

/**
 * {@code /api/v1/lots}: the park lots of the plan, and those where a call was ever parked. Only the
 * latter have an entity that is asked.
 */
final class LotRoutes {
  private static final String ALL = "/api/v1/lots";

  private final RouterPort router;
  private final CurrentPlan plan;
  private final Materializer materializer;

  LotRoutes(RouterPort router, PlanReads reads, Materializer materializer) {
    this.router = router;
    this.plan = new CurrentPlan(router, reads);
    this.materializer = materializer;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get(ALL, this::list), Endpoint.get(ALL + "/{id}", this::one));
  }

  /**
   * What lots there are.
   *
   * @param used of these, where a call was ever parked
   */
  private record Known(SortedSet<String> all, SortedSet<String> used) {}

  private CompletionStage<Known> known(TenantId tenant) {
    return plan.of(tenant)
        .thenCombine(
            router.directory(tenant),
            (current, listing) -> {
              SortedSet<String> all = new TreeSet<>(current.lots().keySet());
              all.addAll(listing.lots());
              return new Known(all, listing.lots());
            });
  }

  private CompletionStage<HttpResponse> list(Exchange exchange) {
    Query query = exchange.query();
    String after = query.text("cursor", Pages::opened).orElse(null);
    int limit = query.integer("limit", 1, Pages.LIMIT, Pages.DEFAULT_LIMIT);
    query.finish();
    TenantId tenant = exchange.tenant();
    return known(tenant)
        .thenCompose(
            known -> {
              Pages.Names page = Pages.of(known.all(), after, limit);
              return Gather.all(
                      page.names(),
                      name -> view(known, new LotId(tenant, name)).thenApply(Wire::lot),
                      materializer)
                  .thenApply(lots -> Replies.json(200, new Wire.Page<>(lots, page.next())));
            });
  }

  private CompletionStage<HttpResponse> one(Exchange exchange) {
    exchange.query().finish();
    LotId id = exchange.lot();
    return known(id.tenant())
        .thenCompose(
            known -> {
              if (!known.all().contains(id.name())) {
                throw new ProblemException(Problem.notFound("lot", id.name()));
              }
              return view(known, id);
            })
        .thenApply(view -> Replies.json(200, Wire.lot(view)));
  }

  private CompletionStage<LotView> view(Known known, LotId id) {
    LotView empty = new LotView(id, List.of());
    return known.used().contains(id.name())
        ? router.lot(id).thenApply(reply -> Optional.ofNullable(reply.view()).orElse(empty))
        : CompletableFuture.completedFuture(empty);
  }
}
