package tandem.edge.esl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UntakenBytesTest {
  private static final byte[] TEXT = "Content-Type: text/new\n\n".getBytes(UTF_8);
  private static final int WEIGHT = TEXT.length + UntakenBytes.OVERHEAD;

  private final EslFrame frame = new EslFrame(TEXT, TEXT.length);
  private final Semaphore readOn = new Semaphore(0);

  UntakenBytesTest() throws EslProtocolException {}

  @Test
  void shouldReadOnWhenHalfIsTaken() {
    UntakenBytes bytes = new UntakenBytes(4 * WEIGHT, readOn::release);
    Runnable first = bytes.handOver(frame);
    Runnable second = bytes.handOver(frame);
    bytes.handOver(frame);
    assertThat(bytes.isFull()).isFalse();
    bytes.handOver(frame);
    assertThat(bytes.isFull()).isTrue();
    first.run();
    assertThat(readOn.availablePermits()).isZero();
    second.run();
    assertThat(readOn.availablePermits()).isEqualTo(1);
  }

  @Test
  void shouldTakeOneFrameThatIsLargerThanAllThatMayWait() {
    UntakenBytes bytes = new UntakenBytes(1, readOn::release);
    assertThat(bytes.isFull()).isFalse();
    Runnable only = bytes.handOver(frame);
    assertThat(bytes.isFull()).isTrue();
    only.run();
    assertThat(readOn.availablePermits()).isEqualTo(1);
    assertThat(bytes.isFull()).isFalse();
  }

  /** A lost one would stop the connection for ever, one too many would ask for bytes twice. */
  @Test
  void shouldCallOnceForEachStopWhoeverIsQuicker() throws Exception {
    UntakenBytes bytes = new UntakenBytes(1, readOn::release);
    AtomicReference<Runnable> mailbox = new AtomicReference<>();
    int rounds = 100_000;
    ExecutorService listener = Executors.newSingleThreadExecutor();
    try {
      Future<?> taking =
          listener.submit(
              () -> {
                // Without a pause, so that it takes while the other thread still asks.
                for (int taken = 0; taken < rounds && !Thread.interrupted(); ) {
                  Runnable next = mailbox.getAndSet(null);
                  if (next != null) {
                    next.run();
                    taken++;
                  }
                }
              });
      int stops = 0;
      for (int i = 0; i < rounds; i++) {
        mailbox.set(bytes.handOver(frame));
        if (bytes.isFull()) {
          stops++;
          assertThat(readOn.tryAcquire(10, TimeUnit.SECONDS)).as("called in round %d", i).isTrue();
        }
      }
      taking.get(10, TimeUnit.SECONDS);
      assertThat(stops).isPositive();
      assertThat(readOn.availablePermits()).isZero();
    } finally {
      listener.shutdownNow();
    }
  }
}
