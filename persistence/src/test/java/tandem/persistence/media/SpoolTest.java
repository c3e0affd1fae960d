package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpoolTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

  private final Spool spool = new Spool(Duration.ofSeconds(10));

  @Test
  void shouldTakeAFileOnceItHasNotChangedForLongEnough() {
    spool.look(List.of(file(1, 100)), NOW);
    spool.look(List.of(file(1, 200)), NOW.plusSeconds(9));

    assertThat(take(NOW.plusSeconds(18), 4)).isEmpty();
    assertThat(take(NOW.plusSeconds(19), 4)).containsExactly(name(1));
    assertThat(take(NOW.plusSeconds(20), 4)).as("it is under way").isEmpty();
  }

  @Test
  void shouldTrustItsOwnClockAndNotTheFiles() {
    spool.look(List.of(new Spool.Found(name(1), 1, NOW.minusSeconds(86_400))), NOW);

    assertThat(take(NOW, 4)).as("its clock may be wrong").isEmpty();
    assertThat(take(NOW.plusSeconds(10), 4)).hasSize(1);
  }

  @Test
  void shouldBoundWhatIsUnderWayAndTakeTheOldestFirst() {
    List<Spool.Found> files = IntStream.range(0, 5).mapToObj(i -> file(5 - i, 10)).toList();
    spool.look(files, NOW);
    Instant later = NOW.plusSeconds(10);

    assertThat(take(later, 2)).containsExactly(name(1), name(2));
    assertThat(take(later, 2)).isEmpty();
    spool.done(name(2));
    assertThat(take(later, 2)).containsExactly(name(3));
    assertThat(spool.waiting()).isEqualTo(4);
  }

  @Test
  void shouldPauseLongerWithEachFailureAndNeverGiveUp() {
    spool.look(List.of(file(1, 1)), NOW);
    Instant at = NOW.plusSeconds(10);
    Duration before = Duration.ZERO;
    for (int i = 0; i < 40; i++) {
      assertThat(take(at, 1)).containsExactly(name(1));
      Duration pause = spool.failed(name(1), at);
      assertThat(pause).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofMinutes(10));
      assertThat(take(at.plus(pause).minusMillis(1), 1)).isEmpty();
      at = at.plus(pause);
      spool.look(List.of(file(1, 1)), at);
      before = pause;
    }
    assertThat(before).isEqualTo(Duration.ofMinutes(10));

    spool.look(List.of(file(1, 2)), at);
    assertThat(take(at.plusSeconds(10), 1)).as("it has changed").containsExactly(name(1));
    assertThat(spool.failed(name(1), at)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void shouldWaitForAFileThatIsNotFinished() {
    spool.look(List.of(file(1, 1)), NOW);
    Instant at = NOW.plusSeconds(10);
    spool.take(at, 1);
    spool.later(name(1), at);

    assertThat(take(at.plusSeconds(9), 1)).isEmpty();
    List<Spool.Due> due = spool.take(at.plusSeconds(10), 1);
    assertThat(due).singleElement().extracting(Spool.Due::still).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void shouldTellOfAStrangerOnceAndForgetWhatIsGone() {
    Spool.Found stranger = new Spool.Found("core.1234", 5, NOW);
    assertThat(spool.look(List.of(stranger, file(1, 1)), NOW)).containsExactly("core.1234");
    assertThat(spool.look(List.of(stranger), NOW)).isEmpty();
    assertThat(spool.foreign()).isEqualTo(1);
    assertThat(spool.waiting()).isZero();
    assertThat(spool.look(List.of(), NOW)).isEmpty();
    assertThat(spool.foreign()).isZero();
    assertThat(take(NOW.plusSeconds(60), 9)).isEmpty();
  }

  private List<String> take(Instant now, int most) {
    return spool.take(now, most).stream().map(due -> due.file().name()).toList();
  }

  private static Spool.Found file(int n, long size) {
    return new Spool.Found(name(n), size, NOW.minusSeconds(100).plusSeconds(n));
  }

  private static String name(int n) {
    return "message-acme-sales-00000000-0000-4000-8000-00000000000" + n + ".wav";
  }
}
