package tandem.persistence.media;

import akka.Done;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Steps that are taken later, and those that wait for a disk or a network. */
final class Stages {
  /** Something that waits. */
  @FunctionalInterface
  interface Waiting<T> {
    T run() throws IOException;
  }

  private Stages() {}

  static CompletionStage<Done> done() {
    return CompletableFuture.completedStage(Done.getInstance());
  }

  /**
   * Runs something that waits where waiting is allowed; an {@link IOException} of it is the cause
   * of the stage's {@link UncheckedIOException}.
   */
  static <T> CompletionStage<T> on(Executor executor, Waiting<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        executor);
  }

  /** What went wrong, without the wrappers of others. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
