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
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.persistence.kafka.CallPublisher;
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

  /** Longer than the patience of driver and Kafka's client: an answer that is lost ends here. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CallJournal journal;
  private final CallEvents all;
  private final HistoryWriter writer;
  private final Optional<CallPublisher> publisher;
  private final UnpublishedCalls unpublished;

  CallRecorder(ActorSystem<?> system) {
    this.journal = CallJournal.of(system);
    this.all = CallEvents.of(system);
    this.writer = new HistoryWriter(CallTables.of(system));
    this.publisher = CallPublisher.of(system);
    this.unpublished = new UnpublishedCalls(system, Clock.systemUTC());
  }

  @Override
  public CompletionStage<List<JournaledEvent>> write(Recorder.Note note) {
    return inTime(
        events(note)
            .thenCompose(events -> writer.write(note.call(), events).thenApply(written -> events)));
  }

  private CompletionStage<List<JournaledEvent>> events(Recorder.Note note) {
    List<Call.Event> told = note.events();
    if (told.isEmpty()) {
      return journal.read(note.call(), 1, note.seq()).thenApply(events -> whole(note, events));
    }
    return CompletableFuture.completedStage(
        IntStream.range(0, told.size())
            .mapToObj(i -> new JournaledEvent(i + 1L, told.get(i)))
            .toList());
  }

  private static List<JournaledEvent> whole(Recorder.Note note, List<JournaledEvent> events) {
    long last = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
    if (last < note.seq()) {
      throw new IllegalStateException(
          "the journal of %s shows %d of %d events".formatted(note.call(), last, note.seq()));
    }
    return events;
  }

  @Override
  public CompletionStage<Long> publish(CallId call, List<JournaledEvent> events, long after) {
    long last = events.isEmpty() ? after : events.get(events.size() - 1).seq();
    if (publisher.isEmpty()) {
      return CompletableFuture.completedStage(last);
    }
    return inTime(
        publisher
            .get()
            .publish(call, events, after)
            .handle(
                (done, failure) -> {
                  if (failure == null) {
                    return CompletableFuture.completedStage(last);
                  }
                  log.debug("Kafka does not take {}: it is kept for later", call, failure);
                  KEPT.inc();
                  return unpublished.note(Recorder.sliceOf(call), call).thenApply(kept -> after);
                })
            .thenCompose(seq -> seq));
  }

  @Override
  public CompletionStage<Done> publishKept(int slice) {
    return publisher.isEmpty()
        ? CompletableFuture.completedStage(Done.getInstance())
        : unpublished.publish(slice, call -> publishAll(publisher.get(), call));
  }

  /** From its first event on: nobody knows any more what Kafka has of it. */
  private CompletionStage<Done> publishAll(CallPublisher to, CallId call) {
    return inTime(all.of(call).thenCompose(events -> to.publish(call, events, 0)));
  }

  private static <T> CompletionStage<T> inTime(CompletionStage<T> work) {
    return work.toCompletableFuture().copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
