package tandem.persistence.projection;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.TandemNode;
import tandem.persistence.cassandra.PersistenceModule;
import tandem.persistence.readmodel.CallJournal;
import tandem.router.Shards;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.record.Recorder;

/**
 * A node with the real persistence and recorders, and calls that only persist what they are told.
 */
final class RecordNode implements AutoCloseable {
  /** What each call was told last about its record. */
  final Map<CallId, Call.Recorded> recorded = new ConcurrentHashMap<>();

  private final TandemNode node;

  RecordNode(Config overrides) {
    NodeModule calls =
        new NodeModule() {
          @Override
          public String name() {
            return "recorded-calls";
          }

          @Override
          public String role() {
            return "router";
          }

          @Override
          public int order() {
            return 200;
          }

          @Override
          public void onEveryNode(NodeContext context) {
            var unused =
                ClusterSharding.get(context.system())
                    .init(Entity.of(Shards.CALLS, call -> hears(CallId.parse(call.getEntityId()))));
          }
        };
    node =
        TandemNode.start(
            overrides,
            List.of(new PersistenceModule(), calls, new ProjectionModule()),
            message -> {
              throw new IllegalStateException("halted: " + message);
            });
  }

  ActorSystem<?> system() {
    return node.system();
  }

  private Behavior<Call.Command> hears(CallId call) {
    return Behaviors.receive(Call.Command.class)
        .onMessage(
            Call.Recorded.class,
            message -> {
              recorded.put(call, message);
              return Behaviors.same();
            })
        .build();
  }

  /** Tells the record of a call; it answers into {@link #recorded}. */
  void note(CallId call, List<? extends Call.Event> events, long published) {
    note(new Recorder.Note(call, events.size(), published, List.copyOf(events)));
  }

  void note(Recorder.Note note) {
    recorded.remove(note.call());
    new Shards(system()).recorder(Recorder.sliceOf(note.call())).tell(note);
  }

  /** Persists events of a call as the call itself does: same journal, same name. */
  CompletionStage<Done> persist(CallId call, List<? extends Call.Event> events) {
    ActorRef<Persist> journal = system().systemActorOf(Journal.of(call), name(), Props.empty());
    return AskPattern.ask(
        journal,
        (ActorRef<Done> replyTo) -> new Persist(List.copyOf(events), replyTo),
        Duration.ofSeconds(20),
        system().scheduler());
  }

  private static String name() {
    return "journal-" + java.util.UUID.randomUUID();
  }

  @Override
  public void close() throws Exception {
    node.stop().toCompletableFuture().get(40, TimeUnit.SECONDS);
  }

  record Persist(List<Call.Event> events, ActorRef<Done> replyTo) {}

  /** Persists what it is told, once, and stops. */
  private static final class Journal extends EventSourcedBehavior<Persist, Call.Event, Integer> {
    private Journal(CallId call) {
      super(CallJournal.persistenceId(call));
    }

    static Behavior<Persist> of(CallId call) {
      return new Journal(call);
    }

    @Override
    public Integer emptyState() {
      return 0;
    }

    @Override
    public CommandHandler<Persist, Call.Event, Integer> commandHandler() {
      return (count, persist) ->
          Effect()
              .persist(persist.events())
              .thenRun(done -> persist.replyTo().tell(Done.getInstance()))
              .thenStop();
    }

    @Override
    public EventHandler<Integer, Call.Event> eventHandler() {
      return (count, event) -> count + 1;
    }

    @Override
    public String journalPluginId() {
      return CallJournal.JOURNAL_PLUGIN;
    }
  }
}
