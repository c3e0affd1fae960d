package tandem.edge.sim;

import java.util.ArrayDeque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A caller that the simulator plays: waits, talks and hangs up by its script. */
final class SyntheticCaller implements LegPort {

  private static final int PRESSED_SAMPLES = 2_000;

  private final SwitchCore core;
  private final FarEnd farEnd;
  private final CallerScript script;
  private final Random random;
  private final ArrayDeque<Keys.Press> answers;
  private SimLoop.@Nullable Timer next;

  SyntheticCaller(SwitchCore core, FarEnd farEnd, CallerScript script, Random random) {
    this.core = core;
    this.farEnd = farEnd;
    this.script = script;
    this.random = random;
    this.answers = new ArrayDeque<>(script.keys().answers());
  }

  /** The call is in; patience runs. */
  void waiting(SimChannel channel) {
    hangupAfter(script.patience(), channel);
    script.keys().timed().forEach(press -> type(channel, press));
  }

  private void type(SimChannel channel, Keys.Press press) {
    core.loop()
        .after(
            press.delay(),
            () -> {
              if (!channel.hungUp()) {
                farEnd.digits(channel, press.digits(), PRESSED_SAMPLES);
              }
            });
  }

  @Override
  public void asked(SimChannel channel) {
    Keys.Press answer = answers.poll();
    if (answer != null) {
      type(channel, answer);
    }
  }

  @Override
  public void digits(SimChannel channel, String digits) {
    channel.heardDigits.append(digits);
  }

  @Override
  public void invite(SimChannel channel) {
    throw new IllegalStateException("a caller is not invited");
  }

  @Override
  public void ring(SimChannel channel) {
    // Patience does not depend on what is heard.
  }

  @Override
  public void early(SimChannel channel) {
    // As with ringing.
  }

  @Override
  public void answer(SimChannel channel) {
    // An answer by a machine does not end the waiting; a bridge does.
  }

  @Override
  public void hangup(SimChannel channel, String cause, boolean byFarEnd) {
    cancel();
  }

  @Override
  public void bridged(SimChannel channel, @Nullable SimChannel other) {
    hangupAfter(other == null ? script.patience() : script.talk(), channel);
  }

  @Override
  public void hold(SimChannel channel, boolean on) {
    // A played caller has nothing to show for being held.
  }

  private void hangupAfter(@Nullable Span length, SimChannel channel) {
    cancel();
    if (length != null && !channel.hungUp()) {
      next = core.loop().after(length.draw(random), () -> farEnd.gone(channel));
    }
  }

  private void cancel() {
    if (next != null) {
      next.cancel();
    }
  }
}
