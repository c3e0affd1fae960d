package tandem.router.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;
import tandem.router.edge.CallFact;
import tandem.router.entity.Turn;
import tandem.router.feed.CallView;

/** What people say about a call, and what the switch measures of it. */
public final class Remarks {
  /** Notes, tags, attributes of a call (count of each). */
  static final int MOST = 50;

  /**
   * Digits kept of those pressed (count), the first: a journal must not grow by a key held down.
   */
  static final int DIGITS = 200;

  private static final Pattern DIGIT = Pattern.compile("[0-9A-D*#]");

  private Remarks() {}

  /** What there is to say about a call after one event more. */
  public static CallView.Remarks after(CallView.Remarks now, RemarkEvent event) {
    List<CallView.Note> notes = now.notes();
    List<String> tags = now.tags();
    CallView.Disposition disposition = now.disposition();
    Map<String, String> attributes = now.attributes();
    String digits = now.digits();
    List<CallView.Heard> heard = now.heard();
    if (event instanceof RemarkEvent.Noted e) {
      notes = plus(notes, new CallView.Note(e.text(), by(e.act()), e.at()));
    } else if (event instanceof RemarkEvent.Tagged e) {
      Set<String> all = new LinkedHashSet<>(tags);
      all.addAll(e.add());
      e.remove().forEach(all::remove);
      tags = List.copyOf(all);
    } else if (event instanceof RemarkEvent.Disposed e) {
      disposition = new CallView.Disposition(e.code(), e.comment(), by(e.act()), e.at());
    } else if (event instanceof RemarkEvent.AttributesSet e) {
      attributes = merged(attributes, e.attributes());
    } else if (event instanceof RemarkEvent.QualityTold e) {
      heard = plus(heard, new CallView.Heard(e.leg(), e.quality()));
    } else if (event instanceof RemarkEvent.DigitPressed e) {
      digits += e.digit();
    }
    return new CallView.Remarks(notes, tags, disposition, attributes, digits, heard);
  }

  private static <T> List<T> plus(List<T> all, T one) {
    List<T> now = new ArrayList<>(all);
    now.add(one);
    return now;
  }

  private static String by(@Nullable Act act) {
    return act == null ? "" : act.by();
  }

  private static Map<String, String> merged(Map<String, String> before, Map<String, String> set) {
    Map<String, String> all = new TreeMap<>(before);
    set.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            all.remove(name);
          } else {
            all.put(name, value);
          }
        });
    return all;
  }

  static @Nullable Refusal note(
      Turn<CallState, Call.Event> turn, Act act, Operation.Note operation) {
    if (turn.state().remarks().notes().size() >= MOST) {
      return Refusal.TOO_MANY;
    }
    turn.persist(new RemarkEvent.Noted(operation.text(), act, turn.now()));
    return null;
  }

  static @Nullable Refusal tag(Turn<CallState, Call.Event> turn, Act act, Operation.Tag operation) {
    Set<String> all = new LinkedHashSet<>(turn.state().remarks().tags());
    all.addAll(operation.add());
    operation.remove().forEach(all::remove);
    if (all.size() > MOST) {
      return Refusal.TOO_MANY;
    }
    turn.persist(new RemarkEvent.Tagged(operation.add(), operation.remove(), act, turn.now()));
    return null;
  }

  static @Nullable Refusal dispose(
      Turn<CallState, Call.Event> turn, Act act, Operation.Dispose operation) {
    turn.persist(new RemarkEvent.Disposed(operation.code(), operation.comment(), act, turn.now()));
    return null;
  }

  static @Nullable Refusal set(
      Turn<CallState, Call.Event> turn, Act act, Operation.SetAttributes operation) {
    if (merged(turn.state().remarks().attributes(), operation.attributes()).size() > MOST) {
      return Refusal.TOO_MANY;
    }
    turn.persist(new RemarkEvent.AttributesSet(operation.attributes(), act, turn.now()));
    return null;
  }

  /** What is pressed while people talk; not while that is to be kept secret. */
  static void digit(Turn<CallState, Call.Event> turn, CallFact.Dtmf fact) {
    CallState state = turn.state();
    if (state.activity() instanceof Bridged
        && state.table().seat(fact.leg()).isPresent()
        && state.remarks().digits().length() < DIGITS
        && DIGIT.matcher(fact.digit()).matches()
        && !Tapes.isSecret(state)) {
      turn.persist(new RemarkEvent.DigitPressed(fact.leg(), fact.digit(), turn.now()));
    }
  }

  static void quality(Turn<CallState, Call.Event> turn, LegId leg, Quality quality) {
    boolean known = turn.state().remarks().heard().stream().anyMatch(h -> h.leg().equals(leg));
    if (!known && turn.state().remarks().heard().size() < MOST) {
      turn.persist(new RemarkEvent.QualityTold(leg, quality, turn.now()));
    }
  }
}
