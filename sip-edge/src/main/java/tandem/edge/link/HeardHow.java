package tandem.edge.link;

import org.jspecify.annotations.Nullable;
import tandem.edge.esl.EslEvent;
import tandem.router.domain.Quality;

/**
 * Reads how well a leg was heard from the RTP statistics that CHANNEL_HANGUP_COMPLETE carries as
 * variables ({@code rtp_audio_in_…}).
 */
final class HeardHow {
  private static final String IN = "rtp_audio_in_";

  /** Milliseconds that phones put into one packet, rising. */
  private static final int[] PACKET_TIMES = {10, 20, 30, 40, 60};

  private HeardHow() {}

  /**
   * The quality, or null when no packet came: then the switch says the best there is of nothing.
   *
   * <p>The switch tells variances of the interval between packets, in square milliseconds: jitter
   * is the square root of the mean of the smallest and the largest. It does not tell loss: that is
   * by how much packets came rarer than they were sent, 1 - sent/came, from their mean interval
   * (FreeSWITCH 1.10.12 tells 22.44 ms of 20 ms packets of which every tenth is lost: 0.109).
   */
  static @Nullable Quality of(EslEvent event) {
    long packets = (long) number(event, IN + "media_packet_count", 0);
    if (packets <= 0) {
      return null;
    }
    double jitter =
        Math.sqrt(
            (number(event, IN + "jitter_min_variance", 0)
                    + number(event, IN + "jitter_max_variance", 0))
                / 2);
    double mos = Math.max(1, Math.min(4.5, number(event, IN + "mos", 4.5)));
    return new Quality(mos, jitter, loss(number(event, IN + "mean_interval", 0)), packets);
  }

  private static double loss(double interval) {
    double sent = 0;
    for (int usual : PACKET_TIMES) {
      if (usual <= interval) {
        sent = usual;
      }
    }
    return sent == 0 ? 0 : 1 - sent / interval;
  }

  /** A variable's value; what is no number, or below nothing, counts as the default. */
  static double number(EslEvent event, String variable, double otherwise) {
    String said = event.variable(variable);
    if (said == null || said.isBlank()) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(said.strip());
      return Double.isFinite(value) && value >= 0 ? value : otherwise;
    } catch (NumberFormatException noNumber) {
      return otherwise;
    }
  }
}
