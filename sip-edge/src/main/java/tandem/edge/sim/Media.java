package tandem.edge.sim;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a channel hears: broadcasts one after the other, each waiting for the one before (for ever
 * behind endless music), recordings, and early media. Sound itself is never made; only its events
 * and its lengths are.
 */
final class Media {

  private static final Pattern TONE = Pattern.compile("tone_stream://%\\((\\d+),(\\d+),.*");
  private static final Pattern LOOPS = Pattern.compile(".*;loops=(-?\\d+).*");
  private static final Pattern SILENCE = Pattern.compile("silence_stream://(-?\\d+).*");

  private final SwitchCore core;

  Media(SwitchCore core) {
    this.core = core;
  }

  /** Plays after what is being played; starts about 200 ms from now. */
  void broadcast(SimChannel channel, String what) {
    String application = "playback";
    String path = what;
    int colons = what.indexOf("::");
    if (colons > 0) {
      application = what.substring(0, colons);
      path = what.substring(colons + 2);
    }
    SimChannel.Playback playback = new SimChannel.Playback(application);
    String delimiter = channel.variables.get("playback_delimiter");
    if (delimiter == null || delimiter.isEmpty()) {
      playback.files.add(path);
    } else {
      for (String file : path.split(Pattern.quote(delimiter), -1)) {
        playback.files.add(file);
      }
    }
    if (channel.deaf) {
      return;
    }
    channel.playbacks.add(playback);
    if (!channel.media() && channel.inbound) {
      early(channel);
    }
    if (channel.playbacks.size() == 1) {
      startLater(channel, playback);
    }
  }

  /** The application {@code playback}: now, after whatever is still played. */
  void play(SimChannel channel, String file, Runnable after) {
    SimChannel.Playback playback = new SimChannel.Playback("playback");
    playback.files.add(file);
    playback.after = after;
    stop(channel, "done");
    channel.playbacks.add(playback);
    if (!channel.media() && channel.inbound) {
      early(channel);
    }
    begin(channel, playback);
  }

  /** 183: the caller hears something before it is answered. */
  void early(SimChannel channel) {
    if (channel.media() || channel.hungUp()) {
      return;
    }
    channel.answer = SimChannel.Answer.EARLY;
    channel.port.early(channel);
    core.events().full(channel, "CHANNEL_PROGRESS_MEDIA");
    core.events().callState(channel, "EARLY");
  }

  /** {@code uuid_break}: ends what is played now; with {@code all}, what waits too. */
  void interrupt(SimChannel channel, boolean all) {
    SimChannel.Playback current = channel.playbacks.peek();
    if (current == null) {
      return;
    }
    if (all) {
      channel.playbacks.clear();
      channel.playbacks.add(current);
    }
    if (current.started) {
      finish(channel, current, "break");
    } else if (all) {
      cancel(current);
      channel.playbacks.clear();
    }
  }

  /** Ends everything at once: the channel leaves park or is gone. */
  void stop(SimChannel channel, String status) {
    SimChannel.Playback current = channel.playbacks.peek();
    channel.playbacks.clear();
    if (current != null) {
      cancel(current);
      if (current.started) {
        stopped(channel, current, status);
      }
    }
  }

  boolean record(SimChannel channel, String path) {
    if (path.startsWith("/proc/")) {
      return false;
    }
    if (channel.records.add(path)) {
      core.events().full(channel, "RECORD_START", "Record-File-Path", path);
    }
    return true;
  }

  boolean stopRecord(SimChannel channel, String path) {
    if (path.equals("all")) {
      stopRecords(channel);
      return true;
    }
    if (!channel.records.remove(path)) {
      return false;
    }
    channel.masked.remove(path);
    core.events().full(channel, "RECORD_STOP", "Record-File-Path", path);
    return true;
  }

  void stopRecords(SimChannel channel) {
    for (String path : channel.records.toArray(new String[0])) {
      stopRecord(channel, path);
    }
  }

  /** RTP packets since the answer: one every 20 ms. */
  long packets(SimChannel channel) {
    return channel.answeredMicros == 0
        ? 0
        : (core.clock().cachedMicros() - channel.answeredMicros) / 20_000;
  }

  private void startLater(SimChannel channel, SimChannel.Playback playback) {
    playback.timer =
        core.loop().after(core.settings().timing().broadcast(), () -> start(channel, playback));
  }

  private void start(SimChannel channel, SimChannel.Playback playback) {
    Bridge bridge = channel.bridge;
    boolean together = bridge != null && bridge.phase == Bridge.Phase.UP;
    if (channel.hungUp() || channel.stuck || (!channel.parked && !together)) {
      channel.playbacks.remove(playback);
      return;
    }
    begin(channel, playback);
  }

  private void begin(SimChannel channel, SimChannel.Playback playback) {
    playback.started = true;
    core.events().execute(channel, playback.application, String.join("!", playback.files));
    next(channel, playback);
  }

  private void next(SimChannel channel, SimChannel.Playback playback) {
    String file = playback.files.poll();
    if (file == null) {
      completed(channel, playback, "FILE PLAYED");
      return;
    }
    playback.current = file;
    if (missing(file)) {
      playback.current = "";
      completed(channel, playback, "FILE NOT FOUND");
      return;
    }
    core.events().full(channel, "PLAYBACK_START", "Playback-File-Path", file);
    Duration length = length(file);
    if (length != null) {
      playback.timer =
          core.loop()
              .after(
                  length,
                  () -> {
                    playbackStop(channel, playback, "done");
                    next(channel, playback);
                  });
    }
  }

  private void finish(SimChannel channel, SimChannel.Playback playback, String status) {
    cancel(playback);
    playbackStop(channel, playback, status);
    completed(channel, playback, status.equals("break") ? "FILE PLAYED" : "PLAYBACK ERROR");
  }

  private void stopped(SimChannel channel, SimChannel.Playback playback, String status) {
    playbackStop(channel, playback, status);
    core.events().executed(channel, playback.application, playback.current, "PLAYBACK ERROR");
  }

  private void completed(SimChannel channel, SimChannel.Playback playback, String response) {
    core.events().executed(channel, playback.application, playback.current, response);
    channel.playbacks.remove(playback);
    Runnable after = playback.after;
    if (after != null) {
      after.run();
      return;
    }
    SimChannel.Playback waiting = channel.playbacks.peek();
    if (waiting != null) {
      startLater(channel, waiting);
    }
  }

  private void playbackStop(SimChannel channel, SimChannel.Playback playback, String status) {
    if (!playback.current.isEmpty()) {
      core.events()
          .full(
              channel,
              "PLAYBACK_STOP",
              "Playback-File-Path",
              playback.current,
              "Playback-Status",
              status);
    }
  }

  private static void cancel(SimChannel.Playback playback) {
    if (playback.timer != null) {
      playback.timer.cancel();
    }
  }

  /** A file that the simulator's disk does not have. */
  private static boolean missing(String file) {
    return !file.contains("://") && (file.contains("nosuch") || file.contains("missing"));
  }

  /** Null: endless. */
  private @Nullable Duration length(String file) {
    Matcher silence = SILENCE.matcher(file);
    if (silence.matches()) {
      long millis = Long.parseLong(silence.group(1));
      return millis < 0 ? null : Duration.ofMillis(millis);
    }
    if (file.startsWith("local_stream://")) {
      return null;
    }
    Matcher loops = LOOPS.matcher(file);
    long times = loops.matches() ? Long.parseLong(loops.group(1)) : 1;
    if (times < 0) {
      return null;
    }
    Matcher tone = TONE.matcher(file);
    if (tone.matches()) {
      long once = Long.parseLong(tone.group(1)) + Long.parseLong(tone.group(2));
      return Duration.ofMillis(once * Math.max(1, times));
    }
    return core.settings().timing().file().multipliedBy(Math.max(1, times));
  }
}
