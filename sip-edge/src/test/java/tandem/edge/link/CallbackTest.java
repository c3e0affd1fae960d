package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.SwitchCommand;

/** Calls that are to call somebody back are carried as callers' calls are, without a channel. */
class CallbackTest extends CallbackFixture {

  @Test
  void shouldTellBothCallsOnlyWhenTheCallbackIsWrittenDown() {
    link.forgetSaid();
    link.holdJournal = true;
    link.order(callBack());
    assertThat(link.said).isEmpty();
    link.writeJournal();

    assertThat(link.facts(origin)).containsExactly(new CallFact.CallbackKept(callback, link.now));
    assertThat(link.facts(name))
        .containsExactly(
            new CallFact.Arrived(
                name,
                link.logic.status().id(),
                link.incarnation(),
                HOME.value(),
                LinkHarness.NUMBER,
                ENTRY,
                link.now,
                promise(origin, link.now)));
    assertThat(link.journal).contains(new LinkEvent.Carried(carried(origin, link.now)));
    assertThat(link.commands).isEmpty();
    assertThat(link.nudging).isFalse();
    assertThat(link.logic.callsOf(LinkHarness.TENANT)).contains(callback);
  }

  @Test
  void shouldCarryACallbackOnceAndSayEachTimeThatItIsKept() {
    link.holdJournal = true;
    SwitchCommand.CallBack order = callBack();
    link.order(order);
    link.order(order);
    link.writeJournal();
    link.order(new SwitchCommand.Taken(callback, name));
    link.now = link.now.plusSeconds(3);
    link.order(order);

    assertThat(link.journal).filteredOn(LinkEvent.Carried.class::isInstance).hasSize(1);
    assertThat(link.facts(origin, CallFact.CallbackKept.class)).hasSize(2);
    assertThat(link.facts(name, CallFact.Arrived.class)).hasSize(1);
  }

  @Test
  void shouldCarryACallbackWithoutAConnection() {
    link.disconnect();
    link.order(callBack());
    assertThat(link.facts(origin, CallFact.CallbackKept.class)).hasSize(1);
    assertThat(link.last(name, CallFact.Arrived.class).incarnation()).isNull();
  }

  @Test
  void shouldCarryACallbackWhileDraining() {
    link.logic.drain(true);
    assertThat(link.logic.status().state()).isEqualTo(LinkState.DRAINING);
    promised();
    link.ordered(name);
    assertThat(link.commands).anyMatch(command -> command.startsWith("originate "));
  }

  @Test
  void shouldSayArrivedUntilTakenAndThenHowItStandsWithoutAChannel() {
    link.order(callBack());
    link.pass(Duration.ofSeconds(1));
    assertThat(link.facts(name, CallFact.Arrived.class)).hasSize(2);
    link.order(new SwitchCommand.Taken(callback, name));
    link.forgetSaid();
    link.pass(Duration.ofSeconds(12));

    assertThat(names(link.facts(name))).containsOnly("StillUp");
    CallFact.StillUp up = link.last(name, CallFact.StillUp.class);
    assertThat(up.up()).isEmpty();
    assertThat(up.absent()).isEmpty();
    assertThat(up.incarnation()).isEqualTo(link.incarnation());
  }

  /** Its name is a channel's, and the comparison asks for channels that the list lacks. */
  @Test
  void shouldNotLookForAChannelOfACallbackAfterAReconnect() {
    promised();
    link.disconnect();
    assertThat(link.facts(name, CallFact.LinkLost.class)).hasSize(1);
    link.forgetSaid();
    link.ready().compared();

    assertThat(link.commands).noneMatch(command -> command.contains(name.value()));
    assertThat(names(link.facts(name))).containsExactly("StillUp");
    assertThat(link.last(name, CallFact.StillUp.class).absent()).isEmpty();
  }

  @Test
  void shouldSayAfterARecoveryThatItHasArrivedToACallbackThatKnowsNothing() {
    LinkHarness moved =
        new LinkHarness(LinkHarness.book(carried(origin, link.now)), 100).ready().compared();
    assertThat(moved.commands).noneMatch(command -> command.contains(name.value()));
    assertThat(moved.logic.status().channels()).isZero();
    assertThat(names(moved.facts(name))).containsExactly("StillUp");

    moved.order(new SwitchCommand.Unknown(callback));
    assertThat(moved.last(name, CallFact.Arrived.class).callback())
        .isEqualTo(promise(origin, link.now));
    moved.order(callBack());
    assertThat(moved.facts(origin, CallFact.CallbackKept.class)).hasSize(1);
    assertThat(moved.journal).noneMatch(LinkEvent.Carried.class::isInstance);
  }

  @Test
  void shouldNotSayOfACallbackThatItsNameIsAbsent() {
    promised();
    link.order(new SwitchCommand.Kill(callback, name, "NORMAL_CLEARING"));
    link.answer("uuid_kill " + name, "-ERR No such channel!");
    link.pass(Duration.ofSeconds(12));
    assertThat(link.last(name, CallFact.StillUp.class).absent()).isEmpty();
    link.forgetSaid();
    link.order(new SwitchCommand.Unknown(callback));
    link.order(new SwitchCommand.Taken(callback, name));
    assertThat(names(link.facts(name))).containsExactly("Arrived");
  }

  @Test
  void shouldForgetACallbackThatIsOver() {
    promised();
    link.order(new SwitchCommand.Drop(callback));
    link.pass(Duration.ofMillis(100));
    assertThat(link.facts(name, CallFact.Dropped.class)).hasSize(1);
    assertThat(link.logic.callsOf(LinkHarness.TENANT)).isEmpty();
    assertThat(link.commands).noneMatch(command -> command.contains(name.value()));
  }
}
