package tandem.router.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.plan.CallbackPromise;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;

/** A {@link Stage} on which {@link Given#CALL} is called back by {@link #BACK}. */
public final class CallbackStage {
  public static final CallId BACK = CALL.callback();
  public static final LegId FIRST = LegId.ofCustomer(BACK, 1);
  public static final LegId SECOND = LegId.ofCustomer(BACK, 2);
  public static final String NORMAL = "NORMAL_CLEARING";

  public final Stage stage;

  public CallbackStage(Stage stage) {
    this.stage = stage;
  }

  /** Somebody asks for it; a callback that is tried at most so often. */
  public Call.AskedReply ask(
      @Nullable String number, @Nullable Instant from, Duration within, int attempts) {
    Call.AskCallback ask =
        new Call.AskCallback(
            number == null ? null : new PhoneNumber(number),
            from,
            within,
            attempts,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            null);
    stage.say(new ToCall(CALL), ask);
    return stage.call(CALL).take(ask).replied(Call.AskedReply.class);
  }

  /** The caller waited for a minute and has been promised to be called back, three times. */
  public void promised() {
    stage.arrives(CALL);
    stage.advance(Duration.ofMinutes(1));
    ask(null, null, Duration.ofHours(2), 3);
    stage.gone(CALL, leg(CALL), NORMAL);
    carried();
  }

  /** The link has written the callback down and brings it to life. */
  public void carried() {
    List<SwitchCommand.CallBack> orders = stage.orders(SwitchCommand.CallBack.class);
    assertThat(orders).isNotEmpty();
    SwitchCommand.CallBack order = orders.get(orders.size() - 1);
    stage.fact(order.call(), new CallFact.CallbackKept(order.callback(), stage.clock.now()));
    stage.fact(
        order.callback(),
        new CallFact.Arrived(
            new LegId(order.callback().channel()),
            Given.FS1,
            Given.LINK,
            order.promise().number().value(),
            order.calledNumber(),
            order.entry(),
            stage.clock.now(),
            order.promise()));
  }

  public CallbackPromise promise() {
    return Objects.requireNonNull(
        Objects.requireNonNull(stage.call(BACK).state().arrival()).callback());
  }

  /** Attempts made so far. */
  public int attempts() {
    return Objects.requireNonNull(stage.view(BACK).callback()).attempts();
  }

  public void agent(AgentId agent) {
    stage.addAgent(agent, 1, Given.SUPPORT);
  }

  /** The one order to dial this leg. */
  public SwitchCommand.Dial dialled(LegId customer) {
    List<SwitchCommand.Dial> orders =
        stage.orders(SwitchCommand.Dial.class).stream()
            .filter(order -> order.leg().equals(customer))
            .toList();
    assertThat(orders).hasSize(1);
    return orders.get(0);
  }

  /** The last order to bridge. */
  public SwitchCommand.Bridge bridged() {
    List<SwitchCommand.Bridge> orders = stage.orders(SwitchCommand.Bridge.class);
    assertThat(orders).isNotEmpty();
    return orders.get(orders.size() - 1);
  }

  public void customerAnswers(LegId customer) {
    stage.fact(BACK, new CallFact.LegRinging(customer, stage.clock.now()));
    stage.fact(BACK, new CallFact.LegAnswered(customer, stage.clock.now()));
  }

  public void talk(LegId agentLeg, LegId customer) {
    stage.fact(BACK, new CallFact.Bridged(agentLeg, customer, stage.clock.now()));
  }
}
