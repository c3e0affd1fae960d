package tandem.persistence.kafka;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.kafka.ProducerSettings;
import akka.kafka.javadsl.SendProducer;
import akka.pattern.CircuitBreaker;
import com.typesafe.config.Config;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A node's way to Kafka. The client blocks its caller while it looks for a Kafka that is away, and
 * at its close, so it is called on threads of its own, and a breaker spares them after a few
 * failures.
 */
final class KafkaSender {
  private static final String THREADS = "tandem.persistence.kafka.threads";

  private final SendProducer<String, String> producer;
  private final CircuitBreaker breaker;

  private KafkaSender(SendProducer<String, String> producer, CircuitBreaker breaker) {
    this.producer = producer;
    this.breaker = breaker;
  }

  static KafkaSender open(ActorSystem<?> system, Config config) {
    ProducerSettings<String, String> settings =
        ProducerSettings.create(
                config.getConfig("producer"), new StringSerializer(), new StringSerializer())
            .withDispatcher(THREADS)
            .withBootstrapServers(config.getString("bootstrap-servers"))
            // Brokers' logs and the client's own metrics then tell the nodes apart.
            .withProperty(ProducerConfig.CLIENT_ID_CONFIG, "tandem-" + system.address().hostPort())
            .withProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")
            .withProperty(ProducerConfig.ACKS_CONFIG, "all");
    SendProducer<String, String> producer = new SendProducer<>(settings, system);
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close-kafka-producer",
            producer::close);
    CircuitBreaker breaker =
        CircuitBreaker.create(
            system.classicSystem().scheduler(),
            config.getInt("breaker.failures"),
            config.getDuration("breaker.answer-within"),
            config.getDuration("breaker.pause"));
    return new KafkaSender(producer, breaker);
  }

  /** Completes when all replicas that are in step have the record. */
  CompletionStage<Done> send(ProducerRecord<String, String> record) {
    return breaker
        .callWithCircuitBreakerCS(() -> producer.send(record))
        .thenApply(metadata -> Done.getInstance());
  }
}
