package tandem.edge.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A gateway that refuses every call, a moment after its INVITE. */
final class GatewayPort implements LegPort {

  private final SwitchCore core;
  private final FarEnd farEnd;
  private final String cause;
  private SimLoop.@Nullable Timer timer;

  GatewayPort(SwitchCore core, FarEnd farEnd, String cause) {
    this.core = core;
    this.farEnd = farEnd;
    this.cause = cause;
  }

  @Override
  public void invite(SimChannel channel) {
    Duration wait = core.between(Duration.ofMillis(3), Duration.ofMillis(25));
    timer = core.loop().after(wait, () -> farEnd.failed(channel, cause));
  }

  @Override
  public void ring(SimChannel channel) {
    throw new IllegalStateException("an outbound leg is not rung");
  }

  @Override
  public void early(SimChannel channel) {
    throw new IllegalStateException("an outbound leg is given no early media");
  }

  @Override
  public void answer(SimChannel channel) {
    throw new IllegalStateException("a gateway that refuses does not answer");
  }

  @Override
  public void hangup(SimChannel channel, String why, boolean byFarEnd) {
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void bridged(SimChannel channel, @Nullable SimChannel other) {
    // Never answered, so never bridged.
  }

  @Override
  public void hold(SimChannel channel, boolean on) {
    // Never answered, so never held.
  }
}
