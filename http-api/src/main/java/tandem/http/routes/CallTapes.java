package tandem.http.routes;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tandem.http.json.MediaWire;
import tandem.http.json.MediaWire.RecordingState;
import tandem.http.json.Words;
import tandem.router.call.Call;
import tandem.router.call.TapeEvent;
import tandem.router.domain.CallId;
import tandem.router.edge.SwitchCommand.TapeMode;

/** What a call's own events say of its recordings, before any of them is stored. */
final class CallTapes {
  private CallTapes() {}

  private record Tape(Instant startedAt, RecordingState state) {}

  /** The call's recordings by id, in the order they began. */
  static Map<String, MediaWire.Recording> of(CallId call, List<Call.Event> events) {
    Map<String, Tape> tapes = new LinkedHashMap<>();
    for (Call.Event event : events) {
      if (event instanceof TapeEvent.TapeStarted started) {
        tapes.put(id(started.recording()), new Tape(started.at(), RecordingState.RECORDING));
      } else if (event instanceof TapeEvent.TapeSet set) {
        become(tapes, set.recording(), state(set.mode()));
      } else if (event instanceof TapeEvent.TapeOver over) {
        become(tapes, over.recording(), RecordingState.STORING);
      } else if (event instanceof TapeEvent.TapeFailed failed) {
        become(tapes, failed.recording(), RecordingState.FAILED);
      } else if (event instanceof Call.Ended) {
        // The switch closes what it records when the call's legs go.
        tapes.replaceAll(
            (id, tape) ->
                tape.state() == RecordingState.FAILED
                    ? tape
                    : new Tape(tape.startedAt(), RecordingState.STORING));
      }
    }
    Map<String, MediaWire.Recording> all = new LinkedHashMap<>();
    tapes.forEach((id, tape) -> all.put(id, recording(call, id, tape.startedAt(), tape.state())));
    return all;
  }

  static MediaWire.Recording recording(
      CallId call, String id, Instant startedAt, RecordingState state) {
    return new MediaWire.Recording(
        id, call.channel(), Words.of(state), startedAt, null, null, null, null);
  }

  private static RecordingState state(TapeMode mode) {
    return switch (mode) {
      case RECORDING -> RecordingState.RECORDING;
      case PAUSED -> RecordingState.PAUSED;
      case STOPPED -> RecordingState.STORING;
    };
  }

  private static void become(Map<String, Tape> tapes, String recording, RecordingState state) {
    tapes.computeIfPresent(id(recording), (id, tape) -> new Tape(tape.startedAt(), state));
  }

  private static String id(String uuid) {
    return uuid.toLowerCase(Locale.ROOT);
  }
}
