package tandem.http.routes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.http.port.RouterPort;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plan;

/** The plan in force, read. */
final class CurrentPlan {
  private final RouterPort router;
  private final PlanReads reads;

  CurrentPlan(RouterPort router, PlanReads reads) {
    this.router = router;
    this.reads = reads;
  }

  /** Nothing in it when none was ever published; fails with 409 when it can no longer be read. */
  CompletionStage<Plan> of(TenantId tenant) {
    return router
        .currentPlan(tenant)
        .thenCompose(
            now ->
                now.version() == null || now.text() == null
                    ? CompletableFuture.completedFuture(Plan.EMPTY)
                    : reads.stored(PlanDocuments.inForce(now)));
  }
}
