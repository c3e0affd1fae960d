package tandem.http.routes;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.http.port.RouterPort;
import tandem.router.domain.TenantId;
import tandem.router.domain.time.Manual;
import tandem.router.plan.RoutingPlan;

/**
 * Finds a tenant's plans: what is in force and the draft with the plan, the rest in the archive.
 */
final class PlanDocuments {
  private final RouterPort router;

  PlanDocuments(RouterPort router) {
    this.router = router;
  }

  /** Fails with 404 when there is no such plan. */
  CompletionStage<PlanDocument> find(TenantId tenant, PlanName name) {
    return router.currentPlan(tenant).thenCompose(now -> find(tenant, name, now));
  }

  private CompletionStage<PlanDocument> find(
      TenantId tenant, PlanName name, RoutingPlan.InForce now) {
    if (name.draft()) {
      return draft(tenant).thenApply(draft -> PlanDocument.of(draft, now.manuals()));
    }
    RoutingPlan.Version current = now.version();
    Long wanted = name.version();
    if (wanted == null || (current != null && current.version() == wanted)) {
      return CompletableFuture.completedFuture(inForce(now));
    } else if (current == null || wanted > current.version()) {
      throw new ProblemException(Problem.notFound("version", wanted.toString()));
    }
    return archived(tenant, wanted);
  }

  /** Fails with 404 when there is none. */
  CompletionStage<RoutingPlan.Draft> draft(TenantId tenant) {
    return router
        .planDraft(tenant)
        .thenApply(
            reply -> {
              if (reply instanceof RoutingPlan.Draft draft) {
                return draft;
              }
              throw new ProblemException(Problem.of(404, "There is no draft."));
            });
  }

  /**
   * What is in force.
   *
   * @throws ProblemException 404 when nothing is
   */
  static PlanDocument inForce(RoutingPlan.InForce now) {
    RoutingPlan.Version version = now.version();
    @Nullable String text = now.text();
    if (version == null || text == null) {
      throw new ProblemException(Problem.of(404, "No plan has been published."));
    }
    return PlanDocument.of(version, text, now.manuals());
  }

  /**
   * Every version up to the one in force was published, so the archive is only asked for what it
   * has or is about to have: no entity is started for a number nobody used.
   */
  private CompletionStage<PlanDocument> archived(TenantId tenant, long version) {
    return router
        .archivedPlan(tenant, version)
        .thenCompose(
            kept -> {
              RoutingPlan.Version found = kept.version();
              @Nullable String text = kept.text();
              if (found == null || text == null) {
                return CompletableFuture.failedFuture(
                    new TimeoutException("version " + version + " is not in the archive yet"));
              }
              Map<String, Manual> none = Map.of();
              return CompletableFuture.completedFuture(PlanDocument.of(found, text, none));
            });
  }
}
