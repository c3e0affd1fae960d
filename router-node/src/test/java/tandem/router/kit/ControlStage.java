package tandem.router.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;

/** A {@link Stage} on which people do things with calls, and a switch that arranges them. */
public final class ControlStage {
  public static final AgentId BOB = Given.BOB;
  public static final AgentId CHO = Given.CHO;
  public static final AgentId SUE = new AgentId(ACME, "sue");
  public static final String NORMAL = "NORMAL_CLEARING";

  public final Stage stage;
  private int keys;

  public ControlStage(Stage stage) {
    this.stage = stage;
  }

  /** {@link Given#CALL}'s caller talks to Ann; these others are no members of a queue. */
  public static ControlStage talking(AgentId... others) {
    ControlStage made = new ControlStage(new Stage(ANN));
    for (AgentId other : others) {
      made.stage.addAgent(other, 1);
    }
    made.stage.arrives(CALL);
    made.stage.talks(CALL);
    return made;
  }

  /** Somebody does something; fails when it is refused. */
  public void does(Operation operation) {
    assertThat(tries(operation)).as("refusal of %s", operation).isNull();
  }

  /** Somebody tries something: why it was refused, or null. */
  public @Nullable Refusal tries(Operation operation) {
    return tries(CALL, "key-" + ++keys, operation);
  }

  public @Nullable Refusal tries(CallId call, String key, Operation operation) {
    Call.ControlReply reply =
        stage.ask(
            new ToCall(call),
            new Call.Control(key, "supervisor", operation, null),
            Call.ControlReply.class);
    return Objects.requireNonNull(reply, "no answer to " + operation).refusal();
  }

  // The switch.

  /** The last arrangement that was ordered. */
  public SwitchCommand.Arrange ordered() {
    List<SwitchCommand.Arrange> all = stage.orders(SwitchCommand.Arrange.class);
    assertThat(all).as("arrangements").isNotEmpty();
    return all.get(all.size() - 1);
  }

  /** The switch has done so. */
  public void arranged() {
    SwitchCommand.Arrange last = ordered();
    stage.fact(last.call(), new CallFact.Arranged(last.version(), stage.clock.now()));
  }

  /**
   * Who hears whom by the last arrangement, such as {@code caller+ann} or {@code caller:MUSIC
   * ann:SILENCE}; muted ones end in an exclamation mark.
   */
  public String rooms() {
    return ordered().rooms().stream()
        .map(
            room ->
                room.places().size() == 1
                    ? name(room.places().get(0)) + ':' + room.places().get(0).alone()
                    : room.places().stream().map(this::name).collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }

  private String name(SwitchCommand.Place place) {
    return name(place.leg()) + (place.muted() ? "!" : "");
  }

  private String name(LegId leg) {
    if (leg.equals(Given.CALLER)) {
      return "caller";
    }
    return stage.orders(SwitchCommand.Originate.class).stream()
        .filter(order -> order.leg().equals(leg))
        .map(order -> order.contact().address().replaceAll("@.*", ""))
        .findFirst()
        .or(
            () ->
                stage.orders(SwitchCommand.Dial.class).stream()
                    .filter(order -> order.leg().equals(leg))
                    .map(order -> order.number().value())
                    .findFirst())
        .orElse(leg.value());
  }

  public LegId leg(AgentId agent) {
    return stage.agentLegOf(agent);
  }

  /** The phone of this agent, who was asked to come, rings. */
  public LegId rings(AgentId agent) {
    LegId leg = leg(agent);
    stage.fact(CALL, new CallFact.LegRinging(leg, stage.clock.now()));
    return leg;
  }

  /** This agent, who was asked to come, picks up. */
  public LegId comes(AgentId agent) {
    LegId leg = rings(agent);
    stage.fact(CALL, new CallFact.LegAnswered(leg, stage.clock.now()));
    return leg;
  }

  public void gone(LegId leg, String cause) {
    stage.gone(CALL, leg, cause);
  }

  /** The switch has hung up whoever it was told to. */
  public void killed(LegId leg) {
    assertThat(stage.isKillOrdered(leg)).as("kill of %s", name(leg)).isTrue();
    gone(leg, NORMAL);
  }
}
