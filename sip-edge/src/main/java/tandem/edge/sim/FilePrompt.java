package tandem.edge.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One file played inside an application, with PLAYBACK_START and PLAYBACK_STOP. */
final class FilePrompt implements Application {

  private final SwitchCore core;
  private final SimChannel channel;
  private final String file;
  private final boolean endless;
  private final Runnable over;
  private SimLoop.@Nullable Timer timer;
  private boolean playing;

  /**
   * @param over told when it has been heard to its end, or is missing
   */
  FilePrompt(SwitchCore core, SimChannel channel, String file, boolean endless, Runnable over) {
    this.core = core;
    this.channel = channel;
    this.file = file;
    this.endless = endless;
    this.over = over;
  }

  @Override
  public void begin() {
    if (file.isEmpty() || SoundLength.missing(file)) {
      timer = core.loop().after(Duration.ZERO, over);
      return;
    }
    playing = true;
    play();
  }

  private void play() {
    core.events()
        .full(
            channel,
            "PLAYBACK_START",
            "Playback-File-Type",
            Media.type(file),
            "Playback-File-Path",
            file);
    Duration length = SoundLength.of(file, core.settings().timing().file());
    if (length != null) {
      timer = core.loop().after(length, this::heard);
    }
  }

  private void heard() {
    if (endless) {
      Media.playbackStop(core, channel, file, "done");
      play();
      return;
    }
    stop();
    over.run();
  }

  boolean playing() {
    return playing;
  }

  @Override
  public void stop() {
    if (timer != null) {
      timer.cancel();
    }
    if (playing) {
      playing = false;
      Media.playbackStop(core, channel, file, "done");
    }
  }
}
