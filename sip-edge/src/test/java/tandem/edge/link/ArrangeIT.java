package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.cluster.LivenessGate;
import tandem.edge.esl.EslSettings;
import tandem.edge.sim.CallerScript;
import tandem.edge.sim.PhoneScript;
import tandem.edge.sim.SimSettings;
import tandem.edge.sim.Span;
import tandem.edge.sim.SwitchSim;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.SwitchId;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Place;
import tandem.router.edge.SwitchCommand.Room;
import tandem.router.edge.SwitchCommand.Sound;

/** Arrangements on the simulated switch: on hold, with a third, all three, and back to two. */
class ArrangeIT {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              akka.actor.provider = cluster
              akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              akka.cluster.jmx.multi-mbeans-in-same-jvm = on
              # Each event has to be handed back before more is read.
              tandem.edge.esl.max-untaken-size = 1
              """)
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(ConfigFactory.load());

  private ActorTestKit kit;
  private SwitchSim sim;
  private Nudger nudger;
  private final AtomicReference<ActorRef<LinkMessage>> link = new AtomicReference<>();
  private final FakeCall calls = new FakeCall(message -> link.get().tell(message));

  @BeforeEach
  void start() {
    kit = ActorTestKit.create(CONFIG);
    sim = SwitchSim.start(SimSettings.synthetic());
    nudger = new Nudger(Duration.ofMillis(2));
    startLink();
    await().until(() -> status().state() == LinkState.READY);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    nudger.close();
    sim.close();
    assertThat(sim.failures()).isZero();
  }

  private void startLink() {
    SwitchSettings home =
        new SwitchSettings(
            new SwitchId("sim"), "127.0.0.1", sim.eslPort(), sim.password(), "external", 100);
    link.set(
        kit.spawn(
            SwitchLink.create(
                new SwitchLink.Parts(
                    home,
                    LinkSettings.of(CONFIG.getConfig("tandem.edge.link")),
                    EslSettings.of(
                        CONFIG.getConfig("tandem.edge.esl"),
                        home.host(),
                        home.port(),
                        home.password(),
                        EventReader.SUBSCRIBED),
                    everyNumber(),
                    calls,
                    LivenessGate.alwaysOpen(),
                    nudger,
                    InstantSource.system()))));
  }

  private static Entries everyNumber() {
    return new Entries() {
      @Override
      public boolean loaded() {
        return true;
      }

      @Override
      public Optional<Entry> find(String dialled) {
        return Optional.of(new Entry(LinkHarness.QUEUE, 50, AnswerMode.ON_QUEUE));
      }
    };
  }

  private LinkStatus status() {
    TestProbe<LinkStatus> probe = kit.createTestProbe();
    link.get().tell(new LinkQuery.GetStatus(probe.getRef()));
    return probe.receiveMessage();
  }

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
