package tandem.router.guide;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.domain.CallId;
import tandem.router.domain.Prompt;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.entity.Address.ToCall;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;
import tandem.router.lookup.LookUp;

/**
 * What happens in interactive flows: {@code x keys 1}, {@code x keys nothing}, {@code it ends}
 * (what is played), {@code it is answered {…}} (by another system, with what it found), {@code it
 * is not answered}.
 */
final class Talks {
  private static final Pattern KEYS = Pattern.compile("\\S+ keys (nothing|[0-9*#]+)");
  private static final Pattern ANSWERED = Pattern.compile("it is answered (\\{.*})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stage stage;

  Talks(Stage stage) {
    this.stage = stage;
  }

  /** Whether it was such an event. */
  boolean happens(CallId call, String event) {
    Matcher keys = KEYS.matcher(event);
    Matcher answered = ANSWERED.matcher(event);
    if (keys.matches()) {
      returns(call, keys.group(1).equals("nothing") ? "" : keys.group(1));
    } else if (event.equals("it ends")) {
      returns(call, null);
    } else if (answered.matches()) {
      Map<String, Object> values =
          JSON.convertValue(
              Documents.read(answered.group(1)),
              JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
      answers(call, FlowEvent.Found.FOUND, values);
    } else if (event.equals("it is not answered")) {
      answers(call, FlowEvent.Found.FAILED, Map.of());
    } else {
      return false;
    }
    return true;
  }

  private void returns(CallId call, @Nullable String digits) {
    int errand = stage.call(call).state().errands();
    stage.fact(call, new CallFact.Returned(Given.leg(call), errand, digits, stage.clock.now()));
  }

  private void answers(CallId call, FlowEvent.Found found, Map<String, Object> values) {
    List<LookUp> asked = stage.lookUps();
    int number = asked.get(asked.size() - 1).number();
    stage.say(new ToCall(call), new Call.LookedUp(number, found, values));
  }

  /** What the switch, or another system, does with a caller. */
  String told(CallId call) {
    List<Call.Event> all =
        stage.journal(call).stream()
            .filter(e -> e instanceof Call.HandedOver || e instanceof FlowEvent.LookupBegun)
            .toList();
    if (!(all.get(all.size() - 1) instanceof Call.HandedOver last)) {
      List<LookUp> asked = stage.lookUps();
      LookUp lookUp = asked.get(asked.size() - 1);
      return "is looked up at " + lookUp.request().url();
    }
    Errand errand = last.errand();
    if (errand instanceof Errand.Announce announce) {
      return "hears " + announce.file();
    } else if (errand instanceof Errand.Voicemail voicemail) {
      return "is in voicemail " + voicemail.box();
    } else if (errand instanceof Errand.Play play) {
      return "hears " + heard(play.prompts());
    } else if (errand instanceof Errand.Collect collect) {
      return "is asked " + heard(collect.prompts());
    }
    return "is transferred to " + ((Errand.Outside) errand).number();
  }

  private static String heard(List<Prompt> prompts) {
    return prompts.stream().map(Talks::heard).collect(Collectors.joining(" + "));
  }

  private static String heard(Prompt prompt) {
    if (prompt instanceof Prompt.File file) {
      return file.name();
    }
    return prompt instanceof Prompt.Speech speech
        ? '“' + speech.text() + '”'
        : String.valueOf(((Prompt.Number) prompt).value());
  }
}
