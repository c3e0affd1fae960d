package tandem.router.call;

import java.time.Instant;
import tandem.router.domain.LegId;
import tandem.router.edge.SwitchCommand.TapeMode;

/**
 * One recording of a call.
 *
 * @param leg what it hears and says is recorded
 * @param mode as it is to be
 * @param version counts what was ordered for it
 * @param over whether it has ended, or never was
 */
record OnTape(
    String recording, LegId leg, TapeMode mode, int version, boolean over, Instant since) {

  OnTape set(TapeMode next) {
    return new OnTape(recording, leg, next, version + 1, over, since);
  }

  OnTape ended() {
    return new OnTape(recording, leg, TapeMode.STOPPED, version, true, since);
  }

  boolean runs() {
    return !over && mode != TapeMode.STOPPED;
  }
}
