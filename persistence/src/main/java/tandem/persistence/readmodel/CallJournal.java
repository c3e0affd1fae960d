package tandem.persistence.readmodel;

import akka.actor.typed.ActorSystem;
import akka.persistence.cassandra.query.javadsl.CassandraReadJournal;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.typed.PersistenceId;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tandem.router.Shards;
import tandem.router.call.Call;
import tandem.router.domain.CallId;

/** Reads calls' own events back. Knows where they lie and how a call is named there. */
public final class CallJournal {
  /** The read side of the calls' journal: its section of the configuration. */
  public static final String QUERY_PLUGIN = "tandem.persistence.calls.query";

  /** The write side of the calls' journal. */
  public static final String JOURNAL_PLUGIN = "tandem.persistence.calls.journal";

  private final CurrentEventsByPersistenceIdQuery journal;
  private final Materializer materializer;

  private CallJournal(CurrentEventsByPersistenceIdQuery journal, Materializer materializer) {
    this.journal = journal;
    this.materializer = materializer;
  }

  public static CallJournal of(ActorSystem<?> system) {
    return new CallJournal(
        PersistenceQuery.get(system).getReadJournalFor(CassandraReadJournal.class, QUERY_PLUGIN),
        Materializer.matFromSystem(system));
  }

  /** The name of a call in the journal. */
  public static PersistenceId persistenceId(CallId call) {
    return PersistenceId.of(Shards.CALLS.name(), call.value());
  }

  /** All events of a call that are there now, in order. */
  public CompletionStage<List<JournaledEvent>> read(CallId call) {
    return read(call, 1, Long.MAX_VALUE);
  }

  /** The events of a call with these sequence numbers, both included, in order. */
  public CompletionStage<List<JournaledEvent>> read(CallId call, long from, long to) {
    return events(call, from, to).runWith(Sink.seq(), materializer);
  }

  private Source<JournaledEvent, ?> events(CallId call, long from, long to) {
    return journal
        .currentEventsByPersistenceId(persistenceId(call).id(), from, to)
        .map(each -> new JournaledEvent(each.sequenceNr(), (Call.Event) each.event()));
  }
}
