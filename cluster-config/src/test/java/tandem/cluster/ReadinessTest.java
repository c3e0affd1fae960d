package tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Readiness readiness = new Readiness();
  private final Queue<Runnable> later = new ArrayDeque<>();

  private CompletableFuture<?> warm() {
    return readiness.warm(RETRY, (after, work) -> later.add(work)).toCompletableFuture();
  }

  @Test
  void shouldBeAliveButNotReadyBeforeItIsAMember() {
    assertThat(readiness.live().ok()).isTrue();
    assertThat(readiness.ready().ok()).isFalse();
    assertThat(readiness.ready().checks())
        .containsEntry("warm-up", "not a member of the cluster yet");
  }

  @Test
  void shouldBeReadyOnceEveryWarmUpIsDone() {
    List<String> ran = new ArrayList<>();
    CompletableFuture<String> slow = new CompletableFuture<>();
    readiness.warmUp(
        "calls",
        () -> {
          ran.add("calls");
          return slow;
        });
    readiness.warmUp(
        "codec",
        () -> {
          ran.add("codec");
          return CompletableFuture.completedFuture(1);
        });

    CompletableFuture<?> warm = warm();
    assertThat(ran).containsExactly("calls");
    assertThat(readiness.ready().checks()).containsEntry("warm-up", "calls is running");

    slow.complete("done");
    assertThat(ran).containsExactly("calls", "codec");
    assertThat(warm).isDone();
    assertThat(readiness.ready().ok()).isTrue();
  }

  @Test
  void shouldRunAFailedWarmUpAgain() {
    Queue<CompletableFuture<String>> results = new ArrayDeque<>();
    results.add(CompletableFuture.failedFuture(new IllegalStateException("no Cassandra")));
    results.add(CompletableFuture.completedFuture("warm"));
    readiness.warmUp("journal", results::remove);

    CompletableFuture<?> warm = warm();
    assertThat(readiness.ready().checks()).containsEntry("warm-up", "journal failed: no Cassandra");
    assertThat(warm).isNotDone();

    later.remove().run();
    assertThat(warm).isDone();
    assertThat(readiness.ready().ok()).isTrue();
  }

  @Test
  void shouldRunAWarmUpThatThrowsAgain() {
    readiness.warmUp(
        "journal",
        () -> {
          throw new IllegalStateException("not even started");
        });

    assertThat(warm()).isNotDone();

    assertThat(readiness.ready().checks())
        .containsEntry("warm-up", "journal failed: not even started");
    assertThat(later).hasSize(1);
  }

  @Test
  void shouldTellWhichCheckIsNotContent() {
    assertThat(warm()).isDone();
    readiness.ready("cassandra", () -> Optional.of("no contact for 12 s"));
    readiness.ready("links", Optional::empty);

    assertThat(readiness.ready().ok()).isFalse();
    assertThat(readiness.ready().checks())
        .containsEntry("cassandra", "no contact for 12 s")
        .containsEntry("links", "ok")
        .containsEntry("warm-up", "ok");
  }

  @Test
  void shouldTakeAThrowingCheckForAProblem() {
    readiness.live(
        "ticks",
        () -> {
          throw new IllegalStateException("clock gone");
        });

    assertThat(readiness.live().ok()).isFalse();
    assertThat(readiness.live().checks()).containsEntry("ticks", "check failed: clock gone");
  }
}
