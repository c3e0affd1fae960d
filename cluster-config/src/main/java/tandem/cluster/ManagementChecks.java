package tandem.cluster;

import akka.actor.ActorSystem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The management port's answers to {@code /ready} and {@code /alive}. Akka creates them by the
 * names in tandem/base/management.conf.
 */
public final class ManagementChecks {
  private ManagementChecks() {}

  /** Answers {@code /ready}. */
  public static final class Ready implements Supplier<CompletionStage<Boolean>> {
    private final ActorSystem system;

    public Ready(ActorSystem system) {
      this.system = system;
    }

    @Override
    public CompletionStage<Boolean> get() {
      return ask(system, readiness -> readiness.ready().ok());
    }
  }

  /** Answers {@code /alive}. */
  public static final class Live implements Supplier<CompletionStage<Boolean>> {
    private final ActorSystem system;

    public Live(ActorSystem system) {
      this.system = system;
    }

    @Override
    public CompletionStage<Boolean> get() {
      return ask(system, readiness -> readiness.live().ok());
    }
  }

  private static CompletionStage<Boolean> ask(
      ActorSystem system, Function<Readiness, Boolean> question) {
    return CompletableFuture.completedFuture(
        system
            .settings()
            .setup()
            .get(NodeSetup.class)
            .map(setup -> question.apply(setup.readiness()))
            .orElse(false));
  }
}
