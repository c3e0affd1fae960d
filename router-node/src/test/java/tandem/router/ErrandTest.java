package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.leg;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.edge.CallFact;
import tandem.router.edge.Errand;
import tandem.router.edge.SwitchCommand;
import tandem.router.entity.Address.ToCall;
import tandem.router.feed.CallView.Outcome;
import tandem.router.feed.CallView.Status;
import tandem.router.kit.Given;
import tandem.router.kit.Stage;
import tandem.router.queue.Queue;

/** What the switch does with a caller by itself: files, messages, people outside, park lots. */
class ErrandTest {
  private static final String NORMAL = "NORMAL_CLEARING";

  private final Stage stage = new Stage();

  private void plan(String rules) {
    stage.publish(
        """
        {"numbers": [{"match": "+1415*", "flow": "main"}],
         "queues": {"support": {"strategy": "longest-idle"}},
         "flows": {"main": [%s]}}
        """
            .formatted(rules));
    stage.fact(CALL, Given.arrival(CALL, 50, stage.clock.now()));
  }

  private SwitchCommand.HandOver order() {
    var orders = stage.orders(SwitchCommand.HandOver.class);
    assertThat(orders).isNotEmpty();
    return orders.get(orders.size() - 1);
  }

  private void taken() {
    stage.fact(CALL, new CallFact.HandedOver(leg(CALL), order().number(), stage.clock.now()));
  }

  private void stillUp() {
    stage.stillUp(
        CALL,
        Given.LINK,
        List.of(new CallFact.LegView(leg(CALL), CallFact.LegState.ANSWERED, null)));
  }

  private void returned() {
    stage.fact(CALL, new CallFact.Returned(leg(CALL), order().number(), stage.clock.now()));
  }

  @Test
  void shouldPlayEachFileInTurnThenQueueTheCaller() {
    plan(
        "{\"do\": {\"announce\": \"hello.wav\"}}, {\"do\": {\"announce\": \"prices.wav\"}},"
            + " {\"do\": {\"queue\": \"support\"}}");
    assertThat(order().errand()).isEqualTo(new Errand.Announce("hello.wav"));
    stage.assertCall(CALL, Status.HANDED_OVER);
    taken();
    assertThat(stage.orders(SwitchCommand.Greet.class)).as("no music over it").isEmpty();

    returned();
    assertThat(order().errand()).isEqualTo(new Errand.Announce("prices.wav"));
    returned();

    stage.assertCall(CALL, Status.QUEUED);
    assertThat(stage.waiting()).isEqualTo(1);
    assertThat(stage.orders(SwitchCommand.Greet.class)).hasSize(1);
  }

  @Test
  void shouldTakeAReturnOnce() {
    plan("{\"do\": {\"announce\": \"hello.wav\"}}, {\"do\": {\"queue\": \"support\"}}");
    returned();
    returned();

    assertThat(stage.journal(CALL)).filteredOn(Call.Queued.class::isInstance).hasSize(1);
  }

  @Test
  void shouldGoOnWhenAFileCannotBePlayedOrNeverEnds() {
    plan(
        "{\"do\": {\"announce\": \"gone.wav\"}}, {\"do\": {\"announce\": \"endless.wav\"}},"
            + " {\"do\": {\"queue\": \"support\"}}");
    stage.fact(
        CALL, new CallFact.HandOverRefused(leg(CALL), 1, "-ERR no such file", stage.clock.now()));
    assertThat(order().errand()).isEqualTo(new Errand.Announce("endless.wav"));
    taken();

    stage.advance(Duration.ofMinutes(3));

    stage.assertCall(CALL, Status.QUEUED);
  }

  @Test
  void shouldRepeatTheOrderWhileTheCallerIsAwayAndAfterACrash() {
    plan("{\"do\": {\"announce\": \"hello.wav\"}}, {\"do\": {\"queue\": \"support\"}}");
    stage.advance(Duration.ofSeconds(2));
    assertThat(stage.orders(SwitchCommand.HandOver.class)).hasSizeGreaterThan(1);
    taken();
    stage.forgetOrders();
    stage.advance(Duration.ofSeconds(60));
    assertThat(stage.orders(SwitchCommand.HandOver.class))
        .as("a lost return is asked for")
        .hasSizeBetween(5, 8);

    stage.crash(new ToCall(CALL));
    stillUp();

    assertThat(order().number()).as("the same errand").isEqualTo(1);
  }

  private Errand.Voicemail message() {
    assertThat(order().errand()).isInstanceOf(Errand.Voicemail.class);
    return (Errand.Voicemail) order().errand();
  }

  @Test
  void shouldEndACallWhoseMessageWasTaken() {
    plan("{\"do\": {\"voicemail\": \"office\"}}");
    assertThat(message().box()).isEqualTo("office");
    taken();
    stage.fact(
        CALL,
        new CallFact.MessageLeft(
            leg(CALL),
            Objects.requireNonNull(message().message()),
            Duration.ofSeconds(12),
            stage.clock.now()));
    assertThat(Objects.requireNonNull(stage.view(CALL).notice()).text())
        .isEqualTo("New message in box office, 12 s");
    stage.gone(CALL, leg(CALL), NORMAL);

    stage.assertCall(CALL, Status.ENDED);
    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.VOICEMAIL);
    assertThat(stage.view(CALL).queue()).isNull();
  }

  @Test
  void shouldEndACallThatWasTransferred() {
    plan("{\"do\": {\"transfer\": \"+14155550177\"}}");
    taken();
    stage.gone(CALL, leg(CALL), NORMAL);

    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.TRANSFERRED);
  }

  @Test
  void shouldTurnACallerAwayWhoseMessageCannotBeTaken() {
    plan("{\"do\": {\"voicemail\": \"office\"}}");
    stage.fact(CALL, new CallFact.HandOverRefused(leg(CALL), 1, "-ERR", stage.clock.now()));

    assertThat(stage.orders(SwitchCommand.Kill.class))
        .extracting(SwitchCommand.Kill::cause)
        .contains("NORMAL_TEMPORARY_FAILURE");
  }

  @Test
  void shouldLeaveItsQueueForVoicemail() {
    plan(
        "{\"do\": {\"queue\": \"support\", \"escalate\":"
            + " [{\"after\": \"20s\", \"to\": {\"voicemail\": \"office\"}}]}}");
    assertThat(stage.waiting()).isEqualTo(1);
    stage.advance(Duration.ofSeconds(21));

    assertThat(message().box()).isEqualTo("office");
    assertThat(stage.waiting()).isZero();
    stage.addAgent(ANN, 1, SUPPORT);
    stage.assertFree(ANN);
    assertThat(stage.journalOf(SUPPORT))
        .filteredOn(Queue.CallerLeft.class::isInstance)
        .extracting(event -> ((Queue.CallerLeft) event).why())
        .containsExactly(Queue.LeaveReason.MOVED);
  }

  @Test
  void shouldHoldACallerInAParkLotUntilItsTimeIsUpOnceAlsoAcrossACrash() {
    plan(
        "{\"do\": {\"park\": \"lobby\", \"timeout\": \"60s\", \"then\": {\"queue\": \"support\"}}}");
    stage.assertCall(CALL, Status.PARKED);
    assertThat(stage.orders(SwitchCommand.Greet.class)).as("with music").hasSize(1);
    stage.advance(Duration.ofSeconds(30));
    stage.crash(new ToCall(CALL));
    stillUp();
    stage.assertCall(CALL, Status.PARKED);

    stage.advance(Duration.ofSeconds(40));

    stage.assertCall(CALL, Status.QUEUED);
    assertThat(stage.journal(CALL)).filteredOn(Call.Queued.class::isInstance).hasSize(1);
  }

  @Test
  void shouldEndWhenTheCallerHangsUpInAParkLot() {
    plan(
        "{\"do\": {\"park\": \"lobby\", \"timeout\": \"60s\", \"then\": {\"queue\": \"support\"}}}");
    stage.gone(CALL, leg(CALL), NORMAL);

    assertThat(stage.view(CALL).outcome()).isEqualTo(Outcome.ABANDONED);
  }
}
