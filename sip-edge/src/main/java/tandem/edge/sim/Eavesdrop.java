package tandem.edge.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The application {@code eavesdrop}: a supervisor hears what its target hears and says, and is
 * heard by whom its digits choose.
 */
final class Eavesdrop implements Application {

  private final SwitchCore core;
  private final Eavesdrops all;
  private final SimChannel supervisor;
  private final String targetUuid;
  private final Runnable over;
  private @Nullable SimChannel target;
  private boolean toTarget;
  private boolean toPartner;
  private boolean keys;

  Eavesdrop(SwitchCore core, Eavesdrops all, SimChannel supervisor, String data, Runnable over) {
    this.core = core;
    this.all = all;
    this.supervisor = supervisor;
    this.targetUuid = data.trim();
    this.over = over;
  }

  SimChannel supervisor() {
    return supervisor;
  }

  @Nullable SimChannel target() {
    return target;
  }

  boolean toTarget() {
    return toTarget;
  }

  boolean toPartner() {
    return toPartner;
  }

  @Override
  public void begin() {
    SimChannel found = core.channels().locate(targetUuid);
    if (found == null || found == supervisor) {
      core.loop().after(Duration.ZERO, over);
      return;
    }
    target = found;
    // Read once, at the start, as the switch does.
    toTarget = "true".equals(supervisor.variables.get("eavesdrop_whisper_bleg"));
    toPartner = "true".equals(supervisor.variables.get("eavesdrop_whisper_aleg"));
    keys = !"false".equals(supervisor.variables.get("eavesdrop_enable_dtmf"));
    bug("MEDIA_BUG_START", found);
    all.add(found, this);
  }

  private void bug(String event, SimChannel on) {
    core.events()
        .full(on, event, "Media-Bug-Function", "eavesdrop", "Media-Bug-Target", supervisor.uuid);
  }

  /** 2: the target hears the supervisor; 1: its partner; 3: both; 0: nobody. */
  @Override
  public void digit(char digit) {
    if (!keys) {
      return;
    }
    switch (digit) {
      case '0' -> hearing(false, false);
      case '1' -> hearing(false, true);
      case '2' -> hearing(true, false);
      case '3' -> hearing(true, true);
      case '*' -> over.run();
      default -> {
        // Means nothing here.
      }
    }
  }

  private void hearing(boolean byTarget, boolean byPartner) {
    toTarget = byTarget;
    toPartner = byPartner;
  }

  /** The target has hung up. */
  void orphaned() {
    target = null;
    core.loop()
        .after(
            core.upTo(core.settings().timing().teardown()),
            () -> {
              if (!supervisor.hungUp()) {
                over.run();
              }
            });
  }

  @Override
  public void stop() {
    SimChannel on = target;
    if (on != null) {
      target = null;
      all.remove(on, this);
      bug("MEDIA_BUG_STOP", on);
    }
  }
}
