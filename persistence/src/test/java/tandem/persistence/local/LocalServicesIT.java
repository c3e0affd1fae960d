package tandem.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalServicesIT {

  @Test
  void shouldShareOneServerOfEachKindInThisJvm() throws Exception {
    Path leftOver = Files.createDirectories(Path.of("target/local/kafka-999999999999"));

    assertThat(LocalServices.kafka()).isSameAs(LocalServices.kafka());
    assertThat(LocalServices.cassandra()).isSameAs(LocalServices.cassandra());

    assertThat(Probe.KAFKA.answers(LocalServices.kafka().port())).isTrue();
    assertThat(Probe.CASSANDRA.answers(LocalServices.cassandra().port())).isTrue();
    assertThat(leftOver).as("data of a test JVM that is gone").doesNotExist();
  }
}
