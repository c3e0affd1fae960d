package tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivenessGateTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final AtomicLong now =
      new AtomicLong(Long.MAX_VALUE - 1_000); // a monotonic clock may wrap
  private final List<Duration> halts = new ArrayList<>();
  private final LivenessGate gate = new LivenessGate(now::get, LIMIT, halts::add);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void shouldLetARunningNodeAct() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(100));
      gate.tick();
      gate.check();
    }

    assertThat(halts).isEmpty();
  }

  @Test
  void shouldForgiveAPauseUpToTheLimit() {
    pass(LIMIT);
    gate.check();

    assertThat(halts).isEmpty();
  }

  @Test
  void shouldHaltWhoeverActsFirstAfterTheNodeWakes() {
    pass(LIMIT.plusNanos(1));
    gate.check();

    assertThat(halts).containsExactly(LIMIT.plusNanos(1));
  }

  @Test
  void shouldHaltOnTheTickWhenItRunsFirstAfterTheNodeWakes() {
    pass(Duration.ofSeconds(30));
    gate.tick();

    assertThat(halts).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void shouldTickByItselfUntilClosed() {
    AtomicLong clock = new AtomicLong();
    List<Duration> halted = new CopyOnWriteArrayList<>();
    try (LivenessGate ticking =
        LivenessGate.start(clock::get, Duration.ofMillis(1), LIMIT, halted::add)) {
      // Only a tick moves the last tick forward, so this clock passes the limit unless it ticks
      // between the steps.
      for (int step = 1; step <= 4; step++) {
        clock.addAndGet(LIMIT.toNanos() / 2);
        awaitAge(ticking, Duration.ZERO);
      }
      assertThat(halted).isEmpty();
    }
  }

  private static void awaitAge(LivenessGate gate, Duration age) {
    await().pollInterval(Duration.ofMillis(2)).until(() -> gate.age().equals(age));
  }

  @Test
  void shouldNeverShutAnAlwaysOpenGate() {
    LivenessGate open = LivenessGate.alwaysOpen();

    open.check();
    open.tick();

    assertThat(open.age().toNanos()).isCloseTo(0, within(0L));
  }
}
