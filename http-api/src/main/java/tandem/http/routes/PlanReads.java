package tandem.http.routes;

import akka.stream.Materializer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tandem.http.json.PlanWire;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.router.domain.plan.Plan;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;

/**
 * Reads documents away from the threads that serve requests: a large one takes a good part of a
 * second. The last that were plans are kept.
 */
final class PlanReads {
  /** At 256 KiB a document, some MB. */
  private static final int KEPT = 16;

  private final Executor executor;
  private final Map<String, PlanReading> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, PlanReading> eldest) {
              return size() > KEPT;
            }
          });

  PlanReads(Materializer materializer) {
    this.executor =
        materializer.system().dispatchers().lookup("akka.actor.default-blocking-io-dispatcher");
  }

  CompletionStage<PlanReading> read(String text) {
    PlanReading before = kept.get(text);
    if (before != null) {
      return CompletableFuture.completedFuture(before);
    }
    return run(
        () -> {
          PlanReading reading = PlanReader.read(text);
          if (!reading.hasErrors()) {
            kept.put(text, reading);
          }
          return reading;
        });
  }

  /**
   * A document that was a plan when it was saved; fails with 409 and its errors if it is none now.
   */
  CompletionStage<Plan> stored(PlanDocument document) {
    return read(document.text())
        .thenApply(
            reading -> {
              @Nullable Plan plan = reading.plan();
              if (plan == null) {
                String what =
                    document.version() == null ? "The draft" : "Version " + document.version();
                throw new ProblemException(
                    Problem.document(
                        409,
                        what + " is no plan for this release of Tandem",
                        PlanWire.errors(reading.problems())));
              }
              return plan;
            });
  }

  /** Does other work that takes long. */
  <T> CompletionStage<T> run(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, executor);
  }
}
