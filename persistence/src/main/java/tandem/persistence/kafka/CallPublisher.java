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
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.domain.CallId;

/**
 * Publishes calls' events on Kafka, each call's in order. A record may come twice, after a crash or
 * when Kafka was away: key and sequence number then are the same. Whoever sends a call begins at
 * its first event or behind one that Kafka has for sure, so that also with two senders no number
 * comes before all smaller ones: a consumer that keeps the highest number of each key takes every
 * event once.
 */
public final class CallPublisher {
  private static final Counter RECORDS =
      Metrics.counter(
          "tandem_kafka_records_total", "Records of calls that Kafka has acknowledged.");

  private final CallRecords records;
  private final KafkaSender sender;

  private CallPublisher(CallRecords records, KafkaSender sender) {
    this.records = records;
    this.sender = sender;
  }

  /**
   * A publisher with a producer of its own, which is closed with the actor system; empty when
   * nothing is to be published.
   */
  public static Optional<CallPublisher> of(ActorSystem<?> system) {
    Config config = system.settings().config().getConfig("tandem.persistence.kafka");
    return config.getBoolean("enabled")
        ? Optional.of(
            new CallPublisher(
                new CallRecords(config.getString("topic"), CallJson.of(system).mapper()),
                KafkaSender.open(system, config)))
        : Optional.empty();
  }

  /**
   * Publishes a call's events.
   *
   * @param events from the first on
   * @param after the last event Kafka has for sure, 0 when that is not known: what follows is sent
   * @return fails when Kafka did not acknowledge all of it
   */
  public CompletionStage<Done> publish(CallId call, List<JournaledEvent> events, long after) {
    CompletionStage<Done> sent = CompletableFuture.completedStage(Done.getInstance());
    for (JournaledEvent each : events) {
      if (each.seq() > after) {
        // One after the other: what was not acknowledged is not followed by anything of this call.
        sent = sent.thenCompose(before -> send(call, each));
      }
    }
    return sent;
  }

  private CompletionStage<Done> send(CallId call, JournaledEvent event) {
    Optional<ProducerRecord<String, String>> record = records.of(call, event);
    return record.isEmpty()
        ? CompletableFuture.completedStage(Done.getInstance())
        : sender
            .send(record.get())
            .thenApply(
                acknowledged -> {
                  RECORDS.inc();
                  return acknowledged;
                });
  }
}
