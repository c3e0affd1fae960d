package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

class KillTest {
  private final LinkHarness link = new LinkHarness().ready().compared();
  private final LegId caller = link.greeted();

  private void kill(LegId leg) {
    link.order(new SwitchCommand.Kill(LinkHarness.call(caller), leg, "ORIGINATOR_CANCEL"));
  }

  @Test
  void shouldSayGoneOnlyWhenTheSwitchSaysSo() {
    LegId agent = link.ordered(caller);
    kill(agent);
    link.answer("uuid_kill " + agent + " ORIGINATOR_CANCEL", "+OK");
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(agent, LinkHarness.call(caller), false), "ORIGINATOR_CANCEL"));
    assertThat(link.last(caller, CallFact.LegGone.class).byLink()).isFalse();
  }

  @Test
  void shouldCancelAnOrderThatWaitsForPacing() {
    LinkHarness slow = new LinkHarness(LinkBook.EMPTY, 1).ready().compared();
    LegId someone = slow.greeted();
    slow.ordered(someone);
    LegId waiting = LinkHarness.leg();
    slow.order(slow.originate(someone, waiting));
    slow.forgetSaid();

    slow.order(new SwitchCommand.Kill(LinkHarness.call(someone), waiting, "NORMAL_CLEARING"));
    slow.pass(Duration.ofSeconds(2));

    assertThat(slow.commands).isEmpty();
    assertThat(slow.last(someone, CallFact.LegGone.class))
        .satisfies(
            gone -> {
              assertThat(gone.leg()).isEqualTo(waiting);
              assertThat(gone.cause()).isEqualTo(Causes.NOT_ORDERED);
            });
  }

  @Test
  void shouldKillAgainWhenTheKillCameBeforeTheChannel() {
    LegId agent = link.ordered(caller);
    kill(agent);
    link.answer("uuid_kill", "-ERR No such channel!\n");
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();

    link.forgetSaid();
    link.pass(Duration.ofMillis(100));
    assertThat(link.commands).containsExactly("uuid_kill " + agent + " ORIGINATOR_CANCEL");
    link.answer("uuid_kill", "-ERR No such channel!\n");

    link.forgetSaid();
    link.happen(new Happening.OrderDone(agent, "+OK " + agent));
    assertThat(link.commands).containsExactly("uuid_kill " + agent + " ORIGINATOR_CANCEL");
  }

  @Test
  void shouldNotAnnounceALegThatIsToBeKilled() {
    LegId agent = link.ordered(caller);
    kill(agent);
    link.answerAll();
    link.happen(new Happening.Parked(LinkHarness.outbound(agent, LinkHarness.call(caller), true)));
    link.happen(new Happening.OrderDone(agent, "+OK " + agent));
    assertThat(link.facts(caller, CallFact.LegAnswered.class)).isEmpty();
  }

  @Test
  void shouldLeaveATombstoneWhenAKillFindsNothing() {
    link.pass(Duration.ofSeconds(3));
    LegId never = LinkHarness.leg();
    kill(never);
    link.answer("uuid_kill", "-ERR No such channel!\n");
    assertThat(link.last(caller, CallFact.LegGone.class))
        .satisfies(
            gone -> {
              assertThat(gone.cause()).isEqualTo(Causes.ABSENT);
              assertThat(gone.byLink()).isTrue();
            });

    link.forgetSaid();
    link.order(link.originate(caller, never));
    assertThat(link.commands).isEmpty();
  }

  @Test
  void shouldNotBelieveAKillThatFindsNothingRightAfterConnecting() {
    LegId old = LinkHarness.leg();
    kill(old);
    link.answer("uuid_kill", "-ERR No such channel!\n");
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();

    link.forgetSaid();
    link.pass(Duration.ofSeconds(2));
    assertThat(link.commands).contains("uuid_kill " + old + " ORIGINATOR_CANCEL");
    link.answer("uuid_kill", "-ERR No such channel!\n");
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.ABSENT);
  }

  @Test
  void shouldKillAgainWhenTheKillWasNotWritten() {
    link.pass(Duration.ofSeconds(3));
    LegId unseen = LinkHarness.leg();
    kill(unseen);
    link.overload("uuid_kill " + unseen);
    kill(caller);
    link.overload("uuid_kill " + caller);
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();

    link.forgetSaid();
    link.pass(Duration.ofMillis(100));
    assertThat(link.commands)
        .containsExactlyInAnyOrder(
            "uuid_kill " + unseen + " ORIGINATOR_CANCEL",
            "uuid_kill " + caller + " ORIGINATOR_CANCEL");
  }

  @Test
  void shouldBelieveAFailedKillOnlyWhenItSaysThatThereIsNoChannel() {
    link.pass(Duration.ofSeconds(3));
    LegId unseen = LinkHarness.leg();
    kill(unseen);
    link.answer("uuid_kill", "-ERR not now");
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    link.pass(Duration.ofSeconds(1));
    link.answer("uuid_kill", "-ERR No such channel!\n");
    assertThat(link.last(caller, CallFact.LegGone.class).leg()).isEqualTo(unseen);
  }

  @Test
  void shouldLookForALegWhoseEndIsNotReported() {
    LegId agent = link.answeredAgent(caller);
    kill(agent);
    link.answer("uuid_kill", "+OK");
    link.pass(Duration.ofSeconds(1));
    link.answer("uuid_exists " + agent, "false");
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    link.pass(Duration.ofMillis(500));
    link.answer("uuid_exists " + agent, "false");
    assertThat(link.last(caller, CallFact.LegGone.class).cause()).isEqualTo(Causes.ABSENT);
  }

  @Test
  void shouldKillAnAnsweredLegOfNoCarriedCall() {
    LegId stranger = LinkHarness.leg();
    LegId agent = LinkHarness.leg();
    link.forgetSaid();
    link.happen(
        new Happening.Parked(LinkHarness.outbound(agent, LinkHarness.call(stranger), true)));
    assertThat(link.commands).containsExactly("uuid_kill " + agent + " NORMAL_CLEARING");
  }

  @Test
  void shouldKillTheGhostOfALegThatWasSaidToBeAbsent() {
    link.pass(Duration.ofSeconds(3));
    LegId ghost = LinkHarness.leg();
    kill(ghost);
    link.answer("uuid_kill", "-ERR No such channel!\n");
    link.forgetSaid();
    link.happen(new Happening.Rang(LinkHarness.outbound(ghost, LinkHarness.call(caller), false)));
    assertThat(link.commands).containsExactly("uuid_kill " + ghost + " NORMAL_CLEARING");
    assertThat(link.facts(caller)).isEmpty();
  }

  @Test
  void shouldRefuseCausesThatAreNone() {
    link.forgetSaid();
    link.order(new SwitchCommand.Kill(LinkHarness.call(caller), caller, "X\n\napi fsctl shutdown"));
    assertThat(link.commands).containsExactly("uuid_kill " + caller + " NORMAL_CLEARING");
  }
}
