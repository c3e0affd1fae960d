package tandem.edge.sim;

import org.jspecify.annotations.Nullable;

/** The audio of one SIP leg: its RTP port, from the INVITE to the end. */
final class SipMedia {

  private final SipAdapter adapter;
  // Made and used on the loop; its number is read by the threads that send.
  private volatile @Nullable RtpPort rtp;

  SipMedia(SipAdapter adapter) {
    this.adapter = adapter;
  }

  /** On the loop. */
  void open(SimChannel made) {
    SwitchCore core = adapter.core();
    rtp =
        new RtpPort(
            core.loop(),
            core.clock(),
            core.settings().host(),
            (digit, samples) -> adapter.farEnd().digits(made, String.valueOf(digit), samples));
  }

  /** On the loop: the leg is a channel now, and hears. */
  void start(SimChannel made) {
    adapter.owner().mixer().add(made);
  }

  /** On the loop. */
  void close() {
    RtpPort port = rtp;
    if (port != null) {
      port.close();
    }
  }

  @Nullable RtpPort rtp() {
    return rtp;
  }

  /** The port in our SDP. */
  int port() {
    RtpPort port = rtp;
    return port == null ? SipPoint.NO_SDP : port.port();
  }

  /** The far end's SDP; from any thread. */
  void remote(byte @Nullable [] content) {
    Sdp.Remote to = Sdp.read(content);
    RtpPort port = rtp;
    if (to != null && port != null) {
      adapter.core().loop().execute(() -> port.remote(to.address(), to.events()));
    }
  }

  void digits(String digits) {
    RtpPort port = rtp;
    if (port != null) {
      digits.chars().forEach(digit -> port.sendDigit((char) digit));
    }
  }

  long lastSound(int threshold) {
    RtpPort port = rtp;
    return port == null ? 0 : port.lastSound(threshold);
  }
}
