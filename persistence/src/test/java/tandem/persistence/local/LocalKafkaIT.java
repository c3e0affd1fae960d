package tandem.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  private static final String TOPIC = "tandem.calls.v1";

  @TempDir Path dir;

  private LocalKafka start() {
    long from = System.nanoTime();
    LocalKafka kafka = LocalKafka.start(LocalKafka.Settings.in(dir));
    System.out.printf(
        "Kafka answered after %d ms%n", Duration.ofNanos(System.nanoTime() - from).toMillis());
    return kafka;
  }

  @Test
  void shouldKeepItsDataOverAStopAndOverAKill() throws Exception {
    try (LocalKafka kafka = start()) {
      send(kafka, "first");
    }

    LocalKafka killed = start();
    assertThat(received(killed, 1)).containsExactly("first");
    send(killed, "second");
    ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
    assertThat(killed.ended().toCompletableFuture().get(10, TimeUnit.SECONDS).orElseThrow())
        .startsWith("Kafka was ended by signal 9");

    try (LocalKafka kafka = start()) {
      assertThat(received(kafka, 2)).containsExactly("first", "second");
    }
  }

  private static void send(LocalKafka kafka, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "acme:1", value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> received(LocalKafka kafka, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "test-" + count,
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
