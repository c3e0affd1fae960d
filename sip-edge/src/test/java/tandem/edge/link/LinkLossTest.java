package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.Causes;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.SwitchCommand;

/** What happens when the connection, the switch, or the link's own node is lost, and comes back. */
class LinkLossTest {
  private final LinkHarness link = new LinkHarness();

  private static String row(LegId leg, String direction, String state, String call, String rest) {
    return "{\"uuid\":\""
        + leg
        + "\",\"direction\":\""
        + direction
        + "\",\"state\":\""
        + state
        + "\",\"callstate\":\""
        + call
        + "\",\"cid_num\":\"+15550001\",\"dest\":\""
        + LinkHarness.NUMBER
        + "\","
        + rest
        + "}";
  }

  private static String list(String... rows) {
    return "{\"row_count\":" + rows.length + ",\"rows\":[" + String.join(",", rows) + "]}";
  }

  private static String parked(LegId leg) {
    return row(leg, "inbound", "CS_EXECUTE", "ACTIVE", "\"application\":\"playback\"");
  }

  @Test
  void shouldTellEveryCallAtOnceThatTheLinkIsLost() {
    link.ready().compared();
    LegId one = link.greeted();
    LegId two = link.greeted();
    link.disconnect();
    assertThat(link.facts(one, CallFact.LinkLost.class)).hasSize(1);
    assertThat(link.facts(two, CallFact.LinkLost.class)).hasSize(1);
    assertThat(link.logic.status().state()).isEqualTo(LinkState.LOST);
    assertThat(link.logic.status().incarnation()).isNull();
    assertThat(link.nudging).isFalse();
  }

  @Test
  void shouldBeReadyAndTellEveryCallAfterComparing() {
    link.ready().compared();
    LegId caller = link.greeted();
    link.disconnect();
    link.forgetSaid();
    link.ready(LinkHarness.CORE, list(parked(caller)));
    assertThat(link.logic.status().state()).isEqualTo(LinkState.CONNECTING);
    link.compared();

    assertThat(link.logic.status().state()).isEqualTo(LinkState.READY);
    CallFact.StillUp up = link.last(caller, CallFact.StillUp.class);
    assertThat(up.incarnation()).isEqualTo("incarnation-2");
    assertThat(up.up())
        .singleElement()
        .satisfies(view -> assertThat(view.state()).isEqualTo(LegState.ANSWERED));
  }

  @Test
  void shouldAskAgainWhatCouldNotBeWrittenWhileComparing() {
    LegId caller = LinkHarness.leg();
    LegId agent = LinkHarness.leg();
    LinkHarness moved =
        new LinkHarness(LinkHarness.book(LinkHarness.carried(caller, link.now)), 100);
    moved.ready(
        LinkHarness.CORE,
        list(
            row(
                caller,
                "inbound",
                "CS_EXCHANGE_MEDIA",
                "ACTIVE",
                "\"application\":\"uuid_bridge\"")));
    moved.overload("uuid_getvar " + caller + " bridge_uuid");
    moved.overload("global_getvar core_uuid");
    assertThat(moved.logic.status().state()).isEqualTo(LinkState.CONNECTING);

    moved.pass(Duration.ofMillis(100));
    moved.answer("uuid_getvar " + caller + " bridge_uuid", agent.value());
    moved.compared();
    assertThat(moved.logic.status().state()).isEqualTo(LinkState.READY);
    assertThat(moved.last(caller, CallFact.StillUp.class).up())
        .singleElement()
        .satisfies(view -> assertThat(view.state()).isEqualTo(LegState.BRIDGED));
  }

  @Test
  void shouldFindAgainWhoTalksToWhom() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    LinkHarness moved =
        new LinkHarness(LinkHarness.book(LinkHarness.carried(caller, link.now)), 100);
    moved.ready(
        LinkHarness.CORE,
        list(
            row(
                caller,
                "inbound",
                "CS_EXCHANGE_MEDIA",
                "ACTIVE",
                "\"application\":\"uuid_bridge\""),
            row(
                agent,
                "outbound",
                "CS_SOFT_EXECUTE",
                "ACTIVE",
                "\"application\":\"uuid_bridge\"")));
    moved.answer("uuid_getvar " + caller + " bridge_uuid", agent.value());
    moved.answer("uuid_getvar " + agent + " tandem_call", LinkHarness.call(caller).value());
    moved.answer("uuid_getvar " + agent + " bridge_uuid", caller.value());
    moved.compared();

    assertThat(moved.last(caller, CallFact.StillUp.class).up())
        .containsExactlyInAnyOrder(
            new CallFact.LegView(caller, LegState.BRIDGED, agent),
            new CallFact.LegView(agent, LegState.BRIDGED, caller));
  }

  /** A call that asks meanwhile must not take its agent for one who talks to nobody. */
  @Test
  void shouldSayNothingOfABridgedLegBeforeItKnowsWithWhom() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    LinkHarness moved =
        new LinkHarness(LinkHarness.book(LinkHarness.carried(caller, link.now)), 100);
    moved.ready(
        LinkHarness.CORE,
        list(
            row(
                agent,
                "outbound",
                "CS_SOFT_EXECUTE",
                "ACTIVE",
                "\"application\":\"uuid_bridge\"")));
    moved.answer("uuid_getvar " + agent + " tandem_call", LinkHarness.call(caller).value());
    moved.order(new SwitchCommand.Ask(LinkHarness.call(caller), List.of(agent)));

    assertThat(moved.last(caller, CallFact.StillUp.class).up()).isEmpty();
    moved.answer("uuid_getvar " + agent + " bridge_uuid", caller.value());
    moved.order(new SwitchCommand.Ask(LinkHarness.call(caller), List.of(agent)));
    assertThat(moved.last(caller, CallFact.StillUp.class).up())
        .containsExactly(new CallFact.LegView(agent, LegState.BRIDGED, caller));
  }

  @Test
  void shouldTakeNewerEventsOverTheList() {
    LegId caller = LinkHarness.leg();
    LinkHarness moved =
        new LinkHarness(LinkHarness.book(LinkHarness.carried(caller, link.now)), 100);
    moved.connect();
    moved.answer("global_getvar core_uuid", LinkHarness.CORE);
    moved.happen(new Happening.Ended(LinkHarness.answeredInbound(caller), "NORMAL_CLEARING"));
    moved.answer("show channels as json", list(parked(caller)));
    moved.compared();
    CallFact.StillUp up = moved.last(caller, CallFact.StillUp.class);
    assertThat(up.up()).isEmpty();
    assertThat(up.absent()).containsExactly(caller);
  }

  @Test
  void shouldMakeAnArrivalOfAParkedCallerWhomNobodyKnows() {
    LegId caller = LinkHarness.leg();
    link.ready(
            LinkHarness.CORE,
            list(row(caller, "inbound", "CS_EXECUTE", "RINGING", "\"application\":\"park\"")))
        .compared();
    assertThat(link.last(caller, CallFact.Arrived.class).calledNumber())
        .isEqualTo(LinkHarness.NUMBER);
  }

  @Test
  void shouldSayGoneOfACallerWhoLeftDuringTheOutage() {
    link.ready().compared();
    LegId caller = link.greeted();
    link.disconnect();
    link.ready();
    link.answer("uuid_exists " + caller, "false");
    link.compared();
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.ABSENT);
    assertThat(link.last(caller, CallFact.StillUp.class).absent()).containsExactly(caller);
  }

  @Test
  void shouldKillAChannelOfACallThatIsOver() {
    LegId stray = LinkHarness.leg();
    LegId over = LinkHarness.leg();
    link.ready(
        LinkHarness.CORE,
        list(row(stray, "outbound", "CS_EXECUTE", "ACTIVE", "\"application\":\"park\"")));
    link.answer("uuid_getvar", LinkHarness.call(over).value());
    assertThat(link.commands).contains("uuid_kill " + stray + " NORMAL_CLEARING");
  }

  @Test
  void shouldLeaveAChannelOfSomebodyElseAlone() {
    LegId foreign = LinkHarness.leg();
    link.ready(
        LinkHarness.CORE,
        list(row(foreign, "outbound", "CS_EXECUTE", "ACTIVE", "\"application\":\"park\"")));
    link.answer("uuid_getvar", "_undef_");
    assertThat(link.commands).noneMatch(command -> command.startsWith("uuid_kill"));
  }

  /** Race 13: messages lost, repeated or late become visible by incarnations and tombstones. */
  @Test
  void race13ShouldRefuseAnOrderThatComesAfterItsLegWasSaidToBeAbsent() {
    link.ready().compared();
    LegId caller = link.greeted();
    link.pass(Duration.ofSeconds(3));
    LegId agent = LinkHarness.leg();
    SwitchCommand.Originate late = link.originate(caller, agent);
    link.order(new SwitchCommand.Ask(LinkHarness.call(caller), List.of(agent)));
    link.answer("uuid_exists " + agent, "false");
    assertThat(link.last(caller, CallFact.StillUp.class).absent()).contains(agent);

    link.forgetSaid();
    link.order(late);
    assertThat(link.commands).isEmpty();
    assertThat(link.last(caller, CallFact.LegGone.class).leg()).isEqualTo(agent);
  }

  /**
   * Race 14: the edge that lost the switch cannot have its old orders carried out by the new one.
   */
  @Test
  void race14ShouldNotCarryOutOrdersMeantForAnotherOwnerOfTheSwitch() {
    link.ready().compared();
    LegId caller = link.greeted();
    SwitchCommand.Originate meantForTheOld = link.originate(caller, LinkHarness.leg());
    LinkHarness other =
        new LinkHarness(LinkHarness.book(LinkHarness.carried(caller, link.now)), 100);
    other.connections = 5;
    other.ready(LinkHarness.CORE, list(parked(caller))).compared();
    other.forgetSaid();

    other.order(meantForTheOld);
    assertThat(other.commands).isEmpty();
    assertThat(other.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.NOT_ORDERED);
    assertThat(other.last(caller, CallFact.StillUp.class).incarnation())
        .isEqualTo(other.incarnation());
  }

  /** Race 15, ringing: the ringing leg is found again or said to be absent, never ordered twice. */
  @Test
  void race15ShouldFindALegThatRangWhenTheLinkWasLost() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.ordered(caller);
    link.disconnect();
    link.ready(LinkHarness.CORE, list(parked(caller)));
    link.answer("uuid_exists " + agent, "false");
    link.compared();
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();

    link.order(new SwitchCommand.Ask(LinkHarness.call(caller), List.of(agent)));
    link.forgetSaid();
    link.pass(Duration.ofSeconds(2));
    link.answer("uuid_exists " + agent, "false");
    assertThat(link.last(caller, CallFact.LegGone.class))
        .satisfies(
            gone -> {
              assertThat(gone.leg()).isEqualTo(agent);
              assertThat(gone.cause()).isEqualTo(Causes.ABSENT);
            });
  }

  /** Race 15, talking: the two talk on, and the call learns that they do. */
  @Test
  void race15ShouldKeepTalkingLegsOverALinkLoss() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.disconnect();
    link.forgetSaid();
    link.ready(
        LinkHarness.CORE,
        list(
            row(
                caller,
                "inbound",
                "CS_EXCHANGE_MEDIA",
                "ACTIVE",
                "\"application\":\"uuid_bridge\""),
            row(
                agent,
                "outbound",
                "CS_SOFT_EXECUTE",
                "ACTIVE",
                "\"application\":\"uuid_bridge\"")));
    link.answer("uuid_getvar " + caller + " bridge_uuid", agent.value());
    link.answer("uuid_getvar " + agent + " bridge_uuid", caller.value());
    link.compared();
    assertThat(link.last(caller, CallFact.StillUp.class).up())
        .extracting(CallFact.LegView::state)
        .containsExactly(LegState.BRIDGED, LegState.BRIDGED);
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
  }

  @Test
  void shouldEndAllLegsWhenTheSwitchStartedAnew() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.disconnect();
    link.ready(LinkHarness.OTHER_CORE, "{\"row_count\":0}");
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .extracting(CallFact.LegGone::leg)
        .containsExactlyInAnyOrder(caller, agent);
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.SWITCH_LOST);
  }

  @Test
  void shouldGiveUpASwitchThatIsLostForTooLongAndKillItsLegsWhenSeenAgain() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.bridgedAgent(caller);
    link.disconnect();
    link.pass(Duration.ofSeconds(59));
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    link.pass(Duration.ofSeconds(1));
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .hasSize(2)
        .allSatisfy(gone -> assertThat(gone.cause()).isEqualTo(Causes.SWITCH_LOST));

    link.forgetSaid();
    link.pass(Duration.ofSeconds(20));
    link.ready(
        LinkHarness.CORE,
        list(
            parked(caller),
            row(agent, "outbound", "CS_EXECUTE", "ACTIVE", "\"application\":\"park\"")));
    assertThat(link.commands)
        .contains(
            "uuid_kill " + caller + " NORMAL_CLEARING", "uuid_kill " + agent + " NORMAL_CLEARING");
  }

  @Test
  void shouldCountTheOutageFromWhenItBeganAlsoAfterARestart() {
    LegId caller = LinkHarness.leg();
    LinkBook down =
        new LinkBook(
            List.of(LinkHarness.carried(caller, link.now)),
            LinkHarness.CORE,
            link.now.minusSeconds(59),
            false,
            false);
    LinkHarness restarted = new LinkHarness(down, 100);
    restarted.disconnect();
    restarted.pass(Duration.ofSeconds(1));
    assertThat(restarted.last(caller, CallFact.LegGone.class).cause())
        .isEqualTo(Causes.SWITCH_LOST);
  }

  @Test
  void shouldAnswerThatNothingCanBeDoneWhileLost() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId agent = link.answeredAgent(caller);
    link.disconnect();
    link.forgetSaid();
    link.order(new SwitchCommand.Ask(LinkHarness.call(caller), List.of(agent)));
    link.order(new SwitchCommand.Kill(LinkHarness.call(caller), agent, "NORMAL_CLEARING"));
    assertThat(link.facts(caller)).hasOnlyElementsOfType(CallFact.LinkLost.class).hasSize(2);
    assertThat(link.commands).isEmpty();

    link.ready(
        LinkHarness.CORE,
        list(
            parked(caller),
            row(agent, "outbound", "CS_EXECUTE", "ACTIVE", "\"application\":\"park\"")));
    assertThat(link.commands).contains("uuid_kill " + agent + " NORMAL_CLEARING");
  }

  @Test
  void shouldAnswerQuestionsByTableTombstoneAndSwitch() {
    link.ready().compared();
    LegId caller = link.greeted();
    LegId ringing = link.ordered(caller);
    LegId busy = link.ordered(caller);
    link.happen(new Happening.OrderDone(busy, "-ERR USER_BUSY"));
    LegId unheardOf = LinkHarness.leg();
    link.pass(Duration.ofSeconds(3));
    link.forgetSaid();

    link.order(
        new SwitchCommand.Ask(LinkHarness.call(caller), List.of(caller, ringing, busy, unheardOf)));
    assertThat(link.facts(caller)).isEmpty();
    link.answer("uuid_exists " + unheardOf, "false");

    CallFact.StillUp answer = link.last(caller, CallFact.StillUp.class);
    assertThat(answer.up())
        .containsExactly(
            new CallFact.LegView(caller, LegState.ANSWERED, null),
            new CallFact.LegView(ringing, LegState.PENDING, null));
    assertThat(answer.absent()).containsExactlyInAnyOrder(busy, unheardOf);
    assertThat(link.facts(caller, CallFact.LegGone.class))
        .extracting(CallFact.LegGone::cause)
        .contains("USER_BUSY", Causes.ABSENT);
  }

  @Test
  void shouldRemindEveryCallEveryTenSecondsAndWhenANodeLeaves() {
    link.ready().compared();
    LegId caller = link.greeted();
    link.forgetSaid();
    link.pass(Duration.ofSeconds(11));
    assertThat(link.facts(caller, CallFact.StillUp.class)).hasSize(1);
    link.logic.memberLeft();
    assertThat(link.facts(caller, CallFact.StillUp.class)).hasSize(2);
  }

  @Test
  void shouldCompareAgainEveryMinute() {
    link.ready().compared();
    LegId caller = link.greeted();
    link.forgetSaid();
    link.pass(Duration.ofSeconds(30));
    link.answerAll();
    link.pass(Duration.ofSeconds(30));
    assertThat(link.commands).contains("show channels as json");
    link.unanswered.removeIf(w -> w.command().equals("status"));
    link.answer("show channels as json", "{\"row_count\":0}");
    link.answer("uuid_exists " + caller, "false");
    link.pass(Duration.ofMillis(500));
    link.answer("uuid_exists " + caller, "false");
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.ABSENT);
  }

  @Test
  void shouldAskASilentSwitchForASignOfLifeOnce() {
    link.ready().compared();
    link.forgetSaid();
    link.pass(Duration.ofSeconds(31));
    link.pass(Duration.ofSeconds(1));
    assertThat(link.commands).containsOnlyOnce("status");
    link.logic.noReply(new Purpose.Ping(), "no answer within 5000 ms");
    assertThat(link.reconnects).hasSize(1);
  }

  @Test
  void shouldStayDrainedOverARestart() {
    link.ready().compared();
    link.logic.drain(true);
    LinkHarness restarted =
        new LinkHarness(new LinkBook(List.of(), LinkHarness.CORE, null, false, true), 100);
    restarted.ready().compared();
    assertThat(restarted.logic.status().state()).isEqualTo(LinkState.DRAINING);
    restarted.logic.drain(false);
    assertThat(restarted.logic.status().state()).isEqualTo(LinkState.READY);
  }
}
