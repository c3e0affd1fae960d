package tandem.router.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a host that does not answer is asked again. */
class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final String HOST = "crm.example.com";

  private final Circuit circuit = new Circuit();

  private void fail(int times, Instant at) {
    for (int i = 0; i < times; i++) {
      circuit.failed(HOST, at);
    }
  }

  @Test
  void shouldSpareAHostAfterFailuresInARow() {
    fail(Circuit.MOST - 1, NOW);
    assertThat(circuit.mayAsk(HOST, NOW)).isTrue();
    circuit.answered(HOST);
    fail(Circuit.MOST - 1, NOW);
    assertThat(circuit.mayAsk(HOST, NOW)).isTrue();
    fail(1, NOW);

    assertThat(circuit.mayAsk(HOST, NOW)).isFalse();
    assertThat(circuit.mayAsk("other.example.com", NOW)).isTrue();
  }

  @Test
  void shouldLetOneThroughAfterAPause() {
    fail(Circuit.MOST, NOW);
    Instant later = NOW.plus(Circuit.PAUSE);

    assertThat(circuit.mayAsk(HOST, later.minusMillis(1))).isFalse();
    assertThat(circuit.mayAsk(HOST, later)).isTrue();
    assertThat(circuit.mayAsk(HOST, later)).as("one alone").isFalse();
    circuit.failed(HOST, later);
    assertThat(circuit.mayAsk(HOST, later.plusSeconds(1))).isFalse();
    assertThat(circuit.mayAsk(HOST, later.plus(Circuit.PAUSE))).isTrue();
    circuit.answered(HOST);
    assertThat(circuit.mayAsk(HOST, later)).isTrue();
  }
}
