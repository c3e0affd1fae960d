package tandem.router.entity;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.persistence.typed.PersistenceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before a hot entity: gathers what comes in while a batch is being persisted, so that one
 * write carries many commands. The persistent child has at most one batch at a time.
 *
 * @param <C> commands of the entity
 */
public final class Gatherer<C> extends AbstractBehavior<Object> {
  private static final Logger log = LoggerFactory.getLogger(Gatherer.class);

  /** Commands in one write: at about 250 bytes an event this stays far under Cassandra's limits. */
  private static final int LARGEST_BATCH = 200;

  /**
   * Commands kept while the journal does not answer; what is dropped is said again by its sender.
   */
  private static final int LONGEST_WAIT = 50_000;

  /** What a wake-up, which the child makes itself, has in place of a batch's number. */
  private static final long NOT_OURS = 0;

  private record Batch<C>(List<C> commands, long number) {}

  /** The child has persisted this batch, or, with {@link #NOT_OURS}, has just recovered. */
  private record Taken(long number) {}

  private final ActorRef<Batch<C>> child;
  private final Class<C> commandType;
  private final C stop;
  private List<C> waiting = new ArrayList<>();
  private boolean busy = true;
  private long lastBatch = NOT_OURS;
  private long dropped;
  private boolean stopping;

  private Gatherer(
      ActorContext<Object> context, Class<C> commandType, C stop, Behavior<Batch<C>> child) {
    super(context);
    this.commandType = commandType;
    this.stop = stop;
    this.child = context.spawn(child, "journal");
    context.watch(this.child);
  }

  /**
   * A hot entity's behavior, gatherer and all.
   *
   * @param stop its stop message: heeded once nothing that came before it is under way
   */
  public static <C, E, S> Behavior<C> create(
      Class<C> commandType,
      C stop,
      PersistenceId id,
      Supplier<EntityLogic<C, E, S>> logic,
      Journal<S> journal,
      Surroundings around,
      Runnable onFinished) {
    return Behaviors.<Object>setup(
            context -> {
              ActorRef<Object> self = context.getSelf();
              EntityShell.Intake<Batch<C>, C> intake =
                  new EntityShell.Intake<>(
                      Batch::commands,
                      command -> new Batch<>(List.of(command), NOT_OURS),
                      (batch, ready) -> {
                        if (batch == null || batch.number() != NOT_OURS) {
                          self.tell(new Taken(batch == null ? NOT_OURS : batch.number()));
                        }
                      });
              return new Gatherer<>(
                  context,
                  commandType,
                  stop,
                  EntityShell.create(id, logic, journal, intake, around, onFinished));
            })
        .narrow();
  }

  @Override
  public Receive<Object> createReceive() {
    // A child that stopped for good ends the gatherer too (DeathPactException); sharding starts
    // both again.
    return newReceiveBuilder()
        .onMessage(Taken.class, this::onTaken)
        .onMessage(commandType, this::onCommand)
        .build();
  }

  private Behavior<Object> onCommand(C command) {
    if (command.equals(stop)) {
      stopping = true;
      return busy ? this : Behaviors.stopped();
    }
    if (!busy) {
      send(List.of(command));
    } else if (waiting.size() < LONGEST_WAIT) {
      waiting.add(command);
    } else if (Long.bitCount(++dropped) == 1) {
      log.warn("{}: {} commands dropped, the journal is too slow", getContext().getSelf(), dropped);
    }
    return this;
  }

  private Behavior<Object> onTaken(Taken taken) {
    if (taken.number() != NOT_OURS && taken.number() != lastBatch) {
      // A batch from before a restart of the child: another one is under way.
      return this;
    }
    if (waiting.isEmpty()) {
      busy = false;
      return stopping ? Behaviors.stopped() : this;
    }
    int size = Math.min(LARGEST_BATCH, waiting.size());
    List<C> batch = List.copyOf(waiting.subList(0, size));
    waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
    send(batch);
    return this;
  }

  private void send(List<C> commands) {
    busy = true;
    child.tell(new Batch<>(commands, ++lastBatch));
  }
}
