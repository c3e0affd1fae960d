package tandem.http.feed;

import akka.Done;
import akka.NotUsed;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.http.port.LiveCalls;
import tandem.http.port.RouterPort;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.feed.View;

/**
 * Asks every thing of a tenant how it is: the directory says which agents, queues and lots there
 * are, the switch links which calls. The first sweep is the feed's snapshot, the later ones repair
 * what the topic lost.
 */
final class FeedSweep {
  private static final Logger log = LoggerFactory.getLogger(FeedSweep.class);
  private static final int AT_A_TIME = 32;

  /** What a thing said. */
  sealed interface Said {}

  record As(View view, long seq) implements Said {}

  /** Its entity knows nothing of it. */
  record Unknown(CallId call) implements Said {}

  /** A question to one thing; empty when it did not answer, which the next sweep repairs. */
  @FunctionalInterface
  private interface Question {
    CompletionStage<Optional<Said>> ask();
  }

  private final RouterPort router;
  private final LiveCalls live;
  private final TenantId tenant;
  private final Materializer materializer;

  FeedSweep(RouterPort router, TenantId tenant, Materializer materializer) {
    this.router = router;
    this.live = new LiveCalls(router);
    this.tenant = tenant;
    this.materializer = materializer;
  }

  /** As fast as 32 questions at a time go. Fails when the directory does not answer. */
  CompletionStage<Done> all(Consumer<Said> heard) {
    return questions(List.of()).thenCompose(questions -> run(Source.from(questions), heard));
  }

  /**
   * Spread over a time, so that repairs are never a burst.
   *
   * @param known calls to ask beside those that the links list
   * @param most questions a quarter of a second; with many things the sweep takes longer
   */
  CompletionStage<Done> slowly(
      Collection<CallId> known, Duration within, int most, Consumer<Said> heard) {
    return questions(known)
        .thenCompose(
            questions -> {
              Duration step = Duration.ofMillis(250);
              long steps = Math.max(1, within.toMillis() / step.toMillis());
              int perStep =
                  Math.toIntExact(
                      Math.max(1, Math.min(most, (questions.size() + steps - 1) / steps)));
              return run(Source.from(questions).throttle(perStep, step), heard);
            });
  }

  private CompletionStage<Done> run(Source<Question, NotUsed> questions, Consumer<Said> heard) {
    return questions
        .mapAsyncUnordered(AT_A_TIME, Question::ask)
        .runWith(Sink.foreach(said -> said.ifPresent(heard)), materializer);
  }

  private CompletionStage<List<Question>> questions(Collection<CallId> known) {
    return router
        .directory(tenant)
        .thenCombine(
            live.of(tenant),
            (listing, found) -> {
              List<Question> questions = new ArrayList<>();
              for (String name : listing.agents()) {
                questions.add(() -> agent(new AgentId(tenant, name)));
              }
              for (String name : listing.queues()) {
                questions.add(() -> queue(new QueueId(tenant, name)));
              }
              for (String name : listing.lots()) {
                questions.add(() -> lot(new LotId(tenant, name)));
              }
              Set<CallId> calls = new TreeSet<>(found.calls());
              calls.addAll(known);
              for (CallId id : calls) {
                boolean wasKnown = known.contains(id);
                questions.add(() -> call(id, wasKnown));
              }
              return questions;
            });
  }

  private CompletionStage<Optional<Said>> agent(AgentId id) {
    return answered(id, router.agent(id).thenApply(reply -> said(reply.view(), reply.seq())));
  }

  private CompletionStage<Optional<Said>> queue(QueueId id) {
    return answered(id, router.queue(id).thenApply(reply -> said(reply.view(), reply.seq())));
  }

  private CompletionStage<Optional<Said>> lot(LotId id) {
    return answered(id, router.lot(id).thenApply(reply -> said(reply.view(), reply.seq())));
  }

  /** One that the feed did not know may just not have arrived yet: no word about it then. */
  private CompletionStage<Optional<Said>> call(CallId id, boolean wasKnown) {
    return answered(
        id,
        router
            .call(id)
            .thenApply(
                reply ->
                    reply.view() == null && wasKnown
                        ? Optional.of(new Unknown(id))
                        : said(reply.view(), reply.seq())));
  }

  private static Optional<Said> said(@Nullable View view, long seq) {
    return view == null ? Optional.empty() : Optional.of(new As(view, seq));
  }

  private static CompletionStage<Optional<Said>> answered(
      Object id, CompletionStage<Optional<Said>> asked) {
    return asked.exceptionally(
        failure -> {
          log.debug("{} did not say how it is: {}", id, failure.toString());
          return Optional.empty();
        });
  }
}
