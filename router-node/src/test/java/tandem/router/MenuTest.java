package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.call.FlowEvent;
import tandem.router.call.Operation;
import tandem.router.call.Target;
import tandem.router.domain.LegId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plan;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.FlowPlay;
import tandem.router.kit.Given;

/** Callers in interactive flows: what they hear and key in, and what becomes of them. */
class MenuTest {
  private static final String MENU =
      """
      "a": {"play": "hello.wav", "next": "m"},
      "m": {"menu": "menu.wav", "options": {"1": "sales", "2": "support"}, "tries": 2,
            "onInvalid": "wrong.wav", "onSilence": "silence.wav", "otherwise": "late"},
      "sales": {"set": {"wants": "sales"}, "next": "q"},
      "q": {"do": {"queue": "support", "require": "call.attributes.wants == 'sales'"}},
      "support": {"do": {"queue": "support"}},
      "late": {"do": {"voicemail": "late"}}
      """;

  private final FlowPlay play = new FlowPlay();

  @Test
  void shouldPlayAskAndRouteByWhatWasKeyedIn() {
    play.plan(MENU);
    assertThat(play.hears()).isEqualTo("hello.wav");
    play.stage.assertCall(CALL, Status.HANDED_OVER);
    play.returned(null);

    assertThat(play.hears()).isEqualTo("menu.wav");
    assertThat(play.order().errand()).isInstanceOf(Errand.Collect.class);
    play.returned("1");

    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(play.stage.waiting()).isEqualTo(1);
    assertThat(play.events(FlowEvent.Answered.class))
        .extracting(FlowEvent.Answered::digits)
        .containsExactly("1");
    assertThat(play.stage.view(CALL).remarks().attributes()).containsEntry("wants", "sales");
    Call.Routed last = play.events(Call.Routed.class).get(1);
    assertThat(last.routing().caller().attributes().values()).containsEntry("wants", "sales");
    assertThat(((Action.Wait) last.routing().action()).wants().call())
        .as("what its agent must be like knows the attribute")
        .isNotEmpty();
    assertThat(play.stage.call(CALL).state().stay()).isNotNull();
  }

  @Test
  void shouldAskAgainAndGiveUpAfterItsTries() {
    play.plan(MENU);
    play.returned(null);
    play.returned("9");
    assertThat(play.hears()).isEqualTo("wrong.wav menu.wav");
    play.returned("");

    assertThat(play.order().errand()).isInstanceOf(Errand.Voicemail.class);
    assertThat(((Errand.Voicemail) play.order().errand()).box()).isEqualTo("late");
  }

  @Test
  void shouldResumeAtTheNodeAfterACrashInMidMenu() {
    play.plan(MENU);
    play.returned(null);
    play.returned("");
    int number = play.order().number();
    play.stage.forgetOrders();

    play.crash();

    assertThat(play.order().number()).as("the same errand").isEqualTo(number);
    assertThat(play.hears()).isEqualTo("silence.wav menu.wav");
    play.returned("2");
    play.stage.assertCall(CALL, Status.QUEUED);
    assertThat(play.events(FlowEvent.NodeEntered.class)).as("nothing was begun anew").hasSize(3);
  }

  @Test
  void shouldTakeAReturnOnce() {
    play.plan(MENU);
    CallFact.Returned first =
        new CallFact.Returned(leg(CALL), play.order().number(), null, play.stage.clock.now());
    play.stage.fact(CALL, first);
    play.stage.fact(CALL, first);

    assertThat(play.hears()).isEqualTo("menu.wav");
    assertThat(play.events(FlowEvent.NodeEntered.class)).hasSize(2);
  }

  @Test
  void shouldEndWhenTheCallerHangsUpInTheMiddle() {
    play.plan(MENU);
    play.returned(null);
    play.stage.gone(CALL, leg(CALL), "NORMAL_CLEARING");
    play.returned("1");

    play.stage.assertCall(CALL, Status.ENDED);
    assertThat(play.stage.view(CALL).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(play.stage.waiting()).isZero();
  }

  @Test
  void shouldAskAgainWhenTheLinkComesBack() {
    play.plan(MENU);
    play.returned(null);
    play.stage.linkLost(CALL);
    play.stage.forgetOrders();
    play.stage.advance(Duration.ofSeconds(3));
    assertThat(play.stage.orders(SwitchCommand.HandOver.class)).as("nobody to tell").isEmpty();

    play.stage.stillUp(
        CALL, "link-2", List.of(new CallFact.LegView(leg(CALL), CallFact.LegState.ANSWERED, null)));

    assertThat(play.hears()).isEqualTo("menu.wav");
    play.returned("2");
    play.stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldTakeAsSilenceWhatTheSwitchRefusesOrNeverEnds() {
    play.plan(MENU);
    play.stage.fact(
        CALL,
        new CallFact.HandOverRefused(leg(CALL), 1, "-ERR no such file", play.stage.clock.now()));
    assertThat(play.hears()).isEqualTo("menu.wav");
    play.stage.advance(Duration.ofMinutes(6));

    assertThat(play.hears()).isEqualTo("silence.wav menu.wav");
  }

  @Test
  void shouldKeepThePlanItBeganWith() {
    play.plan(MENU);
    play.returned(null);
    play.stage.publish(
        FlowPlay.document(
            "\"a\": {\"do\": {\"hangup\": \"CALL_REJECTED\"}}", ", \"waiting\": \"move\""));
    play.returned("9");
    assertThat(play.hears()).isEqualTo("wrong.wav menu.wav");
    play.returned("9");

    assertThat(play.events(Call.Routed.class))
        .extracting(event -> event.routing().plan())
        .containsExactly(1L, 1L);
  }

  @Test
  void shouldWaitForItsPlanWhereThatIsNotKnownYet() {
    play.plan(MENU);
    play.returned(null);
    Plan known = play.stage.plans.forget(1);
    play.crash();
    play.returned("2");
    play.stage.assertCall(CALL, Status.HANDED_OVER);
    assertThat(play.events(Call.CameBack.class)).as("not taken: it will be said again").hasSize(1);
    play.stage.advance(Duration.ofMinutes(6));
    play.stage.assertCall(CALL, Status.HANDED_OVER);

    play.stage.plans.remember(1, known);
    play.returned("2");

    play.stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldComeToAnEndInFlowsThatSendACallerRoundAtOnce() {
    play.stage.publish(FlowPlay.document("\"a\": {\"do\": {\"flow\": \"main\"}}", ""));
    play.stage.fact(CALL, Given.arrival(CALL, 50, play.stage.clock.now()));

    assertThat(play.events(Call.Dismissed.class))
        .extracting(Call.Dismissed::cause)
        .containsExactly("EXCHANGE_ROUTING_ERROR");
  }

  @Test
  void shouldNotCountPromptsAsErrandsThatGoRound() {
    play.plan(
        """
        "a": {"menu": "menu.wav", "options": {"1": "a", "2": "q"}, "otherwise": "q"},
        "q": {"do": {"queue": "support"}}
        """);
    for (int i = 0; i < 150; i++) {
      play.returned("1");
    }
    play.returned("2");

    play.stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldReachAnAgentWithWhatWasSet() {
    play.stage.addAgent(ANN, 1, Given.SUPPORT);
    play.plan(
        """
        "a": {"collect": "c.wav", "most": 4, "into": "account", "next": "q", "otherwise": "q"},
        "q": {"do": {"queue": "support"}}
        """);
    play.returned("0815");
    play.stage.fact(CALL, new CallFact.Greeted(leg(CALL), true, play.stage.clock.now()));
    play.stage.talks(CALL);

    play.stage.assertCall(CALL, Status.CONNECTED);
    assertThat(play.stage.view(CALL).remarks().attributes()).containsEntry("account", "0815");
    assertThat(Objects.requireNonNull(play.stage.view(CALL).agent())).isEqualTo(ANN);
  }

  @Test
  void shouldLeadACallerThereWhomAnAgentGivesAway() {
    play.stage.addAgent(ANN, 1, Given.SUPPORT);
    play.stage.publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {}},
         "flows": {"main": [{"do": {"queue": "support"}}], "survey": [{"do": {"ivr": "survey"}}]},
         "ivr": {"survey": {"start": "a", "nodes": {
           "a": {"collect": "rate.wav", "most": 1, "into": "rating", "next": "e", "otherwise": "e"},
           "e": {"do": {"hangup": "NORMAL_CLEARING"}}}}}}
        """);
    play.stage.arrives(CALL);
    LegId agent = play.stage.talks(CALL);
    Call.ControlReply reply =
        play.stage.ask(
            new ToCall(CALL),
            new Call.Control(
                "k1", "ann", new Operation.Transfer(new Target.ToFlow("survey"), null), null),
            Call.ControlReply.class);
    assertThat(Objects.requireNonNull(reply).refusal()).isNull();

    assertThat(play.hears()).isEqualTo("rate.wav");
    assertThat(play.stage.isKillOrdered(agent)).isTrue();
    play.stage.gone(CALL, agent, "NORMAL_CLEARING");
    play.returned("5");

    assertThat(play.stage.view(CALL).remarks().attributes()).containsEntry("rating", "5");
    assertThat(play.stage.isKillOrdered(leg(CALL))).isTrue();
  }
}
