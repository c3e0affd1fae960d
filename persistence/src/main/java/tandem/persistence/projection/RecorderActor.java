package tandem.persistence.projection;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.record.Recorder;

/**
 * Records the calls of one slice: many side by side, each call's words one after the other. It
 * keeps nothing: a call says what is to be recorded until it is told that it is.
 */
final class RecorderActor extends AbstractBehavior<Recorder.Command> {
  /** Calls whose history is written at the same time (count): enough to keep Cassandra busy. */
  private static final int WRITING = 16;

  /**
   * Calls under way, those that wait for Kafka included (count). A Kafka that hangs holds them for
   * its client's 15 s; after that its breaker lets the next ones pass.
   */
  private static final int UNDER_WAY = 64;

  /**
   * Calls that wait (count): a minute of a busy slice, some 3 MB. Those beyond say it again later.
   */
  private static final int WAITING = 1000;

  /** How often it is tried to publish what was kept. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  /** Looks between two that are taken although nothing is known to be kept: some ten minutes. */
  private static final int BLIND_LOOKS = 60;

  private record Written(Recorder.Note note, List<JournaledEvent> events)
      implements Recorder.Command {}

  private record Done(Recorder.Note note, long published) implements Recorder.Command {}

  private record Failed(Recorder.Note note, boolean wasWriting, Throwable why)
      implements Recorder.Command {}

  private record Looked(@Nullable Throwable failure) implements Recorder.Command {}

  private final int slice;
  private final RecordWork work;
  private final BiConsumer<CallId, Call.Recorded> answers;
  private final RecordMetrics metrics;
  private final LinkedHashMap<CallId, Recorder.Note> waiting = new LinkedHashMap<>();
  private final Map<CallId, Recorder.Note> underWay = new HashMap<>();
  private int writing;
  private boolean failing;
  private boolean looking;
  private boolean mayHaveKept = true;
  private int looks;

  private RecorderActor(
      ActorContext<Recorder.Command> context,
      int slice,
      RecordWork work,
      BiConsumer<CallId, Call.Recorded> answers,
      RecordMetrics metrics) {
    super(context);
    this.slice = slice;
    this.work = work;
    this.answers = answers;
    this.metrics = metrics;
  }

  /**
   * A recorder.
   *
   * @param answers tells calls what is recorded
   */
  static Behavior<Recorder.Command> create(
      int slice,
      RecordWork work,
      BiConsumer<CallId, Call.Recorded> answers,
      RecordMetrics metrics) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Recorder.Look.LOOK, LOOK_EVERY);
                  return new RecorderActor(context, slice, work, answers, metrics);
                }));
  }

  @Override
  public Receive<Recorder.Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Recorder.Note.class, this::onNote)
        .onMessage(Written.class, this::onWritten)
        .onMessage(Done.class, this::onDone)
        .onMessage(Failed.class, this::onFailed)
        .onMessageEquals(Recorder.Look.LOOK, this::onLook)
        .onMessage(Looked.class, this::onLooked)
        .build();
  }

  private Behavior<Recorder.Command> onNote(Recorder.Note note) {
    Recorder.Note before = underWay.get(note.call());
    boolean known = before != null && before.seq() >= note.seq();
    if (!known && (waiting.containsKey(note.call()) || waiting.size() < WAITING)) {
      waiting.merge(note.call(), note, (old, now) -> now.seq() > old.seq() ? now : old);
      start();
    }
    return this;
  }

  private void start() {
    Iterator<Recorder.Note> next = waiting.values().iterator();
    while (next.hasNext() && writing < WRITING && underWay.size() < UNDER_WAY) {
      Recorder.Note note = next.next();
      if (!underWay.containsKey(note.call())) {
        next.remove();
        underWay.put(note.call(), note);
        writing++;
        getContext()
            .pipeToSelf(
                work.write(note),
                (events, failure) ->
                    failure == null ? new Written(note, events) : new Failed(note, true, failure));
      }
    }
  }

  private Behavior<Recorder.Command> onWritten(Written written) {
    writing--;
    Recorder.Note note = written.note();
    getContext()
        .pipeToSelf(
            work.publish(note.call(), written.events(), note.published()),
            (published, failure) ->
                failure == null ? new Done(note, published) : new Failed(note, false, failure));
    start();
    return this;
  }

  private Behavior<Recorder.Command> onDone(Done done) {
    Recorder.Note note = done.note();
    underWay.remove(note.call());
    failing = false;
    mayHaveKept |= done.published() < note.seq();
    metrics.recorded(note);
    answers.accept(note.call(), new Call.Recorded(note.seq(), done.published()));
    start();
    return this;
  }

  private Behavior<Recorder.Command> onFailed(Failed failed) {
    underWay.remove(failed.note().call());
    if (failed.wasWriting()) {
      writing--;
    }
    metrics.failed();
    if (failing) {
      getContext().getLog().debug("{} is not recorded", failed.note().call(), failed.why());
    } else {
      getContext()
          .getLog()
          .warn("Calls cannot be recorded and will be tried again: {}", failed.why().toString());
    }
    failing = true;
    start();
    return this;
  }

  private Behavior<Recorder.Command> onLook() {
    looks++;
    if (!looking && (mayHaveKept || looks % BLIND_LOOKS == 0)) {
      looking = true;
      mayHaveKept = false;
      getContext().pipeToSelf(work.publishKept(slice), (done, failure) -> new Looked(failure));
    }
    return this;
  }

  private Behavior<Recorder.Command> onLooked(Looked looked) {
    looking = false;
    if (looked.failure() != null) {
      mayHaveKept = true;
      getContext().getLog().debug("Kept calls cannot be published yet", looked.failure());
    }
    return this;
  }
}
