package tandem.edge.link;

import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.TapeMode;

/** One recording of a call, as far as the present connection knows. {@link TapeDesk} sees to it. */
final class Tape {
  final String recording;
  final LegId leg;

  int version;
  TapeMode wanted;

  /** Whether it runs; null while nobody knows. */
  @Nullable Boolean running;

  /** Whether what is said is left out; means something while it runs. */
  boolean masked;

  /** It was begun and is over: begun again it would overwrite its file. */
  boolean ended;

  /** A command is on its way. */
  boolean busy;

  /** Why the switch would not; null while that is not so. */
  @Nullable String refused;

  Tape(String recording, LegId leg, int version, TapeMode wanted) {
    this.recording = recording;
    this.leg = leg;
    this.version = version;
    this.wanted = wanted;
  }

  /** Another order for it. */
  void wants(int newVersion, TapeMode mode) {
    version = newVersion;
    wanted = mode;
    refused = null;
  }

  /** The one that is wanted is so. */
  boolean isDone() {
    if (running == null || busy) {
      return false;
    }
    return wanted == TapeMode.STOPPED ? !running : running && masked == (wanted == TapeMode.PAUSED);
  }
}
