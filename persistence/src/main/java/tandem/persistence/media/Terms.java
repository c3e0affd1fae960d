package tandem.persistence.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TapeEvent;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/**
 * What a call says of a recording or a message of its own: its file may be stored by then, or not
 * yet.
 *
 * @param id a UUID in lower case
 * @param call the call's channel
 * @param box of a message, else null
 * @param keepUntil when it is to be removed
 * @param gone whether it was stored and has been removed since
 */
public record Terms(
    TenantId tenant,
    String id,
    MediaItem.Kind kind,
    String call,
    @Nullable String box,
    Instant keepUntil,
    boolean gone) {

  /**
   * What a call's events say of its recordings and messages, in the order they began. The time a
   * recording is kept runs from its end, where that is known.
   */
  public static List<Terms> of(CallId call, List<? extends Call.Event> events) {
    Map<String, TapeEvent.TapeStarted> tapes = new LinkedHashMap<>();
    Map<String, Instant> ends = new LinkedHashMap<>();
    List<Terms> messages = new ArrayList<>();
    Instant over = null;
    for (Call.Event event : events) {
      if (event instanceof TapeEvent.TapeStarted started) {
        tapes.put(id(started.recording()), started);
      } else if (event instanceof TapeEvent.TapeOver e) {
        ends.put(id(e.recording()), e.at());
      } else if (event instanceof Call.Ended e) {
        over = e.at();
      } else if (event instanceof RemarkEvent.MessageTaken taken) {
        messages.add(
            new Terms(
                call.tenant(),
                id(taken.message()),
                MediaItem.Kind.MESSAGE,
                id(call.channel()),
                taken.box(),
                taken.at().plus(taken.keep()),
                false));
      }
    }
    List<Terms> all = new ArrayList<>();
    // Of one whose end nobody told, the call's end is the latest it can be.
    Instant end = over;
    tapes.forEach(
        (id, started) ->
            all.add(
                new Terms(
                    call.tenant(),
                    id,
                    MediaItem.Kind.RECORDING,
                    id(call.channel()),
                    null,
                    ends.getOrDefault(id, end == null ? started.at() : end).plus(started.keep()),
                    false)));
    all.addAll(messages);
    return all;
  }

  /** UUIDs are compared as texts, so one spelling counts. */
  static String id(String uuid) {
    return uuid.toLowerCase(Locale.ROOT);
  }
}
