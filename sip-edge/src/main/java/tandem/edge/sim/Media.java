package tandem.edge.sim;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a channel hears: broadcasts one after the other, each waiting for the one before (for ever
 * behind endless music), recordings, and early media. Sound itself is never made; only its events
 * and its lengths are.
 */
final class Media {

  /** Runs an application of the dialplan inside what a channel does. */
  interface Inner {
    void start(SimChannel channel, String application, String data, Runnable after);
  }

  /** By then a channel has read what was broadcast to it, and no break drops it: one frame. */
  private static final long READ_MICROS = 20_000;

  private final SwitchCore core;
  private final Inner inner;

  Media(SwitchCore core, Inner inner) {
    this.core = core;
    this.inner = inner;
  }

  /** What kind of file a name is, as the events say. */
  static String type(String file) {
    int colon = file.indexOf("://");
    return colon > 0 ? file.substring(0, colon) : "file";
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
    files(channel, playback, path);
    if (channel.deaf) {
      return;
    }
    playback.orderedMicros = core.clock().cachedMicros();
    channel.playbacks.add(playback);
    if (!channel.media() && channel.inbound) {
      early(channel);
    }
    if (channel.playbacks.size() == 1) {
      startLater(channel, playback);
    }
  }

  private static void files(SimChannel channel, SimChannel.Playback playback, String path) {
    String delimiter = channel.variables.get("playback_delimiter");
    if (delimiter == null
        || delimiter.isEmpty()
        || path.startsWith("file_string://")
        || Applications.has(playback.application)) {
      playback.files.add(path);
    } else {
      for (String file : path.split(Pattern.quote(delimiter), -1)) {
        playback.files.add(file);
      }
    }
  }

  /** The application {@code playback}: now, after whatever is still played. */
  void play(SimChannel channel, String file, Runnable after) {
    SimChannel.Playback playback = new SimChannel.Playback("playback");
    files(channel, playback, file);
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
    if (current == null || current.delegated) {
      return;
    }
    if (all) {
      channel.playbacks.clear();
      channel.playbacks.add(current);
    }
    if (current.started && !current.files.isEmpty()) {
      // Of a list only what is heard now ends, also with "all".
      cancel(current);
      playbackStop(channel, current, "break");
      next(channel, current);
    } else if (current.started) {
      finish(channel, current, "break");
    } else if (all && core.clock().cachedMicros() - current.orderedMicros < READ_MICROS) {
      cancel(current);
      channel.playbacks.clear();
    }
    // Else it has been read and is about to begin: the break is forgotten when it does.
  }

  /** A terminator was typed: ends what is played. False when nothing is. */
  boolean terminate(SimChannel channel, char digit) {
    SimChannel.Playback current = channel.playbacks.peek();
    if (current == null || !current.started || current.delegated) {
      return false;
    }
    channel.variables.put("playback_terminator_used", String.valueOf(digit));
    current.files.clear();
    cancel(current);
    playbackStop(channel, current, "done");
    completed(channel, current, "FILE PLAYED");
    return true;
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

  /**
   * Ends what is played because a bridge is being made. What waits behind it survives, as on the
   * real switch, and begins in the middle of the talk.
   */
  void endForBridge(SimChannel channel) {
    SimChannel.Playback current = channel.playbacks.peek();
    boolean started = current != null && current.started;
    List<SimChannel.Playback> waiting = channel.playbacks.stream().skip(1).toList();
    stop(channel, "done");
    if (started && !waiting.isEmpty()) {
      channel.playbacks.addAll(waiting);
      tryLater(channel, waiting.get(0), 10);
    }
  }

  private void tryLater(SimChannel channel, SimChannel.Playback playback, int tries) {
    playback.timer =
        core.loop()
            .after(
                core.settings().timing().bridgeMax().multipliedBy(2),
                () -> {
                  Bridge bridge = channel.bridge;
                  if (bridge != null && bridge.phase != Bridge.Phase.UP && tries > 0) {
                    tryLater(channel, playback, tries - 1);
                  } else if (channel.playbacks.peek() == playback) {
                    start(channel, playback);
                  }
                });
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
    boolean somewhere = channel.parked || together || channel.member != null;
    if (channel.hungUp() || channel.stuck || !somewhere) {
      channel.playbacks.remove(playback);
      return;
    }
    begin(channel, playback);
  }

  private void begin(SimChannel channel, SimChannel.Playback playback) {
    playback.started = true;
    if (Applications.has(playback.application)) {
      playback.delegated = true;
      inner.start(
          channel,
          playback.application,
          String.join("!", playback.files),
          () -> removed(channel, playback));
      return;
    }
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
    if (SoundLength.missing(file)) {
      if (!playback.files.isEmpty()) {
        next(channel, playback);
        return;
      }
      playback.current = "";
      completed(channel, playback, "FILE NOT FOUND");
      return;
    }
    core.events()
        .full(
            channel,
            "PLAYBACK_START",
            "Playback-File-Type",
            type(file),
            "Playback-File-Path",
            file);
    playback.currentMicros = core.clock().micros();
    Duration length = SoundLength.of(file, core.settings().timing().file());
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
    if (playback.delegated) {
      return;
    }
    playbackStop(channel, playback, status);
    core.events().executed(channel, playback.application, playback.current, "PLAYBACK ERROR");
  }

  private void completed(SimChannel channel, SimChannel.Playback playback, String response) {
    core.events().executed(channel, playback.application, playback.current, response);
    removed(channel, playback);
  }

  private void removed(SimChannel channel, SimChannel.Playback playback) {
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
      long played = (core.clock().micros() - playback.currentMicros) / 1_000;
      channel.variables.put("playback_seconds", Long.toString(played / 1_000));
      channel.variables.put("playback_ms", Long.toString(played));
      channel.variables.put("playback_samples", Long.toString(played * Tape.RATE / 1_000));
      playbackStop(core, channel, playback.current, status);
    }
  }

  static void playbackStop(SwitchCore core, SimChannel channel, String file, String status) {
    core.events()
        .full(
            channel,
            "PLAYBACK_STOP",
            "Playback-File-Type",
            type(file),
            "Playback-File-Path",
            file,
            "Playback-Status",
            status);
  }

  private static void cancel(SimChannel.Playback playback) {
    if (playback.timer != null) {
      playback.timer.cancel();
    }
  }
}
