package tandem.edge.sim;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What CHANNEL_HANGUP_COMPLETE says of a leg's audio (recorded in 15_record_mask). Quality and MOS
 * are the switch's own formula, {@code do_mos} in its switch_rtp.c: R = share of flawless packets
 * in percent, MOS = 1 + 0.035 R + 0.000007 R (R - 60) (100 - R). Variances are of the packets'
 * intervals, in ms².
 */
final class RtpStatistics {

  private static final int PACKET_BYTES = 172;

  private RtpStatistics() {}

  /**
   * @param packets that a played party would have sent since its answer
   */
  static void put(SimChannel channel, long packets, long seed) {
    if (channel.answeredMicros == 0) {
      return;
    }
    RtpPort port = channel.port.rtp();
    long in = packets;
    long out = packets;
    long skipped = 0;
    long digits = 0;
    long flaws = 0;
    double jitter = 0;
    if (port != null) {
      in = port.received();
      out = port.sent();
      digits = port.digitsReceived();
      flaws = port.lost();
      jitter = port.jitter();
      skipped = Math.max(0, packets - in);
    } else if (in > 0) {
      // A played line: some are a little worse than others, the same for the same seed.
      Random luck = new Random(seed ^ channel.uuid.hashCode());
      flaws = (long) (in * Math.pow(luck.nextDouble(), 6) * 0.1);
      jitter = 8 + luck.nextDouble() * 8;
    }
    put(channel.variables, in, out, skipped, digits, flaws, jitter);
  }

  private static void put(
      Map<String, String> variables,
      long in,
      long out,
      long skipped,
      long digits,
      long flaws,
      double jitter) {
    double quality = in == 0 ? 100 : Math.max(0, in - flaws) * 100.0 / in;
    variables.put("rtp_audio_in_raw_bytes", Long.toString(in * PACKET_BYTES));
    variables.put("rtp_audio_in_media_bytes", Long.toString(in * PACKET_BYTES));
    variables.put("rtp_audio_in_packet_count", Long.toString(in));
    variables.put("rtp_audio_in_media_packet_count", Long.toString(in));
    variables.put("rtp_audio_in_skip_packet_count", Long.toString(skipped));
    variables.put("rtp_audio_in_jitter_packet_count", "0");
    variables.put("rtp_audio_in_dtmf_packet_count", Long.toString(digits));
    variables.put("rtp_audio_in_cng_packet_count", "0");
    variables.put("rtp_audio_in_flush_packet_count", "0");
    variables.put("rtp_audio_in_jitter_min_variance", decimal(jitter * jitter / 4));
    variables.put("rtp_audio_in_jitter_max_variance", decimal(jitter * jitter));
    variables.put("rtp_audio_in_jitter_loss_rate", "0.00");
    variables.put("rtp_audio_in_jitter_burst_rate", "0.00");
    variables.put(
        "rtp_audio_in_mean_interval", in == 0 ? "0.00" : decimal(20.0 * (in + flaws) / in));
    variables.put("rtp_audio_in_flaw_total", Long.toString(flaws));
    variables.put("rtp_audio_in_quality_percentage", decimal(quality));
    variables.put("rtp_audio_in_mos", decimal(mos((int) quality)));
    variables.put("rtp_audio_out_raw_bytes", Long.toString(out * PACKET_BYTES));
    variables.put("rtp_audio_out_media_bytes", Long.toString(out * PACKET_BYTES));
    variables.put("rtp_audio_out_packet_count", Long.toString(out));
    variables.put("rtp_audio_out_media_packet_count", Long.toString(out));
    variables.put("rtp_audio_out_skip_packet_count", "0");
    variables.put("rtp_audio_rtcp_packet_count", "0");
  }

  static double mos(int r) {
    return 1 + 0.035 * r + 0.000007 * r * (r - 60) * (100 - r);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Packets sent so far, as {@code uuid_set_media_stats} tells. */
  static String sent(@Nullable RtpPort port, long packets) {
    return Long.toString(port == null ? packets : port.sent());
  }
}
