package tandem.http.json;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.feed.CallView;

/** How who is in a call, where it is parked and what there is to say about it look to clients. */
public final class CallParts {
  private CallParts() {}

  /**
   * Somebody in a call, or on the way to it.
   *
   * @param leg absent while it is not decided which phone rings
   * @param agent of an agent or a supervisor
   * @param number of somebody outside
   */
  public record Person(
      @Nullable String leg,
      String part,
      @Nullable String agent,
      @Nullable String number,
      String is,
      boolean muted) {}

  /**
   * Where a call is parked.
   *
   * @param parker to whom it returns when nobody has picked it up by then
   */
  public record Slot(String lot, int slot, Instant until, @Nullable String parker) {}

  /** The recording that runs, or is paused. */
  public record Recording(String id, String state, Instant since) {}

  /** What there is to say about a call; a list of ended calls has no notes. */
  public record Remarks(
      List<Note> notes,
      List<String> tags,
      @Nullable Disposition disposition,
      SortedMap<String, String> attributes,
      @Nullable String digits,
      List<Quality> quality) {}

  public record Note(String text, String by, Instant at) {}

  public record Disposition(String code, @Nullable String comment, String by, Instant at) {}

  /**
   * How well a leg was heard.
   *
   * @param jitter milliseconds
   * @param loss share of packets, 0 to 1
   */
  public record Quality(String leg, double mos, double jitter, double loss, long packets) {}

  /** Those in a call, or on their way to it; null when nobody is. */
  static @Nullable List<Person> people(CallView view) {
    return view.people().isEmpty() ? null : view.people().stream().map(CallParts::person).toList();
  }

  private static Person person(CallView.Person person) {
    return new Person(
        person.leg() == null ? null : person.leg().value(),
        Words.of(person.part()),
        person.agent() == null ? null : person.agent().name(),
        person.number(),
        Words.of(person.is()),
        person.muted());
  }

  static @Nullable Slot slot(CallView.@Nullable Slot slot) {
    return slot == null
        ? null
        : new Slot(
            slot.lot().name(),
            slot.slot(),
            slot.until(),
            slot.parker() == null ? null : slot.parker().name());
  }

  static @Nullable Recording recording(CallView.@Nullable Taped tape) {
    return tape == null
        ? null
        : new Recording(tape.recording(), tape.paused() ? "paused" : "recording", tape.since());
  }

  /** What there is to say; null when there is nothing. */
  static @Nullable Remarks remarks(CallView.Remarks remarks) {
    if (remarks.equals(CallView.Remarks.NONE)) {
      return null;
    }
    CallView.Disposition disposition = remarks.disposition();
    return new Remarks(
        remarks.notes().stream().map(note -> new Note(note.text(), note.by(), note.at())).toList(),
        remarks.tags(),
        disposition == null
            ? null
            : new Disposition(
                disposition.code(), disposition.comment(), disposition.by(), disposition.at()),
        new TreeMap<>(remarks.attributes()),
        remarks.digits().isEmpty() ? null : remarks.digits(),
        remarks.heard().stream()
            .map(
                heard ->
                    new Quality(
                        heard.leg().value(),
                        heard.quality().mos(),
                        heard.quality().jitter(),
                        heard.quality().loss(),
                        heard.quality().packets()))
            .toList());
  }
}
