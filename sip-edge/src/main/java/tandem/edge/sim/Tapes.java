package tandem.edge.sim;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single owner of what is recorded: {@code uuid_record} and the application {@code record}, their
 * files, events and variables, as in the recordings 05f, 14_ivr and 15_record_mask.
 */
final class Tapes {

  private static final Logger LOG = LoggerFactory.getLogger(Tapes.class);

  private final SwitchCore core;
  private final Set<SimChannel> recorded = new LinkedHashSet<>();

  Tapes(SwitchCore core) {
    this.core = core;
  }

  /** Channels with a recording under way. */
  Set<SimChannel> recorded() {
    return recorded;
  }

  /** A relative name lies under the sounds; nothing in it is expanded, as on the real switch. */
  private String resolve(String path) {
    return path.startsWith("/") ? path : core.settings().recordingsDir() + "/sounds/" + path;
  }

  /**
   * {@code uuid_record start}. False when the file cannot be written.
   *
   * @param seconds after which it ends by itself; 0 = never
   */
  boolean start(SimChannel channel, String path, long seconds) {
    if (channel.tapes.containsKey(path)) {
      return true;
    }
    Tape tape = open(channel, path);
    if (tape == null) {
      return false;
    }
    core.events().full(channel, "RECORD_START", "Record-File-Path", path);
    bug(channel, "MEDIA_BUG_START", path);
    if (seconds > 0) {
      core.loop()
          .after(
              Duration.ofSeconds(seconds),
              () -> {
                if (channel.tapes.get(path) == tape) {
                  stop(channel, path, "success-maxtime");
                }
              });
    }
    return true;
  }

  /** {@code uuid_record stop}, with {@code all} of all. False when there is no such recording. */
  boolean stop(SimChannel channel, String path) {
    if (path.equals("all")) {
      for (String each : channel.tapes.keySet().toArray(new String[0])) {
        stop(channel, each, "success-maxtime");
      }
      return true;
    }
    return stop(channel, path, "success-maxtime");
  }

  /** The channel is gone. */
  void end(SimChannel channel) {
    for (String path : channel.tapes.keySet().toArray(new String[0])) {
      stop(channel, path, "success-silence");
    }
  }

  /** Nothing is said any more: what lies on the disk stays as it is now. */
  void lost(Iterable<SimChannel> channels) {
    for (SimChannel channel : channels) {
      channel.tapes.forEach((path, tape) -> close(channel, path, tape));
      channel.tapes.clear();
    }
    recorded.clear();
  }

  private boolean stop(SimChannel channel, String path, String cause) {
    Tape tape = channel.tapes.get(path);
    if (tape == null) {
      return false;
    }
    takeOut(channel, path, tape);
    channel.variables.put("record_completion_cause", cause);
    core.events()
        .full(channel, "RECORD_STOP", "Record-File-Path", path, "Record-Completion-Cause", cause);
    bug(channel, "MEDIA_BUG_STOP", path);
    return true;
  }

  /** The application {@code record} begins; false when the file cannot be written. */
  boolean startApplication(SimChannel channel, String path) {
    channel.variables.put("silence_hits_exhausted", "false");
    core.events().full(channel, "CODEC");
    if (open(channel, path) == null) {
      return false;
    }
    core.events().full(channel, "RECORD_START", "Record-File-Path", path);
    return true;
  }

  void stopApplication(SimChannel channel, String path) {
    Tape tape = channel.tapes.get(path);
    if (tape != null) {
      takeOut(channel, path, tape);
      core.events().full(channel, "RECORD_STOP", "Record-File-Path", path);
      core.events().full(channel, "CODEC");
    }
  }

  private @org.jspecify.annotations.Nullable Tape open(SimChannel channel, String path) {
    try {
      boolean stereo = "true".equals(channel.variables.get("RECORD_STEREO"));
      Tape tape = Tape.start(resolve(path), stereo, core.clock().micros());
      channel.tapes.put(path, tape);
      recorded.add(channel);
      return tape;
    } catch (IOException | InvalidPathException e) {
      LOG.debug("cannot record to {}", path, e);
      return null;
    }
  }

  private void takeOut(SimChannel channel, String path, Tape tape) {
    channel.tapes.remove(path);
    if (channel.tapes.isEmpty()) {
      recorded.remove(channel);
    }
    int samples = close(channel, path, tape);
    Map<String, String> variables = channel.variables;
    variables.put("record_file_size", Long.toString(tape.bytes(samples)));
    variables.put("record_samples", Integer.toString(samples));
    variables.put("record_seconds", Integer.toString(samples / Tape.RATE));
    variables.put("record_ms", Integer.toString(samples / (Tape.RATE / 1_000)));
  }

  private int close(SimChannel channel, String path, Tape tape) {
    int samples = tape.length(core.clock().micros());
    try {
      tape.finish(samples);
    } catch (IOException e) {
      LOG.warn("the recording {} of {} is cut short", path, channel.uuid, e);
    }
    return samples;
  }

  private void bug(SimChannel channel, String event, String path) {
    core.events()
        .full(channel, event, "Media-Bug-Function", "session_record", "Media-Bug-Target", path);
  }
}
