package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.Causes;
import tandem.router.edge.SwitchCommand;

/** A switch that is declared dead, and is back before that is written. */
class DeclaredDeadTest {
  private final LinkHarness link = new LinkHarness().ready().compared();
  private LegId oldCaller = LinkHarness.leg();
  private LegId oldAgent = LinkHarness.leg();

  /**
   * The journal's store and the switch were out of reach together, and the switch is back first.
   */
  @BeforeEach
  void declareAndComeBackBeforeItIsWritten() {
    oldCaller = link.greeted();
    oldAgent = link.bridgedAgent(oldCaller);
    link.holdJournal = true;
    link.disconnect();
    link.pass(Duration.ofSeconds(60));
    assertThat(link.unwritten).hasAtLeastOneElementOfType(LinkEvent.DeclaredDead.class);
    link.ready(
        LinkHarness.CORE,
        "{\"row_count\":2,\"rows\":["
            + row(oldCaller, "inbound")
            + ','
            + row(oldAgent, "outbound")
            + "]}");
    link.answer("uuid_getvar " + oldCaller + " bridge_uuid", oldAgent.value());
    link.answer("uuid_getvar " + oldAgent + " bridge_uuid", oldCaller.value());
    link.compared();
    link.forgetSaid();
  }

  private static String row(LegId leg, String direction) {
    return "{\"uuid\":\""
        + leg
        + "\",\"direction\":\""
        + direction
        + "\",\"state\":\"CS_EXCHANGE_MEDIA\",\"callstate\":\"ACTIVE\",\"cid_num\":\"+15550001\","
        + "\"dest\":\""
        + LinkHarness.NUMBER
        + "\",\"application\":\"uuid_bridge\"}";
  }

  @Test
  void shouldNotEndACallerWhoCameAfterTheDeclarationEvenInTheSameInstant() {
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));

    link.writeJournal();
    link.order(new SwitchCommand.Taken(LinkHarness.call(caller), caller));
    LegId agent = link.ordered(caller);

    assertThat(link.facts(caller, CallFact.Arrived.class)).hasSize(1);
    assertThat(link.facts(caller, CallFact.LegGone.class)).isEmpty();
    assertThat(link.commands)
        .noneMatch(command -> command.startsWith("uuid_kill " + caller))
        .noneMatch(command -> command.startsWith("uuid_kill " + agent));
  }

  @Test
  void shouldKillAtOnceWhatStillLivesOfACallThatItDooms() {
    link.writeJournal();

    assertThat(link.commands)
        .contains(
            "uuid_kill " + oldCaller + " NORMAL_CLEARING",
            "uuid_kill " + oldAgent + " NORMAL_CLEARING");
    assertThat(link.facts(oldCaller, CallFact.LegGone.class))
        .as("an agent is not free while his phone still talks")
        .isEmpty();
    link.happen(
        new Happening.Ended(
            LinkHarness.outbound(oldAgent, LinkHarness.call(oldCaller), true), "NORMAL_CLEARING"));
    assertThat(link.facts(oldCaller, CallFact.LegGone.class))
        .containsExactly(new CallFact.LegGone(oldAgent, Causes.SWITCH_LOST, false, link.now));
  }

  @Test
  void shouldAlsoTakeBackAPhoneThatWasOrderedSinceForACallThatItDooms() {
    LegId ordered = link.ordered(oldCaller);
    link.writeJournal();
    assertThat(link.commands).contains("uuid_kill " + ordered + " NORMAL_CLEARING");
  }

  @Test
  void shouldTryAgainWhatCouldNotBeWritten() {
    link.writeJournal();
    link.overload("uuid_kill " + oldCaller);
    link.forgetSaid();
    link.pass(Duration.ofMillis(100));
    assertThat(link.commands).contains("uuid_kill " + oldCaller + " NORMAL_CLEARING");
  }

  /** Otherwise a call that lives on would be killed when its link moves to another node. */
  @Test
  void shouldDoomTheSameCallsInMemoryAsInTheJournal() {
    LegId caller = LinkHarness.leg();
    link.happen(new Happening.Parked(LinkHarness.inbound(caller)));
    link.writeJournal();
    link.order(new SwitchCommand.Taken(LinkHarness.call(caller), caller));

    OpenBook book = new OpenBook();
    link.journal.forEach(book::evolve);
    Map<CallId, Boolean> doomed = new HashMap<>();
    book.copy().calls().forEach(call -> doomed.put(call.call(), call.doomed()));
    assertThat(doomed)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(LinkHarness.call(oldCaller), true, LinkHarness.call(caller), false));
    assertThat(book.copy().dead()).isFalse();

    LinkHarness recovered = new LinkHarness(book.copy(), 100);
    assertThat(killedWhenSeen(recovered, caller, oldCaller)).containsExactly(oldCaller);
    link.disconnect();
    assertThat(killedWhenSeen(link, caller, oldCaller)).containsExactly(oldCaller);
  }

  private static List<LegId> killedWhenSeen(LinkHarness link, LegId... callers) {
    link.connect();
    link.answer("global_getvar core_uuid", LinkHarness.CORE);
    link.forgetSaid();
    link.answer(
        "show channels as json",
        "{\"row_count\":2,\"rows\":["
            + row(callers[0], "inbound")
            + ','
            + row(callers[1], "inbound")
            + "]}");
    return Stream.of(callers)
        .filter(leg -> link.commands.stream().anyMatch(c -> c.startsWith("uuid_kill " + leg)))
        .toList();
  }

  @Test
  void shouldKillAtOnceWhatIsSeenAgainRightAfterItWasGivenUp() {
    link.disconnect();
    link.pass(Duration.ofSeconds(60));
    link.writeJournal();
    assertThat(link.facts(oldCaller, CallFact.LegGone.class)).hasSize(2);
    link.pass(Duration.ofSeconds(1));
    assertThat(killedWhenSeen(link, oldCaller, oldAgent)).containsExactly(oldCaller, oldAgent);
  }
}
