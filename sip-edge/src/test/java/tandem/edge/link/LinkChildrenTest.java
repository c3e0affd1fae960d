package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.ActorSelection;
import akka.actor.PoisonPill;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.cluster.LivenessGate;
import tandem.edge.esl.EslSettings;
import tandem.edge.sim.SimSettings;
import tandem.edge.sim.SwitchSim;
import tandem.router.domain.Entry;
import tandem.router.domain.SwitchId;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.LinkQuery.LinkStatus;

/** A link that lost its journal or its client stops, so that sharding starts it anew. */
class LinkChildrenTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              akka.actor.provider = cluster
              akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              akka.cluster.jmx.multi-mbeans-in-same-jvm = on
              """)
          .withFallback(PersistenceTestKitPlugin.config())
          .withFallback(ConfigFactory.load());

  private final ActorTestKit kit = ActorTestKit.create(CONFIG);
  private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  private final SwitchSim sim = SwitchSim.start(SimSettings.synthetic());
  private final Nudger nudger = new Nudger(Duration.ofMillis(2));
  private final SwitchSettings home =
      new SwitchSettings(
          new SwitchId("sim"), "127.0.0.1", sim.eslPort(), sim.password(), "external", 100);
  private final TestProbe<Object> watcher = kit.createTestProbe();
  private final ActorRef<LinkMessage> link = kit.spawn(SwitchLink.create(parts()));

  @BeforeEach
  void awaitReady() {
    await().until(() -> status().state() == LinkState.READY);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    nudger.close();
    sim.close();
  }

  private SwitchLink.Parts parts() {
    return new SwitchLink.Parts(
        home,
        LinkSettings.of(CONFIG.getConfig("tandem.edge.link")),
        EslSettings.of(
            CONFIG.getConfig("tandem.edge.esl"),
            home.host(),
            home.port(),
            home.password(),
            EventReader.SUBSCRIBED),
        new Entries() {
          @Override
          public boolean loaded() {
            return true;
          }

          @Override
          public Optional<Entry> find(String dialled) {
            return Optional.empty();
          }
        },
        (call, fact) -> {},
        LivenessGate.alwaysOpen(),
        nudger,
        InstantSource.system());
  }

  private LinkStatus status() {
    TestProbe<LinkStatus> probe = kit.createTestProbe();
    link.tell(new LinkQuery.GetStatus(probe.getRef()));
    return probe.receiveMessage();
  }

  private ActorSelection child(String name) {
    return Adapter.toClassic(kit.system()).actorSelection(link.path().child(name));
  }

  @Test
  void shouldStopWhenItsJournalStopsOverAWriteThatIsRejected() {
    journal.rejectNextPersisted(LinkJournal.NAME + "|" + home.id().value());
    link.tell(new LinkQuery.Drain(kit.<LinkStatus>createTestProbe().getRef()));
    watcher.expectTerminated(link, Duration.ofSeconds(5));
  }

  @Test
  void shouldStopWhenItsClientStopsAndStartAnewWithAnotherOne() {
    child("esl").tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
    watcher.expectTerminated(link, Duration.ofSeconds(5));

    ActorRef<LinkMessage> next = kit.spawn(SwitchLink.create(parts()));
    TestProbe<LinkStatus> probe = kit.createTestProbe();
    await()
        .untilAsserted(
            () -> {
              next.tell(new LinkQuery.GetStatus(probe.getRef()));
              assertThat(probe.receiveMessage().state()).isEqualTo(LinkState.READY);
            });
  }
}
