package tandem.edge.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An address where nobody listens: refused within 3 to 25 ms. */
final class DeadPort implements LegPort {

  private final SwitchCore core;
  private final FarEnd farEnd;

  DeadPort(SwitchCore core, FarEnd farEnd) {
    this.core = core;
    this.farEnd = farEnd;
  }

  @Override
  public void invite(SimChannel channel) {
    Duration wait = core.between(Duration.ofMillis(3), Duration.ofMillis(25));
    core.loop().after(wait, () -> farEnd.refused(channel, 503));
  }

  @Override
  public void ring(SimChannel channel) {
    throw new IllegalStateException("nobody there");
  }

  @Override
  public void early(SimChannel channel) {
    throw new IllegalStateException("nobody there");
  }

  @Override
  public void answer(SimChannel channel) {
    throw new IllegalStateException("nobody there");
  }

  @Override
  public void hangup(SimChannel channel, String cause, boolean byFarEnd) {
    // Nobody there to tell.
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
