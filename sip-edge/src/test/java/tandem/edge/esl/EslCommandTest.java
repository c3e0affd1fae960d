package tandem.edge.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is written for each command, what is refused, and the waits of the backoff. */
class EslCommandTest {

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldWriteTheLineAndItsHeaders() {
    EslCommand job = EslCommand.bgapi("j1", "originate é &park()").withHeader("a", "b");
    assertThat(job.encode().utf8String())
        .isEqualTo("bgapi originate é &park()\nJob-UUID: j1\na: b\n\n");
  }

  @Test
  void shouldRefuseLineEndsNamingTheField() {
    assertRefused(
        () -> EslCommand.of("api x\n\nexit"), "command must not contain LF (at character 5)");
    assertRefused(
        () -> EslCommand.api("uuid_kill u1\rx"), "api must not contain CR (at character 12)");
    assertRefused(() -> EslCommand.bgapi("j", "a\nb"), "bgapi must not contain LF");
    assertRefused(() -> EslCommand.bgapi("j\nexit", "a"), "header Job-UUID must not contain LF");
    assertRefused(
        () -> EslCommand.of("u").withHeader("a", "b\r\n"), "header a must not contain CR");
    assertRefused(
        () -> EslCommand.of("u").withHeader("a\n", "b"), "header name must not contain LF");
    assertRefused(
        () -> EslCommand.of("u").withHeader("a: b", "c"),
        "header name must have neither colon nor space");
    assertRefused(
        () -> EslCommand.events("plain", List.of("A\nB")), "event name must not contain LF");
    assertRefused(() -> EslCommand.auth("p\nq"), "password must not contain LF");
    assertRefused(() -> EslCommand.api(" "), "api must not be blank");
    assertRefused(() -> EslCommand.api("a\0"), "api must not contain NUL");
  }

  @Test
  void shouldKeepThePasswordOutOfTexts() {
    assertThat(EslCommand.auth("secret")).hasToString("auth");
    assertThat(ClientFixture.settings(8021, "")).hasToString("EslSettings[127.0.0.1:8021]");
  }

  @Test
  void shouldRefuseSettingsNamingTheField() {
    assertRefused(() -> ClientFixture.settings(0, ""), "host and port are no address: 127.0.0.1:0");
    assertRefused(
        () -> ClientFixture.settings(1, "format = xml"), "format must be plain or json: xml");
    assertRefused(
        () -> ClientFixture.settings(1, "max-pending = 0"), "max-pending must be at least 1: 0");
    assertRefused(
        () -> ClientFixture.settings(1, "max-untaken-size = 0"),
        "max-untaken-size must be at least 1: 0");
    assertRefused(
        () -> ClientFixture.settings(1, "max-header-size = 5"),
        "max-header-size must be at least 64");
    assertRefused(() -> ClientFixture.settings(1, "backoff.jitter = 2"), "backoff.jitter 0 to 1");
    assertRefused(() -> ClientFixture.settings(1, "backoff.max = 1ms"), "not above backoff.max");
  }

  @Property(tries = 200)
  void shouldKeepEveryWaitWithinItsJitter(
      @ForAll @IntRange(min = 1, max = 10_000) int attempt,
      @ForAll @DoubleRange(max = 1) double jitter,
      @ForAll long seed) {
    Duration max = Duration.ofSeconds(10);
    EslBackoff backoff = new EslBackoff(Duration.ofMillis(200), max, 2, jitter, Duration.ZERO);
    double full = Math.min(10e9, 200e6 * Math.pow(2, attempt - 1.0));
    Duration delay = backoff.delay(attempt, new Random(seed));
    assertThat((double) delay.toNanos()).isBetween(full * (1 - jitter) - 1, full);
    assertThat(backoff.delay(attempt, new Random(seed))).isEqualTo(delay);
  }
}
