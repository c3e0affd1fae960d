package tandem.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalServicesIT {

  @Test
  void shouldShareOneServerOfEachKindInThisJvm() {
    assertThat(LocalServices.kafka()).isSameAs(LocalServices.kafka());
    assertThat(LocalServices.cassandra()).isSameAs(LocalServices.cassandra());

    assertThat(Probe.KAFKA.answers(LocalServices.kafka().port())).isTrue();
    assertThat(Probe.CASSANDRA.answers(LocalServices.cassandra().port())).isTrue();
  }

  @Test
  void shouldRemoveTheDataOfATestJvmThatIsGone() throws Exception {
    Path leftOver = Files.createDirectories(Path.of("target/local/kafka-999999999999"));

    Path mine = LocalServices.folder("kafka");

    assertThat(leftOver).doesNotExist();
    assertThat(mine).isEqualTo(Path.of("target/local/kafka-" + ProcessHandle.current().pid()));
  }
}
