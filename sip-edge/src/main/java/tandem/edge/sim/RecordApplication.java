package tandem.edge.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The application {@code record}: until its time is up, its silence has come, a terminator is typed
 * or the caller leaves. A played caller speaks for as long as the settings say; of a SIP leg its
 * own audio counts.
 */
final class RecordApplication implements Application {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final SwitchCore core;
  private final Tapes tapes;
  private final SimChannel channel;
  private final Runnable over;
  private final String path;
  private final long limit;
  private final int threshold;
  private final long silence;
  private final long startMicros;
  private SimLoop.@Nullable Timer timer;

  /**
   * @param data {@code path [seconds [threshold [seconds of silence]]]}
   */
  RecordApplication(SwitchCore core, Tapes tapes, SimChannel channel, String data, Runnable over) {
    this.core = core;
    this.tapes = tapes;
    this.channel = channel;
    this.over = over;
    String[] words = data.trim().split(" +", -1);
    path = words[0];
    limit = number(words, 1);
    threshold = (int) number(words, 2);
    silence = number(words, 3);
    startMicros = core.clock().micros();
  }

  private static long number(String[] words, int at) {
    return at < words.length && words[at].matches("[0-9]{1,9}") ? Long.parseLong(words[at]) : 0;
  }

  @Override
  public void begin() {
    if (!tapes.startApplication(channel, path)) {
      timer = core.loop().after(Duration.ZERO, over);
      return;
    }
    if (channel.port.speaks()) {
      look();
      return;
    }
    Duration speech = core.settings().timing().voicemail();
    Duration most = limit == 0 ? speech : Duration.ofSeconds(limit);
    timer = core.loop().after(speech.compareTo(most) < 0 ? speech : most, this::finish);
  }

  private void look() {
    long now = core.clock().micros();
    long quietFor = now - Math.max(startMicros, channel.port.lastSound(threshold));
    if (limit > 0 && now - startMicros >= limit * 1_000_000) {
      finish();
    } else if (silence > 0 && quietFor >= silence * 1_000_000) {
      channel.variables.put("silence_hits_exhausted", "true");
      finish();
    } else {
      timer = core.loop().after(LOOK, this::look);
    }
  }

  @Override
  public void digit(char digit) {
    if (Digits.terminates(channel, digit)) {
      channel.variables.put("playback_terminator_used", String.valueOf(digit));
      finish();
    }
  }

  private void finish() {
    stop();
    over.run();
  }

  @Override
  public void stop() {
    if (timer != null) {
      timer.cancel();
    }
    tapes.stopApplication(channel, path);
  }
}
