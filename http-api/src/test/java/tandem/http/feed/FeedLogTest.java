package tandem.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.TenantId;
import tandem.router.feed.QueueView;

class FeedLogTest {
  private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");

  private final FeedLog log = new FeedLog("epoch", 16);

  @Test
  void shouldShareASnapshotUntilSomethingChanges() {
    log.take(queue(1), 1, THEN);
    List<String> first = log.snapshot(100, THEN);

    assertThat(log.snapshot(100, THEN.plusSeconds(1))).isSameAs(first);
    assertThat(log.take(queue(1), 1, THEN)).isEmpty();
    assertThat(log.snapshot(100, THEN)).isSameAs(first);

    log.take(queue(2), 2, THEN);
    assertThat(log.snapshot(100, THEN)).isNotEqualTo(first);
  }

  private static QueueView queue(int waiting) {
    return new QueueView(
        new QueueId(new TenantId("demo"), "support"),
        QueueSettings.DEFAULT,
        0,
        waiting,
        0,
        1,
        THEN,
        Duration.ZERO,
        3,
        1,
        40,
        2);
  }
}
