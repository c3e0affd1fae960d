package tandem.http.routes;

import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks many entities, few at a time: a list must not be a burst on the cluster. */
public final class Gather {
  private static final int AT_A_TIME = 32;

  private Gather() {}

  /** The answers in the order of the questions; fails when one does. */
  public static <Q, A> CompletionStage<List<A>> all(
      Collection<Q> questions, Function<Q, CompletionStage<A>> ask, Materializer materializer) {
    return Source.from(questions).mapAsync(AT_A_TIME, ask::apply).runWith(Sink.seq(), materializer);
  }
}
