package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.edge.sim.CallerScript;
import tandem.edge.sim.PhoneScript;
import tandem.edge.sim.Span;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.edge.SwitchCommand.Sound;

/** Arrangements on the simulated switch: on hold, with a third, all three, and back to two. */
class ArrangeIT extends LinkOnSim {

  private void arrange(CallId call, int version, Room... rooms) {
    link.get()
        .tell(
            new SwitchCommand.Arrange(
                call, version, List.of(rooms), List.of(), calls.incarnation()));
    await()
        .untilAsserted(
            () ->
                assertThat(calls.of(call, CallFact.Arranged.class))
                    .as("%s", calls.of(call))
                    .extracting(CallFact.Arranged::version)
                    .endsWith(version));
  }

  private static Place place(LegId leg, Sound sound) {
    return new Place(leg, false, sound);
  }

  @Test
  void shouldHoldResumeConferAndComeBackToTwo() {
    sim.phone("1001", PhoneScript.answering(Span.of(20)));
    calls.leads = false;
    CallId call =
        new CallId(
            LinkHarness.TENANT,
            sim.placeCall("+15550001", LinkHarness.NUMBER, CallerScript.endless()));
    await().until(() -> !calls.of(call, CallFact.Greeted.class).isEmpty());
    calls.ring(call);
    LegId agent = calls.agent(call);
    await().until(() -> calls.of(call, CallFact.LegAnswered.class).size() == 1);
    calls.ring(call);
    LegId guest = calls.agent(call);
    await().until(() -> calls.of(call, CallFact.LegAnswered.class).size() == 2);
    calls.bridge(call, agent);
    await().until(() -> !calls.of(call, CallFact.Bridged.class).isEmpty());
    LegId caller = FakeCall.caller(call);
    Room onHold = new Room(List.of(place(caller, Sound.MUSIC)));

    arrange(call, 1, onHold, new Room(List.of(place(agent, Sound.SILENCE))));
    arrange(
        call,
        2,
        onHold,
        new Room(List.of(place(agent, Sound.SILENCE), place(guest, Sound.SILENCE))));
    arrange(
        call,
        3,
        new Room(
            List.of(
                place(caller, Sound.MUSIC),
                new Place(agent, true, Sound.SILENCE),
                place(guest, Sound.SILENCE))));
    arrange(
        call,
        4,
        new Room(List.of(place(caller, Sound.MUSIC), place(guest, Sound.SILENCE))),
        new Room(List.of(place(agent, Sound.SILENCE))));

    assertThat(calls.of(call, CallFact.Bridged.class)).as("only the first one").hasSize(1);
    assertThat(calls.of(call, CallFact.ArrangeFailed.class)).isEmpty();
    assertThat(calls.of(call, CallFact.LegGone.class)).isEmpty();
    link.get().tell(new SwitchCommand.Drop(call));
    await().until(() -> sim.channels().isEmpty());
  }
}
