package tandem.router.entity;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.SnapshotSelectionCriteria;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thin Akka shell around an {@link EntityLogic}: takes turns, persists their events, then lets
 * their effects happen, and wakes the logic when it asked to be.
 *
 * @param <X> what it takes: a command, or a batch of them
 * @param <C> commands of the logic
 */
public final class EntityShell<X, C, E, S>
    extends EventSourcedBehavior<X, E, EntityShell.Holder<S>> {

  /**
   * The state, which a turn has already brought up to date when its events are persisted: the
   * journal's handler applies them only during recovery. If a persist fails the entity restarts and
   * recovers, so a state that ran ahead is never seen.
   */
  public static final class Holder<S> {
    S state;
    boolean live;

    Holder(S state) {
      this.state = state;
    }
  }

  /**
   * What kind of input a shell takes.
   *
   * @param unpack the commands in an input
   * @param wake the input that wakes the logic
   * @param taken told once an input's events are persisted; a null input is the end of a recovery
   */
  public record Intake<X, C>(
      Function<X, List<C>> unpack, Function<C, X> wake, BiConsumer<@Nullable X, Boolean> taken) {
    /** Commands one by one. */
    public static <C> Intake<C, C> single() {
      return new Intake<>(List::of, command -> command, (input, ready) -> {});
    }
  }

  private static final String WAKE = "wake";
  private static final Duration LEAST_PAUSE = Duration.ofMillis(1);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final int SNAPSHOTS_KEPT = 2;

  private final ActorContext<X> context;
  private final TimerScheduler<X> timers;
  private final Supplier<EntityLogic<C, E, S>> logics;
  private final Journal<S> journal;
  private final Intake<X, C> intake;
  private final Surroundings around;
  private final Runnable onFinished;
  private @Nullable Instant restingSince;
  private EntityLogic<C, E, S> logic;
  private final Holder<S> empty;

  private EntityShell(
      ActorContext<X> context,
      TimerScheduler<X> timers,
      PersistenceId id,
      Supplier<EntityLogic<C, E, S>> logics,
      Journal<S> journal,
      Intake<X, C> intake,
      Surroundings around,
      Runnable onFinished) {
    super(
        id,
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
    this.context = context;
    this.timers = timers;
    this.logics = logics;
    this.logic = logics.get();
    this.empty = new Holder<>(logic.empty());
    this.journal = journal;
    this.intake = intake;
    this.around = around;
    this.onFinished = onFinished;
  }

  /**
   * An entity's behavior.
   *
   * @param logic makes the logic of one incarnation
   * @param onFinished called when the logic has nothing left to do
   */
  public static <X, C, E, S> Behavior<X> create(
      PersistenceId id,
      Supplier<EntityLogic<C, E, S>> logic,
      Journal<S> journal,
      Intake<X, C> intake,
      Surroundings around,
      Runnable onFinished) {
    Behavior<X> shell =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers ->
                        new EntityShell<>(
                            context, timers, id, logic, journal, intake, around, onFinished)));
    // A decision that throws is a bug; the entity comes back from its journal without it.
    return Behaviors.supervise(shell)
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(
                Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
  }

  @Override
  public Holder<S> emptyState() {
    return empty;
  }

  /**
   * Forgets what this incarnation knows. After a failed persist Akka begins again with this very
   * object and the empty state it got from it, which has run ahead of the journal by then.
   */
  private void beginAgain() {
    logic = logics.get();
    empty.state = logic.empty();
    empty.live = false;
    timers.cancelAll();
    restingSince = null;
  }

  @Override
  public EventHandler<Holder<S>, E> eventHandler() {
    return (holder, event) -> {
      if (!holder.live) {
        holder.state = logic.evolve(holder.state, event);
      }
      return holder;
    };
  }

  @Override
  public CommandHandler<X, E, Holder<S>> commandHandler() {
    return this::turn;
  }

  private akka.persistence.typed.javadsl.Effect<E, Holder<S>> turn(Holder<S> holder, X input) {
    around.gate().check();
    Turn<S, E> turn =
        new Turn<>(holder.state, logic::evolve, around.clock().instant(), around.ids());
    for (C command : intake.unpack().apply(input)) {
      logic.decide(turn, command);
    }
    Instant next = logic.settle(turn);
    holder.state = turn.state();
    List<E> events = turn.events();
    if (events.isEmpty()) {
      after(turn, next, input);
      return Effect().none();
    }
    return Effect().persist(events).thenRun(state -> after(turn, next, input));
  }

  private void after(Turn<S, E> turn, @Nullable Instant next, X input) {
    around.gate().check();
    turn.events().forEach(event -> around.persisted().accept(event));
    for (Effect effect : turn.effects()) {
      if (effect instanceof Effect.Tell tell) {
        around.post().accept(tell.to(), tell.message());
      } else if (effect instanceof Effect.Reply<?> reply) {
        reply.send();
      } else if (effect instanceof Effect.Publish publish) {
        around.publish().accept(publish.item());
      }
    }
    arm(Outbox.earlier(next, rest(turn, input)), turn.now());
    intake.taken().accept(input, true);
  }

  /**
   * Stops a logic that has nothing left to do, but only after a pause in which nobody spoke to it:
   * a command that is on its way here would be lost with the actor.
   *
   * @return when to look again, or null
   */
  private @Nullable Instant rest(Turn<S, E> turn, X input) {
    if (!logic.finished(turn.state())) {
      restingSince = null;
      return null;
    }
    boolean spokenTo =
        intake.unpack().apply(input).stream().anyMatch(command -> !command.equals(logic.wake()));
    if (restingSince == null || spokenTo) {
      restingSince = turn.now();
    } else if (!restingSince.plus(REST).isAfter(turn.now())) {
      onFinished.run();
      return null;
    }
    return restingSince.plus(REST);
  }

  private void arm(@Nullable Instant next, Instant now) {
    if (next == null) {
      timers.cancel(WAKE);
      return;
    }
    Duration pause = Duration.between(now, next);
    timers.startSingleTimer(
        WAKE,
        intake.wake().apply(logic.wake()),
        pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause);
  }

  @Override
  public SignalHandler<Holder<S>> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(PreRestart.instance(), holder -> beginAgain())
        .onSignal(PostStop.instance(), holder -> around.stopped().accept(persistenceId().id()))
        .onSignal(
            RecoveryCompleted.instance(),
            holder -> {
              holder.live = true;
              // Before anything new: what is owed is said again, and deadlines that passed fire.
              context.getSelf().tell(intake.wake().apply(logic.wake()));
              intake.taken().accept(null, true);
            })
        .build();
  }

  @Override
  public String journalPluginId() {
    return journal.journal();
  }

  @Override
  public Recovery recovery() {
    // Without snapshots none is looked for: a new call would wait for that read.
    return Recovery.withSnapshotSelectionCriteria(
        journal.snapshotEvery() == 0
            ? SnapshotSelectionCriteria.none()
            : SnapshotSelectionCriteria.latest());
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return journal.snapshotEvery() == 0
        ? RetentionCriteria.disabled()
        : RetentionCriteria.snapshotEvery(journal.snapshotEvery(), SNAPSHOTS_KEPT);
  }

  @Override
  public SnapshotAdapter<Holder<S>> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(Holder<S> holder) {
        return journal.toSnapshot().apply(holder.state);
      }

      @Override
      public Holder<S> fromJournal(Object from) {
        return new Holder<>(journal.ofSnapshot().apply(from, logic.empty()));
      }
    };
  }
}
