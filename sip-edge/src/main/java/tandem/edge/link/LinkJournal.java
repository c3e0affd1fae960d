package tandem.edge.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Duration;
import java.util.List;
import tandem.cluster.LivenessGate;
import tandem.router.domain.SwitchId;

/**
 * The persistent half of a link: one write at a time, each of all events gathered meanwhile. Apart
 * from the link itself, so that events of the switch do not wait behind a persist.
 */
final class LinkJournal extends EventSourcedBehavior<LinkJournal.Write, LinkEvent, OpenBook> {
  static final String NAME = "SwitchLink";
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

  /** Events to write, together; never empty. */
  record Write(List<LinkEvent> events) {}

  /** What the journal tells its link. */
  sealed interface Report {}

  /** At each start, also after a failed write, of which it then tells the outcome. */
  record Recovered(LinkBook book) implements Report {}

  record Written(List<LinkEvent> events) implements Report {}

  private final ActorRef<Report> link;
  private final LivenessGate gate;
  private final int snapshotEvery;
  private final OpenBook empty = new OpenBook();

  private LinkJournal(SwitchId id, ActorRef<Report> link, LivenessGate gate, int snapshotEvery) {
    super(
        PersistenceId.of(NAME, id.value()),
        SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, 0.2));
    this.link = link;
    this.gate = gate;
    this.snapshotEvery = snapshotEvery;
  }

  static Behavior<Write> create(
      SwitchId id, ActorRef<Report> link, LivenessGate gate, int snapshotEvery) {
    return new LinkJournal(id, link, gate, snapshotEvery);
  }

  @Override
  public OpenBook emptyState() {
    return empty;
  }

  @Override
  public CommandHandler<Write, LinkEvent, OpenBook> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Write.class,
            write -> {
              gate.check();
              return Effect()
                  .persist(write.events())
                  .thenRun(state -> link.tell(new Written(write.events())));
            })
        .build();
  }

  @Override
  public EventHandler<OpenBook, LinkEvent> eventHandler() {
    return OpenBook::evolve;
  }

  @Override
  public SignalHandler<OpenBook> signalHandler() {
    return newSignalHandlerBuilder()
        // After a failed write Akka begins again with the empty book it got, which is written in.
        .onSignal(PreRestart.instance(), book -> empty.clear())
        .onSignal(RecoveryCompleted.instance(), book -> link.tell(new Recovered(book.copy())))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, 2);
  }

  @Override
  public SnapshotAdapter<OpenBook> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(OpenBook open) {
        return open.copy();
      }

      @Override
      public OpenBook fromJournal(Object from) {
        return OpenBook.of((LinkBook) from);
      }
    };
  }
}
