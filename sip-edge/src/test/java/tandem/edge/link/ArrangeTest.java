package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.Listener;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.edge.SwitchCommand.Sound;

/** Who of a call hears whom is made as the call wants it, order by order. */
class ArrangeTest {
  final LinkHarness link = new LinkHarness().ready().compared();
  final LegId caller = link.greeted();
  final LegId agent = link.bridgedAgent(caller);

  private static Place place(LegId leg, Sound sound) {
    return new Place(leg, false, sound);
  }

  private static Room room(LegId... legs) {
    return new Room(Arrays.stream(legs).map(leg -> place(leg, Sound.SILENCE)).toList());
  }

  private void arrange(int version, Room... rooms) {
    arrange(version, List.of(rooms), List.of());
  }

  private void arrange(int version, List<Room> rooms, List<Listener> listeners) {
    link.order(
        new SwitchCommand.Arrange(
            LinkHarness.call(caller), version, rooms, listeners, link.incarnation()));
  }

  private Room alone(LegId leg, Sound sound) {
    return new Room(List.of(place(leg, sound)));
  }

  private void parks(LegId leg) {
    link.happen(
        new Happening.Parked(
            leg.equals(caller)
                ? LinkHarness.answeredInbound(leg)
                : LinkHarness.outbound(leg, LinkHarness.call(caller), true)));
  }

  private List<Integer> arranged() {
    return link.facts(caller, CallFact.Arranged.class).stream()
        .map(CallFact.Arranged::version)
        .toList();
  }

  private void hold() {
    link.forgetSaid();
    arrange(1, alone(caller, Sound.MUSIC), alone(agent, Sound.SILENCE));
    link.answer("uuid_transfer " + caller + " park inline", "+OK");
    parks(agent);
    parks(caller);
    link.answerAll();
  }

  private void isIn(LegId leg, String room) {
    link.pass(Duration.ofMillis(100));
    link.answer("uuid_getvar " + leg + " current_application_data", room + "@tandem");
  }

  private String name(int number) {
    return "tandem-" + caller + "-" + number;
  }

  @Test
  void shouldHoldByParkingOneWhoseOtherIsParkedByTheSwitch() {
    hold();
    assertThat(link.commands)
        .containsExactly(
            "uuid_transfer " + caller + " park inline",
            "uuid_broadcast " + agent + " playback::silence_stream://-1 aleg",
            "uuid_broadcast " + caller + " playback::tone_stream://music aleg");
    assertThat(link.facts(caller)).hasSize(1);
    assertThat(arranged()).containsExactly(1);
    assertThat(link.nudging).isFalse();
  }

  @Test
  void shouldNotChangeWhatIsHeardBeforeItHasBegun() {
    hold();
    link.forgetSaid();
    arrange(2, alone(caller, Sound.RINGING), alone(agent, Sound.SILENCE));
    link.pass(Duration.ofMillis(300));
    assertThat(link.commands).as("a break would be lost").isEmpty();
    link.pass(Duration.ofMillis(100));
    link.answerAll();
    assertThat(link.commands)
        .containsExactly(
            "uuid_break " + caller + " all",
            "uuid_broadcast "
                + caller
                + " playback::tone_stream://%(2000,4000,440,480);loops=-1 aleg");
    assertThat(arranged()).containsExactly(2);
  }

  @Test
  void shouldPlayAgainAfterAnotherParkOnlyOnceTheFirstCanBeEnded() {
    hold();
    link.forgetSaid();
    parks(caller);
    link.pass(Duration.ofMillis(300));
    assertThat(link.commands).as("the first may be heard yet, a break would be lost").isEmpty();
    link.pass(Duration.ofMillis(100));
    assertThat(link.commands)
        .containsExactly("uuid_break " + caller + " all", CallbackFixture.music(caller));
    link.pass(Duration.ofSeconds(1));
    assertThat(link.commands).hasSize(2);
  }

  @Test
  void shouldDropWhatHasNotBegunBeforeABridgeSinceItWouldBePlayedIntoTheTalk() {
    hold();
    link.forgetSaid();
    arrange(2, room(caller, agent));
    assertThat(link.commands)
        .containsExactly(
            "uuid_break " + caller + " all",
            "uuid_break " + agent + " all",
            "uuid_bridge " + caller + " " + agent);
    link.answer("uuid_break", "+OK");
    link.answer("uuid_break", "+OK");
    link.answer("uuid_bridge", "-ERR Invalid uuid");
    link.forgetSaid();
    arrange(3, alone(caller, Sound.MUSIC), alone(agent, Sound.SILENCE));
    link.pass(Duration.ofMillis(400));
    assertThat(link.commands)
        .as("it was dropped for nothing")
        .contains(CallbackFixture.music(caller));
  }

  @Test
  void shouldResumeByABridgeThatIsNoFactOfItsOwn() {
    hold();
    link.musicBegins();
    link.forgetSaid();
    arrange(2, room(caller, agent));
    link.answer("uuid_bridge " + caller + " " + agent, "+OK " + agent);
    assertThat(arranged()).as("accepted is not done").isEmpty();
    link.happen(new Happening.Joined(caller, agent));
    assertThat(ErrandFixture.names(link.facts(caller))).containsExactly("Arranged");
  }

  @Test
  void shouldChangeNothingWhenItIsSoAlready() {
    link.forgetSaid();
    arrange(1, room(caller, agent));
    arrange(1, room(caller, agent));
    assertThat(link.commands).isEmpty();
    assertThat(arranged()).containsExactly(1, 1);
  }

  @Test
  void shouldIgnoreALowerVersionAndGoOnWithAHigherOneAfterTheMoveUnderWay() {
    link.forgetSaid();
    arrange(2, alone(caller, Sound.MUSIC), alone(agent, Sound.SILENCE));
    arrange(1, room(caller, agent));
    arrange(3, room(caller, agent));
    assertThat(link.commands).as("one move at a time").hasSize(1);
    link.answerAll();
    parks(agent);
    parks(caller);
    link.answer("uuid_bridge " + caller + " " + agent, "+OK");
    link.happen(new Happening.Joined(caller, agent));
    assertThat(arranged()).containsExactly(3);
  }

  @Test
  void shouldSwapByOneBridgeAndLetTheSwitchParkWhoIsLeft() {
    hold();
    LegId guest = link.answeredAgent(caller);
    arrange(2, alone(caller, Sound.MUSIC), room(agent, guest));
    link.answerAll();
    link.happen(new Happening.Joined(agent, guest));
    link.forgetSaid();
    arrange(3, room(caller, agent), alone(guest, Sound.MUSIC));
    link.answer("uuid_bridge " + caller + " " + agent, "+OK");
    assertThat(link.commands).as("nothing is ordered for who is being parked").hasSize(1);
    parks(guest);
    link.happen(new Happening.Parted(agent, guest));
    link.happen(new Happening.Joined(caller, agent));
    link.answerAll();
    assertThat(arranged()).containsExactly(3);
    assertThat(link.commands).endsWith(CallbackFixture.music(guest));
  }

  @Test
  void shouldBringThreeIntoAConferenceOneOfTwoWhoTalkAfterTheOther() {
    LegId third = link.answeredAgent(caller);
    link.forgetSaid();
    arrange(1, room(caller, agent, third));
    String enter = " 'conference:" + name(0) + "@tandem' inline";
    assertThat(link.commands)
        .containsExactly("uuid_transfer " + caller + enter, "uuid_transfer " + third + enter);
    link.answerAll();
    parks(agent);
    assertThat(link.commands).endsWith("uuid_transfer " + agent + enter);
    link.answerAll();
    for (LegId leg : List.of(caller, agent, third)) {
      assertThat(arranged()).isEmpty();
      isIn(leg, name(0));
    }
    assertThat(arranged()).containsExactly(1);

    link.logic.command(
        new SwitchCommand.Ask(LinkHarness.call(caller), List.of(caller, agent, third)));
    assertThat(link.last(caller, CallFact.StillUp.class).up())
        .allMatch(view -> view.state() == CallFact.LegState.BRIDGED && view.bridgedTo() == null);
  }

  @Test
  void shouldMuteBeforeItMoves() {
    link.forgetSaid();
    arrange(
        1, new Room(List.of(place(caller, Sound.MUSIC), new Place(agent, true, Sound.SILENCE))));
    assertThat(link.commands).containsExactly("uuid_audio " + agent + " start read mute -1");
    assertThat(arranged()).isEmpty();
    link.answerAll();
    assertThat(arranged()).containsExactly(1);
    arrange(2, room(caller, agent));
    link.answer("uuid_audio " + agent + " stop", "+OK");
    assertThat(arranged()).containsExactly(1, 2);
  }

  @Test
  void shouldLetACallerBeHeardAgainWhoIsGivenToAQueue() {
    link.forgetSaid();
    arrange(
        1, new Room(List.of(new Place(caller, true, Sound.MUSIC), place(agent, Sound.SILENCE))));
    link.answerAll();
    link.forgetSaid();
    link.order(
        new SwitchCommand.Repark(LinkHarness.call(caller), caller, agent, link.incarnation()));
    assertThat(link.commands).contains("uuid_audio " + caller + " stop");
  }

  @Test
  void shouldLetASupervisorListenAndChangeWhoHearsHer() {
    LegId boss = link.answeredAgent(caller);
    link.forgetSaid();
    arrange(1, List.of(room(caller, agent)), List.of(new Listener(boss, agent, Ear.WHISPER)));
    link.answer("uuid_setvar_multi " + boss, "+OK");
    link.answer("uuid_transfer " + boss, "+OK");
    assertThat(link.commands)
        .containsExactly(
            "uuid_setvar_multi "
                + boss
                + " eavesdrop_enable_dtmf=false;eavesdrop_whisper_aleg=false"
                + ";eavesdrop_whisper_bleg=true",
            "uuid_transfer " + boss + " 'm:^:eavesdrop:" + agent + "^park' inline");
    link.pass(Duration.ofMillis(100));
    link.answer("uuid_getvar " + boss, agent.value());
    assertThat(arranged()).containsExactly(1);

    link.forgetSaid();
    arrange(2, List.of(room(caller, agent)), List.of(new Listener(boss, agent, Ear.BARGE)));
    assertThat(link.commands)
        .singleElement()
        .asString()
        .endsWith("eavesdrop_whisper_aleg=true;eavesdrop_whisper_bleg=true");
  }

  @Test
  void shouldNotListenWhenTheChannelCouldNotBeToldWhoHears() {
    LegId boss = link.answeredAgent(caller);
    link.forgetSaid();
    arrange(1, List.of(room(caller, agent)), List.of(new Listener(boss, agent, Ear.MONITOR)));
    link.answer("uuid_setvar_multi " + boss, "-ERR it would not");
    assertThat(link.commands).noneMatch(command -> command.contains("eavesdrop:"));
  }

  @Test
  void shouldLeaveOutWhoIsGoneAndKeepWhoIsLeftAlone() {
    hold();
    link.musicBegins();
    link.forgetSaid();
    arrange(2, room(caller, agent));
    link.answer("uuid_bridge", "+OK");
    link.happen(new Happening.Ended(LinkHarness.outbound(agent, null, true), "NORMAL_CLEARING"));
    link.answer("uuid_transfer " + caller + " park inline", "+OK");
    parks(caller);
    link.answerAll();
    assertThat(arranged()).containsExactly(2);
    assertThat(link.commands)
        .endsWith("uuid_broadcast " + caller + " playback::silence_stream://-1 aleg");
  }

  @Test
  void shouldBringAnAgentBackWhoseCallerEndedBeforeTheyWereJoined() {
    LegId other = link.greeted();
    LegId left = link.answeredAgent(other);
    link.order(
        new SwitchCommand.Bridge(
            LinkHarness.call(other), left, other, link.now.plusMillis(500), link.incarnation()));
    link.answer("uuid_bridge", "+OK");
    Room room = alone(left, Sound.MUSIC);
    link.happen(new Happening.Ended(LinkHarness.answeredInbound(other), "NORMAL_CLEARING"));
    link.forgetSaid();
    link.order(
        new SwitchCommand.Arrange(
            LinkHarness.call(other), 1, List.of(room), List.of(), link.incarnation()));
    assertThat(link.commands).as("it may park by itself").isEmpty();
    link.pass(Duration.ofMillis(300));
    link.answer("uuid_transfer " + left + " park inline", "+OK");
    link.happen(new Happening.Parked(LinkHarness.outbound(left, LinkHarness.call(other), true)));
    link.answerAll();
    assertThat(link.facts(other, CallFact.Arranged.class)).hasSize(1);
    assertThat(link.commands).endsWith(CallbackFixture.music(left));
  }

  @Test
  void shouldTryAgainAndThenSayWhichLegCouldNotBeMoved() {
    hold();
    link.musicBegins();
    link.forgetSaid();
    arrange(2, room(caller, agent));
    for (int tried = 1; tried <= 3; tried++) {
      assertThat(link.facts(caller, CallFact.ArrangeFailed.class)).isEmpty();
      link.answer("uuid_bridge", "-ERR Invalid uuid");
      link.pass(Duration.ofMillis(400));
      link.unanswered.removeIf(written -> written.command().startsWith("uuid_exists"));
    }
    CallFact.ArrangeFailed failed = link.last(caller, CallFact.ArrangeFailed.class);
    assertThat(failed.version()).isEqualTo(2);
    assertThat(failed.text()).isEqualTo("-ERR Invalid uuid");
    assertThat(link.unanswered).isEmpty();

    arrange(2, room(caller, agent));
    link.answer("uuid_bridge", "+OK");
    link.happen(new Happening.Joined(caller, agent));
    assertThat(arranged()).as("ordered again, it is tried again").containsExactly(2);
  }

  @Test
  void shouldGiveUpWhatIsNotDoneInTime() {
    link.forgetSaid();
    arrange(1, alone(caller, Sound.MUSIC), alone(agent, Sound.SILENCE));
    for (int i = 0; i < 80; i++) {
      link.pass(Duration.ofMillis(100));
    }
    assertThat(link.facts(caller, CallFact.ArrangeFailed.class)).hasSize(1);
    assertThat(arranged()).isEmpty();
  }

  @Test
  void shouldParkACallerAgainWithMusicThatIsGivenToAQueue() {
    hold();
    arrange(2, room(caller, agent));
    link.answerAll();
    link.happen(new Happening.Joined(caller, agent));
    link.forgetSaid();
    link.order(
        new SwitchCommand.Repark(LinkHarness.call(caller), caller, agent, link.incarnation()));
    link.pass(Duration.ofMillis(100));
    link.answer("uuid_park " + caller, "+OK");
    parks(caller);
    link.answerAll();
    assertThat(link.commands).endsWith(CallbackFixture.music(caller));
    assertThat(ErrandFixture.names(link.facts(caller))).containsExactly("Parked");
  }

  @Test
  void shouldLearnAfterALossWhereEachIsAndOrderOnlyWhatIsLacking() {
    link.disconnect();
    String row =
        "{\"uuid\":\"%s\",\"direction\":\"%s\",\"state\":\"CS_EXECUTE\",\"callstate\":\"ACTIVE\","
            + "\"application\":\"%s\",\"application_data\":\"%s\"}";
    LegId third = LinkHarness.leg();
    link.ready(
        LinkHarness.CORE,
        ErrandFixture.list(
            row.formatted(caller, "inbound", "conference", name(3) + "@tandem"),
            row.formatted(agent, "outbound", "conference", name(3) + "@tandem"),
            row.formatted(third, "outbound", "park", "")));
    link.answer("uuid_getvar " + third + " tandem_call", LinkHarness.call(caller).value());
    link.compared();
    link.forgetSaid();
    arrange(4, room(caller, agent, third));
    assertThat(link.commands)
        .contains("uuid_transfer " + third + " 'conference:" + name(3) + "@tandem' inline")
        .noneMatch(command -> command.startsWith("uuid_transfer " + caller))
        .filteredOn(command -> command.endsWith(" stop"))
        .as("who is muted is not known")
        .hasSize(3);
    link.answerAll();
    isIn(third, name(3));
    assertThat(arranged()).containsExactly(4);
  }

  @Test
  void shouldRefuseAnotherConnectionsOrder() {
    link.forgetSaid();
    link.order(
        new SwitchCommand.Arrange(
            LinkHarness.call(caller), 9, List.of(room(agent)), List.of(), "another"));
    assertThat(link.commands).isEmpty();
    assertThat(ErrandFixture.names(link.facts(caller))).containsExactly("StillUp");
  }
}
