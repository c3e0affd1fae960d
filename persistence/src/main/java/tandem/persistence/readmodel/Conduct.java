package tandem.persistence.readmodel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Act;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.call.ParkEvent;
import tandem.router.call.TableEvent;

/**
 * What people did that decides who has the caller, for explanations.
 *
 * @param text a sentence without its full stop
 * @param by who asked for it; null where it follows from something else
 */
public record Conduct(String text, @Nullable String by) {

  /** The event in words; empty when it decides nothing. */
  public static Optional<Conduct> of(Call.Event event, Cast cast) {
    Map<String, Object> details = new LinkedHashMap<>();
    Optional<String> text =
        event instanceof TableEvent e
            ? Optional.of(e).filter(Conduct::decides).map(one -> TableText.tell(one, cast, details))
            : Optional.of(event)
                .filter(Conduct::decides)
                .flatMap(one -> RemarkText.tell(one, cast, details));
    Act act = event instanceof Act.Done done ? done.act() : null;
    return text.map(told -> new Conduct(told, act == null ? null : act.by()));
  }

  private static boolean decides(TableEvent event) {
    return !(event instanceof TableEvent.InviteOrdered
        || event instanceof TableEvent.Settled
        || event instanceof TableEvent.SetAgain
        || event instanceof TableEvent.Muted
        || event instanceof TableEvent.DigitsSent
        || event instanceof TableEvent.AnswerAsked);
  }

  private static boolean decides(Call.Event event) {
    return event instanceof ParkEvent.SlotTaken
        || event instanceof ParkEvent.SlotDenied
        || event instanceof ParkEvent.Recalled
        || event instanceof FlowEvent.FlowLeft;
  }
}
