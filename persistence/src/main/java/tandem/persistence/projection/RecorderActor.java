package tandem.persistence.projection;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.record.Recorder;

/**
 * Records the calls of one slice: many side by side, the history of each call word by word. It
 * keeps nothing: a call says what is to be recorded until it is told that it is.
 */
final class RecorderActor extends AbstractBehavior<Recorder.Command> {
  /** Calls whose history is written at the same time (count): enough to keep Cassandra busy. */
  private static final int WRITING = 16;

  /**
   * Calls that are being published (count). While Kafka hangs, those beyond are kept for later
   * untried: the history does not wait for it.
   */
  private static final int PUBLISHING = 64;

  /** Calls that wait (count): some seconds of a busy slice. Those beyond say it again later. */
  private static final int WAITING = 1000;

  /** How often it is tried to publish what was kept: a read of mostly nothing. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private enum Stage {
    WRITING,
    PUBLISHING,
    KEEPING
  }

  private record Written(Recorder.Note note, List<JournaledEvent> events)
      implements Recorder.Command {}

  private record Done(Recorder.Note note, Stage stage, long published)
      implements Recorder.Command {}

  private record Failed(Recorder.Note note, Stage stage, Throwable why)
      implements Recorder.Command {}

  private record Looked(@Nullable Throwable failure) implements Recorder.Command {}

  private final int slice;
  private final RecordWork work;
  private final BiConsumer<CallId, Call.Recorded> answers;
  private final RecordMetrics metrics;
  private final LinkedHashMap<CallId, Recorder.Note> waiting = new LinkedHashMap<>();
  private final Map<CallId, Recorder.Note> beingWritten = new HashMap<>();
  private final Map<CallId, Recorder.Note> beingPublished = new HashMap<>();
  private final Map<Stage, Integer> busy = new EnumMap<>(Stage.class);
  private boolean looking;

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
    boolean known = isAtLeast(beingWritten, note) || isAtLeast(beingPublished, note);
    if (!known && (waiting.containsKey(note.call()) || waiting.size() < WAITING)) {
      waiting.merge(note.call(), note, (old, now) -> now.seq() > old.seq() ? now : old);
      start();
    }
    return this;
  }

  private static boolean isAtLeast(Map<CallId, Recorder.Note> notes, Recorder.Note note) {
    Recorder.Note before = notes.get(note.call());
    return before != null && before.seq() >= note.seq();
  }

  private void start() {
    Iterator<Recorder.Note> next = waiting.values().iterator();
    while (next.hasNext() && countOf(Stage.WRITING) < WRITING) {
      Recorder.Note note = next.next();
      if (!beingWritten.containsKey(note.call())) {
        next.remove();
        beingWritten.put(note.call(), note);
        enter(Stage.WRITING);
        getContext()
            .pipeToSelf(
                work.write(note),
                (events, failure) ->
                    failure == null
                        ? new Written(note, events)
                        : new Failed(note, Stage.WRITING, failure));
      }
    }
  }

  private Behavior<Recorder.Command> onWritten(Written written) {
    leave(Stage.WRITING);
    Recorder.Note note = written.note();
    metrics.written(note);
    beingWritten.remove(note.call());
    // An earlier word of the call may hang here still: both begin behind what Kafka has for sure.
    beingPublished.put(note.call(), note);
    boolean tries = countOf(Stage.PUBLISHING) < PUBLISHING;
    Stage stage = tries ? Stage.PUBLISHING : Stage.KEEPING;
    enter(stage);
    CompletionStage<Long> published =
        tries
            ? work.publish(note.call(), written.events(), note.published())
            : work.keep(note.call()).thenApply(kept -> note.published());
    getContext()
        .pipeToSelf(
            published,
            (seq, failure) ->
                failure == null ? new Done(note, stage, seq) : new Failed(note, stage, failure));
    start();
    return this;
  }

  private Behavior<Recorder.Command> onDone(Done done) {
    Recorder.Note note = done.note();
    leave(done.stage());
    beingPublished.remove(note.call(), note);
    answers.accept(note.call(), new Call.Recorded(note.seq(), done.published()));
    start();
    return this;
  }

  private Behavior<Recorder.Command> onFailed(Failed failed) {
    leave(failed.stage());
    beingWritten.remove(failed.note().call(), failed.note());
    beingPublished.remove(failed.note().call(), failed.note());
    metrics.failed(failed.note().call(), failed.why());
    start();
    return this;
  }

  private int countOf(Stage stage) {
    return busy.getOrDefault(stage, 0);
  }

  private void enter(Stage stage) {
    busy.merge(stage, 1, Integer::sum);
  }

  private void leave(Stage stage) {
    busy.merge(stage, -1, Integer::sum);
  }

  private Behavior<Recorder.Command> onLook() {
    if (!looking) {
      looking = true;
      getContext().pipeToSelf(work.publishKept(slice), (done, failure) -> new Looked(failure));
    }
    return this;
  }

  private Behavior<Recorder.Command> onLooked(Looked looked) {
    looking = false;
    if (looked.failure() != null) {
      getContext().getLog().debug("Kept calls cannot be published yet", looked.failure());
    }
    return this;
  }
}
