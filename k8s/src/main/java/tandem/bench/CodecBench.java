package tandem.bench;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tandem.edge.esl.CodecMeter;
import tandem.edge.esl.EslProtocolException;

/** The Event Socket codec on one thread, over a recorded stream of a real FreeSWITCH. */
final class CodecBench {
  private static final String TRACE = "/tandem/bench/03_bridge.in.gz";

  private CodecBench() {}

  /** Million bytes a second: framed, indexed, twelve headers of each event read. */
  static double megabytesPerSecond(Duration budget) {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(CodecBench.class.getResourceAsStream(TRACE), TRACE))) {
      return CodecMeter.megabytesPerSecond(in.readAllBytes(), budget);
    } catch (IOException | EslProtocolException e) {
      throw new IllegalStateException("the recorded trace cannot be read: " + e.getMessage(), e);
    }
  }
}
