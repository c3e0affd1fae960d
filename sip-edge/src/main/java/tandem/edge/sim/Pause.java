package tandem.edge.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code sleep}, and speech, whose sound nobody makes: it takes as long as a file. */
final class Pause implements Application {

  private final SwitchCore core;
  private final Duration length;
  private final Runnable over;
  private SimLoop.@Nullable Timer timer;

  Pause(SwitchCore core, String name, String data, Runnable over) {
    this.core = core;
    this.over = over;
    boolean counted = name.equals("sleep") && data.matches("[0-9]{1,9}");
    this.length =
        counted ? Duration.ofMillis(Long.parseLong(data)) : core.settings().timing().file();
  }

  @Override
  public void begin() {
    timer = core.loop().after(length, over);
  }

  @Override
  public void stop() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
