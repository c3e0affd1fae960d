package tandem.router.domain.plan;

import java.util.Optional;
import tandem.router.domain.TenantId;

/** The plans as this node knows them. */
public interface Plans {
  /** Whether they are known at all: a node that has just started knows none yet. */
  boolean isLoaded();

  /** What is in force for a tenant. */
  PlanInForce of(TenantId tenant);

  /** An earlier plan of a tenant; empty when this node does not have it, or not yet. */
  Optional<Plan> version(TenantId tenant, long version);

  /** No tenant has a plan. */
  Plans NONE =
      new Plans() {
        @Override
        public boolean isLoaded() {
          return true;
        }

        @Override
        public PlanInForce of(TenantId tenant) {
          return PlanInForce.NONE;
        }

        @Override
        public Optional<Plan> version(TenantId tenant, long version) {
          return version == 0 ? Optional.of(Plan.EMPTY) : Optional.empty();
        }
      };
}
