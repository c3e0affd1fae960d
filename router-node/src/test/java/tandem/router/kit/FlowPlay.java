package tandem.router.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.leg;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.domain.Prompt;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.lookup.LookUp;

/** One caller in an interactive flow; the test plays the switch and the other system. */
public final class FlowPlay {
  public final Stage stage = new Stage();

  /** A plan whose calls go through an interactive flow of these nodes. */
  public static String document(String nodes, String more) {
    return """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {}},
         "flows": {"main": [{"do": {"ivr": "menu"}}]},
         "ivr": {"menu": {"start": "a", "nodes": {%s}}}%s}
        """
        .formatted(nodes, more);
  }

  /** Such a plan, and a call that has just arrived. */
  public void plan(String nodes) {
    stage.publish(document(nodes, ""));
    stage.fact(CALL, Given.arrival(CALL, 50, stage.clock.now()));
  }

  /** What the switch was told last to do with the caller. */
  public SwitchCommand.HandOver order() {
    var orders = stage.orders(SwitchCommand.HandOver.class);
    assertThat(orders).isNotEmpty();
    return orders.get(orders.size() - 1);
  }

  /** Files that the caller hears now. */
  public String hears() {
    Errand errand = order().errand();
    List<Prompt> prompts =
        errand instanceof Errand.Play play ? play.prompts() : ((Errand.Collect) errand).prompts();
    return String.join(" ", prompts.stream().map(prompt -> ((Prompt.File) prompt).name()).toList());
  }

  /** What the switch was told is done; null where nobody was asked. */
  public void returned(@Nullable String digits) {
    stage.fact(CALL, new CallFact.Returned(leg(CALL), order().number(), digits, stage.clock.now()));
  }

  /** What another system was asked last. */
  public LookUp lookUp() {
    assertThat(stage.lookUps()).isNotEmpty();
    return stage.lookUps().get(stage.lookUps().size() - 1);
  }

  public void answers(FlowEvent.Found found, Map<String, Object> values) {
    stage.say(new ToCall(CALL), new Call.LookedUp(lookUp().number(), found, values));
  }

  private void stillUp() {
    stage.stillUp(
        CALL,
        Given.LINK,
        List.of(new CallFact.LegView(leg(CALL), CallFact.LegState.ANSWERED, null)));
  }

  /** The call dies, and comes back from its journal. */
  public void crash() {
    stage.crash(new ToCall(CALL));
    stillUp();
  }

  public <E> List<E> events(Class<E> type) {
    return stage.journal(CALL).stream().filter(type::isInstance).map(type::cast).toList();
  }
}
