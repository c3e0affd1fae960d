package tandem.persistence.kafka;

import akka.Done;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.prometheus.client.Counter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import tandem.cluster.Metrics;
import tandem.persistence.readmodel.CallJson;
import tandem.persistence.readmodel.CallTables;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.persistence.readmodel.SharedReads;
import tandem.router.domain.CallId;

/**
 * Publishes each call's events on Kafka, from where it stopped with that call, in order. A record
 * may come twice after a crash: key and sequence number then are the same, so a consumer that keeps
 * the highest number of each key takes every event once.
 */
public final class CallPublisher {
  private static final String READER = "kafka";
  private static final Counter RECORDS =
      Metrics.counter(
          "tandem_kafka_records_total", "Records of calls that Kafka has acknowledged.");

  private final SharedReads journal;
  private final CallTables tables;
  private final CallRecords records;
  private final KafkaSender sender;

  private CallPublisher(
      SharedReads journal, CallTables tables, CallRecords records, KafkaSender sender) {
    this.journal = journal;
    this.tables = tables;
    this.records = records;
    this.sender = sender;
  }

  /** A publisher with a producer of its own, which is closed with the actor system. */
  public static CallPublisher of(ActorSystem<?> system, SharedReads journal, CallTables tables) {
    Config config = system.settings().config().getConfig("tandem.persistence.kafka");
    return new CallPublisher(
        journal,
        tables,
        new CallRecords(config.getString("topic"), CallJson.of(system).mapper()),
        KafkaSender.open(system, config));
  }

  /**
   * Publishes what is new of a call, up to one of its events.
   *
   * @return fails when Kafka did not acknowledge all of it; what it did is not sent again, but for
   *     a crash in between
   */
  public CompletionStage<Done> take(CallId call, long seq) {
    return tables
        .progress(READER, call)
        .thenCompose(
            done ->
                done >= seq
                    ? CompletableFuture.completedStage(Done.getInstance())
                    : journal
                        .upTo(call, seq)
                        .thenCompose(events -> publish(call, after(done, events)))
                        .thenCompose(sent -> tables.saveProgress(READER, call, seq)));
  }

  private static List<JournaledEvent> after(long done, List<JournaledEvent> events) {
    return events.stream().filter(event -> event.seq() > done).toList();
  }

  private CompletionStage<Done> publish(CallId call, List<JournaledEvent> events) {
    CompletionStage<Done> sent = CompletableFuture.completedStage(Done.getInstance());
    for (JournaledEvent each : events) {
      Optional<ProducerRecord<String, String>> record = records.of(call, each);
      if (record.isPresent()) {
        // One after the other: what was not acknowledged is not followed by anything of this call.
        sent =
            sent.thenCompose(before -> sender.send(record.get()))
                .thenApply(
                    acknowledged -> {
                      RECORDS.inc();
                      return acknowledged;
                    });
      }
    }
    return sent;
  }
}
