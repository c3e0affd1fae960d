package tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void shouldGiveTheSameMetricWhenAskedAgain() {
    assertThat(Metrics.counter("tandem_test_total", "A test.", "outcome"))
        .isSameAs(Metrics.counter("tandem_test_total", "A test.", "outcome"));
  }

  @Test
  void shouldRefuseANameOfAnotherKindOrPrefix() {
    Metrics.gauge("tandem_test_calls", "A test.");

    assertThatThrownBy(() -> Metrics.counter("tandem_test_calls", "A test."))
        .hasMessageContaining("'tandem_test_calls' is a Gauge");
    assertThatThrownBy(() -> Metrics.gauge("calls", "A test."))
        .hasMessageContaining("must begin with tandem_");
  }

  @Test
  void shouldRenderOursAndTheJvms() {
    Metrics.addJvm();
    Metrics.addJvm();
    Metrics.counter("tandem_test_rendered_total", "A test.", "outcome").labels("won").inc(3);
    Metrics.latency("tandem_test_seconds", "A test.").observe(0.012);

    String text = Metrics.render(Metrics.contentType(null));

    assertThat(text)
        .contains("tandem_test_rendered_total{outcome=\"won\",} 3.0")
        .contains("tandem_test_seconds_bucket{le=\"0.015\",} 1.0")
        .contains("tandem_test_seconds_bucket{le=\"0.01\",} 0.0")
        .contains("jvm_memory_bytes_used");
  }
}
