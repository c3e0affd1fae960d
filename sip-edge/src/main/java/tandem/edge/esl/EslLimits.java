package tandem.edge.esl;

/**
 * How much of one frame is held in memory before the peer is called broken.
 *
 * @param maxHeaderBytes the longest header block, in bytes, the empty line included
 * @param maxBodyBytes the longest body (the outer Content-Length), in bytes
 */
public record EslLimits(int maxHeaderBytes, int maxBodyBytes) {
  public EslLimits {
    if (maxHeaderBytes < 64) {
      throw new IllegalArgumentException(
          "max-header-size must be at least 64 bytes: " + maxHeaderBytes);
    }
    if (maxBodyBytes < 0 || maxBodyBytes > Integer.MAX_VALUE / 2 - maxHeaderBytes) {
      throw new IllegalArgumentException("max-body-size is out of range: " + maxBodyBytes);
    }
  }
}
