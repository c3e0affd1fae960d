package tandem.router.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.plan.Plans;
import tandem.router.domain.time.Manual;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;

/** The plans of a test's one tenant, published by hand. */
public final class HandPlans implements Plans {
  private final Map<Long, Plan> versions = new HashMap<>();
  private final Map<String, Manual> manuals = new HashMap<>();
  private long current;
  private boolean loaded = true;

  /** Publishes the document as the next version; it must be right. */
  public long publish(String document) {
    PlanReading reading = PlanReader.read(document);
    assertThat(reading.plan()).as("a plan without errors: %s", reading.problems()).isNotNull();
    versions.put(++current, Objects.requireNonNull(reading.plan()));
    return current;
  }

  public void notLoaded() {
    loaded = false;
  }

  public void loaded() {
    loaded = true;
  }

  /** Opens or closes a calendar for ever. */
  public void manual(String calendar, boolean open) {
    manuals.put(calendar, new Manual(open, (Instant) null));
  }

  /** As if this node never had that version. */
  public Plan forget(long version) {
    return Objects.requireNonNull(versions.remove(version));
  }

  public void remember(long version, Plan plan) {
    versions.put(version, plan);
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public PlanInForce of(TenantId tenant) {
    return new PlanInForce(current, versions.getOrDefault(current, Plan.EMPTY), manuals);
  }

  @Override
  public Optional<Plan> version(TenantId tenant, long version) {
    return version == 0 ? Optional.of(Plan.EMPTY) : Optional.ofNullable(versions.get(version));
  }
}
