package tandem.persistence.projection;

import akka.Done;
import akka.actor.typed.ActorSystem;
import io.prometheus.client.Counter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.persistence.kafka.CallPublisher;
import tandem.persistence.media.MediaCatalogue;
import tandem.persistence.media.Terms;
import tandem.persistence.readmodel.CallEvents;
import tandem.persistence.readmodel.CallJournal;
import tandem.persistence.readmodel.CallTables;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.record.Recorder;

/** Records calls in Cassandra and on Kafka, for all recorders of a node. */
final class CallRecorder implements RecordWork {
  private static final Logger log = LoggerFactory.getLogger(CallRecorder.class);
  private static final Counter KEPT =
      Metrics.counter(
          "tandem_kafka_kept_total",
          "Times a call was kept for later because Kafka did not take its events.");

  /**
   * For a call's history, and for all its records together: a Kafka that answers each of them late
   * must not hold the call for minutes. What is not done by then is kept for later.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CallJournal journal;
  private final CallEvents events;
  private final HistoryWriter writer;
  private final MediaCatalogue media;
  private final Optional<CallPublisher> publisher;
  private final UnpublishedCalls unpublished;
  private final AtomicBoolean kafkaIsAway = new AtomicBoolean();

  CallRecorder(ActorSystem<?> system) {
    this.journal = CallJournal.of(system);
    this.events = CallEvents.of(system);
    this.writer = new HistoryWriter(CallTables.of(system));
    this.media = MediaCatalogue.of(system);
    this.publisher = CallPublisher.of(system);
    this.unpublished = new UnpublishedCalls(system, Clock.systemUTC());
  }

  @Override
  public CompletionStage<List<JournaledEvent>> write(Recorder.Note note) {
    return inTime(
        events(note)
            .thenCompose(
                found ->
                    keepMedia(note.call(), found)
                        .thenCompose(kept -> writer.write(note.call(), found))
                        .thenApply(written -> found)));
  }

  /** Tells the catalogue how long the call's recordings and messages are kept. */
  private CompletionStage<Done> keepMedia(CallId call, List<JournaledEvent> found) {
    return media.keepAll(Terms.of(call, found.stream().map(JournaledEvent::event).toList()));
  }

  private CompletionStage<List<JournaledEvent>> events(Recorder.Note note) {
    List<Call.Event> told = note.events();
    if (told.isEmpty()) {
      return journal.read(note.call(), 1, note.seq()).thenApply(found -> whole(note, found));
    }
    return CompletableFuture.completedStage(
        IntStream.range(0, told.size())
            .mapToObj(i -> new JournaledEvent(i + 1L, told.get(i)))
            .toList());
  }

  private static List<JournaledEvent> whole(Recorder.Note note, List<JournaledEvent> found) {
    long last = found.isEmpty() ? 0 : found.get(found.size() - 1).seq();
    if (last < note.seq()) {
      throw new IllegalStateException(
          "the journal of %s shows %d of %d events".formatted(note.call(), last, note.seq()));
    }
    return found;
  }

  @Override
  public CompletionStage<Long> publish(CallId call, List<JournaledEvent> found, long after) {
    if (publisher.isEmpty() || found.isEmpty()) {
      // Not "all of it": where it is switched on later, the call begins with its first event.
      return CompletableFuture.completedStage(after);
    }
    return inTime(send(publisher.get(), call, found, after))
        .handle(
            (done, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(found.get(found.size() - 1).seq())
                    : keep(call).thenApply(kept -> after))
        .thenCompose(seq -> seq);
  }

  /** Tells the log when Kafka begins to refuse, and when it takes events again. */
  private CompletionStage<Done> send(
      CallPublisher to, CallId call, List<JournaledEvent> found, long after) {
    return to.publish(call, found, after)
        .whenComplete(
            (done, failure) -> {
              if (failure != null && kafkaIsAway.compareAndSet(false, true)) {
                log.warn(
                    "Kafka does not take calls' events; they are kept for later: {}",
                    failure.toString());
              } else if (failure == null && kafkaIsAway.compareAndSet(true, false)) {
                log.info("Kafka takes calls' events again");
              }
            });
  }

  @Override
  public CompletionStage<Done> keep(CallId call) {
    KEPT.inc();
    return inTime(unpublished.note(Recorder.sliceOf(call), call));
  }

  @Override
  public CompletionStage<Done> publishKept(int slice) {
    return publisher.isEmpty()
        ? CompletableFuture.completedStage(Done.getInstance())
        : unpublished.publish(slice, call -> publishAll(publisher.get(), call));
  }

  /**
   * From its first event on: nobody knows any more what Kafka has of it. A call that cannot be read
   * is kept again, so that it does not stand in the way of others.
   */
  private CompletionStage<Done> publishAll(CallPublisher to, CallId call) {
    return events
        .of(call)
        .handle(
            (found, failure) -> {
              if (failure == null) {
                return send(to, call, found, 0);
              }
              log.warn("{} cannot be read to be published: {}", call, failure.toString());
              return keep(call);
            })
        .thenCompose(done -> done);
  }

  private static <T> CompletionStage<T> inTime(CompletionStage<T> work) {
    return work.toCompletableFuture().copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
