package tandem.persistence.media;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.Locale;
import tandem.cluster.Metrics;

/** Tells how a node's files are doing. */
final class MediaMetrics {
  /** What can fail. */
  enum Work {
    SPOOL,
    LISTING,
    EXPIRY,
    SOUNDS
  }

  private static final Counter STORED =
      Metrics.counter(
          "tandem_media_stored_total", "Files moved from the spool into the store.", "kind");
  private static final Counter FAILURES =
      Metrics.counter(
          "tandem_media_failures_total", "Times work on files failed; it is tried again.", "work");
  private static final Counter EXPIRED =
      Metrics.counter("tandem_media_expired_total", "Files removed when their time was over.");
  private static final Gauge WAITING =
      Metrics.gauge("tandem_media_spool_files", "Files in the spool, under way or not.");
  private static final Gauge FOREIGN =
      Metrics.gauge("tandem_media_foreign_files", "Files in the spool that have no name of ours.");

  private MediaMetrics() {}

  static void stored(MediaItem.Kind kind) {
    STORED.labels(kind.word()).inc();
  }

  static void failed(Work work) {
    FAILURES.labels(work.name().toLowerCase(Locale.ROOT)).inc();
  }

  static void expired(int files) {
    EXPIRED.inc(files);
  }

  static void spool(Spool spool) {
    WAITING.set(spool.waiting());
    FOREIGN.set(spool.foreign());
  }
}
