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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tandem.cluster.LivenessGate;
import tandem.edge.esl.EslSettings;
import tandem.edge.sim.SimSettings;
import tandem.edge.sim.SwitchSim;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Entry;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.LinkQuery.LinkStatus;

/** A link and its journal on the simulated switch. */
abstract class LinkOnSim {
  static final Config CONFIG =
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

  ActorTestKit kit;
  SwitchSim sim;
  private Nudger nudger;
  final AtomicReference<ActorRef<LinkMessage>> link = new AtomicReference<>();
  final FakeCall calls = new FakeCall(message -> link.get().tell(message));

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

  void startLink() {
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

  LinkStatus status() {
    TestProbe<LinkStatus> probe = kit.createTestProbe();
    link.get().tell(new LinkQuery.GetStatus(probe.getRef()));
    return probe.receiveMessage();
  }
}
