package tandem.cluster;

import akka.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node lives and whether it may be given work. Single owner of the node's named checks
 * and of its warm-ups: a node is ready when it is a member of its cluster, warm, and every check is
 * content.
 */
public final class Readiness {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final String WARM_UP = "warm-up";

  /** A check. It is asked on the thread of a request and must answer from memory, at once. */
  @FunctionalInterface
  public interface Check {
    /** What is wrong, in one line; empty when nothing is. */
    Optional<String> problem();
  }

  /**
   * What the checks said.
   *
   * @param ok whether all were content
   * @param checks by name, "ok" or what is wrong
   */
  public record Report(boolean ok, Map<String, String> checks) {
    public Report {
      checks = Map.copyOf(checks);
    }
  }

  /** Runs something later; the node's scheduler, or a test's hand. */
  @FunctionalInterface
  interface Later {
    void run(Duration after, Runnable work);
  }

  private record WarmUp(String name, Supplier<? extends CompletionStage<?>> work) {}

  private final Map<String, Check> live = new ConcurrentSkipListMap<>();
  private final Map<String, Check> ready = new ConcurrentSkipListMap<>();
  private final List<WarmUp> warmUps = new CopyOnWriteArrayList<>();
  private volatile String coldBecause = "not a member of the cluster yet";

  public Readiness() {
    ready(WARM_UP, () -> coldBecause.isEmpty() ? Optional.empty() : Optional.of(coldBecause));
  }

  /**
   * Adds a check without which the process should be started again. A check of the same name is
   * replaced.
   */
  public void live(String name, Check check) {
    live.put(name, check);
  }

  /**
   * Adds a check without which the node should get no work. A check of the same name is replaced.
   */
  public void ready(String name, Check check) {
    ready.put(name, check);
  }

  /**
   * Adds work that the node does before it says ready, as a path that was never run takes seconds
   * at first. Warm-ups run in the order they were added, once the node is a member; one that fails
   * is run again until it succeeds.
   */
  public void warmUp(String name, Supplier<? extends CompletionStage<?>> work) {
    warmUps.add(new WarmUp(name, work));
  }

  /** Whether the process is alive. */
  public Report live() {
    return report(live);
  }

  /** Whether the node may be given work. */
  public Report ready() {
    return report(ready);
  }

  /** Runs the warm-ups; completes when all have succeeded, and never when one keeps failing. */
  CompletionStage<Done> warm(Duration retry, Later later) {
    CompletableFuture<Done> done = new CompletableFuture<>();
    warmFrom(0, new ArrayList<>(warmUps), retry, later, done);
    return done;
  }

  private void warmFrom(
      int next, List<WarmUp> todo, Duration retry, Later later, CompletableFuture<Done> done) {
    if (next == todo.size()) {
      coldBecause = "";
      done.complete(Done.getInstance());
      return;
    }
    WarmUp warmUp = todo.get(next);
    coldBecause = warmUp.name() + " is running";
    CompletionStage<?> running;
    try {
      running = warmUp.work().get();
    } catch (RuntimeException e) {
      running = CompletableFuture.failedFuture(e);
    }
    var unused =
        running.whenComplete(
            (result, failure) -> {
              if (failure == null) {
                warmFrom(next + 1, todo, retry, later, done);
              } else {
                coldBecause = warmUp.name() + " failed: " + reason(failure);
                log.warn("Warm-up {}; again in {} ms", coldBecause, retry.toMillis());
                later.run(retry, () -> warmFrom(next, todo, retry, later, done));
              }
            });
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static Report report(Map<String, Check> checks) {
    Map<String, String> said = new LinkedHashMap<>();
    boolean ok = true;
    for (Map.Entry<String, Check> check : checks.entrySet()) {
      Optional<String> problem = ask(check.getValue());
      ok &= problem.isEmpty();
      said.put(check.getKey(), problem.orElse("ok"));
    }
    return new Report(ok, said);
  }

  private static Optional<String> ask(Check check) {
    try {
      return check.problem();
    } catch (RuntimeException e) {
      return Optional.of("check failed: " + reason(e));
    }
  }
}
