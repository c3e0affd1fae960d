package tandem.edge.sim;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Every 20 ms gives each SIP leg what it hears and each recording what it records. Sleeps while no
 * leg has RTP, so played parties cost nothing.
 */
final class AudioMixer {

  private static final long TURN = 20_000_000;

  private final SwitchCore core;
  private final Hearing hearing;
  private final Tapes tapes;
  private final Set<SimChannel> legs = new LinkedHashSet<>();
  private boolean turning;
  private long due;

  AudioMixer(SwitchCore core, Hearing hearing, Tapes tapes) {
    this.core = core;
    this.hearing = hearing;
    this.tapes = tapes;
  }

  /** A leg with RTP has come. */
  void add(SimChannel leg) {
    legs.add(leg);
    if (!turning) {
      turning = true;
      due = System.nanoTime() + TURN;
      core.loop().afterNanos(TURN, this::turn);
    }
  }

  void remove(SimChannel leg) {
    legs.remove(leg);
  }

  void clear() {
    legs.clear();
    turning = false;
  }

  private void turn() {
    if (legs.isEmpty()) {
      turning = false;
      return;
    }
    Map<SimChannel, short[]> voices = new HashMap<>();
    for (SimChannel leg : legs) {
      RtpPort port = leg.port.rtp();
      if (port != null) {
        voices.put(leg, port.voice());
      }
    }
    for (SimChannel leg : legs) {
      RtpPort port = leg.port.rtp();
      short[] sound = heard(leg, voices);
      if (port == null) {
        continue;
      }
      if (sound.length > 0) {
        port.send(sound);
      } else {
        port.skip();
      }
    }
    for (SimChannel leg : tapes.recorded()) {
      short[] voice = leg.readMuted ? AudioFrames.nothing() : voice(voices, leg);
      short[] ear = heard(leg, voices);
      for (Tape tape : leg.tapes.values()) {
        tape.add(voice, ear, core.clock().micros());
      }
    }
    due += TURN;
    core.loop().afterNanos(due - System.nanoTime(), this::turn);
  }

  private static short[] voice(Map<SimChannel, short[]> voices, SimChannel leg) {
    return voices.getOrDefault(leg, AudioFrames.nothing());
  }

  private short[] heard(SimChannel leg, Map<SimChannel, short[]> voices) {
    short[] sound = AudioFrames.nothing();
    for (SimChannel voice : hearing.heardBy(leg)) {
      sound = AudioFrames.mix(sound, voice(voices, voice));
    }
    return sound;
  }
}
