package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.SwitchCommand;

/** The connection breaks while a caller is on an errand. */
class ErrandLossTest extends ErrandFixture {
  @Test
  void shouldLeaveACallerWhoIsAwayAloneWhenItComparesNotes() {
    LegId caller = away(1, OUTSIDE);
    LegId outside = LinkHarness.leg();
    link.disconnect();
    link.forgetSaid();
    link.ready(
        LinkHarness.CORE,
        list(
            row(caller, "inbound", "CS_EXECUTE", "bridge"),
            row(outside, "outbound", "CS_EXCHANGE_MEDIA", "")));
    link.answer("uuid_getvar " + outside + " tandem_call", "_undef_");
    link.answer("uuid_getvar " + outside + " bridge_uuid", caller.value());
    link.compared();
    link.pass(Duration.ofSeconds(1));

    assertThat(link.commands)
        .noneMatch(c -> c.startsWith("uuid_kill") || c.startsWith("uuid_park"))
        .noneMatch(c -> c.startsWith("uuid_broadcast"));
    assertThat(link.last(caller, CallFact.StillUp.class).up())
        .containsExactly(new CallFact.LegView(caller, LegState.ANSWERED, null));
    assertThat(link.last(caller, CallFact.StillUp.class).absent()).isEmpty();
  }

  @Test
  void shouldAskTheSwitchBeforeItRunsWhatAnEarlierConnectionMayHaveBegun() {
    LegId caller = link.greeted();
    link.order(handOver(caller, 1, ANNOUNCE));
    reconnect(caller, "park");
    link.order(handOver(caller, 1, ANNOUNCE));
    link.order(handOver(caller, 1, ANNOUNCE));
    assertThat(link.commands).containsExactly("uuid_getvar " + caller + " tandem_errand");
    assertThat(link.facts(caller)).isEmpty();

    link.answer("uuid_getvar", "_undef_");
    link.answerAll();
    assertThat(link.commands).containsOnlyOnce(transfer(caller, "announce-1"));
    assertThat(names(link.facts(caller))).containsExactly("HandedOver");
    link.happen(back(caller, 1));
    assertThat(link.facts(caller, CallFact.Returned.class)).hasSize(1);
  }

  @Test
  void shouldRunTheNextErrandOfACallerWhoWasOnAnotherBefore() {
    LegId caller = away(1, ANNOUNCE);
    reconnect(caller, "park");
    link.order(handOver(caller, 2, VOICEMAIL));
    link.answer("uuid_getvar " + caller + " tandem_errand", "1");
    link.answerAll();
    assertThat(link.commands).endsWith(transfer(caller, "voicemail-2"));
  }

  @Test
  void shouldNotRunWhatTheSwitchHasBegunAndWaitForItsEnd() {
    LegId caller = away(1, ANNOUNCE);
    reconnect(caller, "playback");
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("uuid_getvar " + caller + " tandem_errand", "1");
    link.answer("uuid_getvar " + caller + " tandem_errand_over", "_undef_");
    assertThat(names(link.facts(caller))).containsExactly("HandedOver");
    link.happen(back(caller, 1));
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
    assertThat(link.commands)
        .noneMatch(command -> command.startsWith("uuid_transfer"))
        .endsWith(music(caller));
  }

  @Test
  void shouldFindACallerWhoCameBackUnseenAndPlayMusicAgain() {
    LegId caller = away(2, ANNOUNCE);
    reconnect(caller, "park");
    link.order(handOver(caller, 2, ANNOUNCE));
    link.answer("uuid_getvar " + caller + " tandem_errand", "2");
    link.answer("uuid_getvar " + caller + " tandem_errand_over", "2");
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
    assertThat(link.commands)
        .endsWith("uuid_break " + caller + " all", music(caller))
        .noneMatch(command -> command.startsWith("uuid_transfer"));
  }

  /** The park event comes between the connect and the order of the new incarnation. */
  @Test
  void shouldFindACallerWhoCameBackBeforeItsCallSpokeAgain() {
    LegId caller = away(1, ANNOUNCE);
    reconnect(caller, "playback");
    link.happen(back(caller, 1));
    assertThat(link.facts(caller)).isEmpty();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("uuid_getvar", "1");
    link.answer("uuid_getvar", "1");
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
  }

  @Test
  void shouldSayReturnedOnceWhenTheParkComesWhileItAsks() {
    LegId caller = away(1, ANNOUNCE);
    reconnect(caller, "playback");
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("uuid_getvar", "1");
    link.happen(back(caller, 1));
    link.answer("uuid_getvar", "1");
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
  }

  @Test
  void shouldAskOfASecondWhatNeverReturnsOnlyWhetherItHasBegun() {
    LegId caller = away(1, VOICEMAIL);
    reconnect(caller, "record");
    link.order(handOver(caller, 1, VOICEMAIL));
    link.answer("uuid_getvar " + caller + " tandem_errand", "1");
    assertThat(link.unanswered).isEmpty();
    assertThat(names(link.facts(caller))).containsExactly("HandedOver");
  }

  @Test
  void shouldAskAgainWhenTheSwitchCouldNotBeAsked() {
    LegId caller = away(1, ANNOUNCE);
    reconnect(caller, "playback");
    link.order(handOver(caller, 1, ANNOUNCE));
    link.overload("uuid_getvar");
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("uuid_getvar", "1");
    link.overload("uuid_getvar");
    assertThat(link.facts(caller)).isEmpty();
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("uuid_getvar", "1");
    link.answer("uuid_getvar", "1");
    assertThat(names(link.facts(caller))).containsExactly("HandedOver", "Returned");
  }

  /** Another node has the switch now: it knows nothing of who is away. */
  @Test
  void shouldTakeAnErrandOverFromAnotherOwnerOfTheSwitch() {
    LegId caller = away(1, ANNOUNCE);
    LinkHarness moved =
        new LinkHarness(LinkHarness.book(LinkHarness.carried(caller, link.now)), 100);
    moved
        .ready(LinkHarness.CORE, list(row(caller, "inbound", "CS_EXECUTE", "playback")))
        .compared();
    moved.forgetSaid();
    moved.order(
        new SwitchCommand.HandOver(
            LinkHarness.call(caller), caller, 1, ANNOUNCE, moved.incarnation()));
    moved.answer("uuid_getvar", "1");
    moved.answer("uuid_getvar", "_undef_");
    moved.happen(back(caller, 1));
    assertThat(names(moved.facts(caller))).containsExactly("HandedOver", "Returned");
    assertThat(moved.commands).endsWith(music(caller));
  }

  @Test
  void shouldDoubtALegThatDoesNotAnswerWhenItIsAsked() {
    LegId caller = away(1, ANNOUNCE);
    reconnect(caller, "playback");
    link.order(handOver(caller, 1, ANNOUNCE));
    link.answer("uuid_getvar", "-ERR No such channel!");
    link.pass(Duration.ofMillis(500));
    assertThat(link.commands).endsWith("uuid_exists " + caller);
    assertThat(link.facts(caller)).isEmpty();
  }
}
