package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tandem.cluster.LivenessGate;
import tandem.router.domain.LegId;
import tandem.router.domain.SwitchId;

class LinkJournalTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final LegId CALLER = new LegId("00000000-0000-4000-8000-000000000001");

  private final ActorTestKit kit =
      ActorTestKit.create(
          PersistenceTestKitPlugin.config()
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ConfigFactory.load()));
  private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  private final TestProbe<LinkJournal.Report> link = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void shouldRecoverTheSameBookAfterAFailedWrite() {
    SwitchId id = new SwitchId("fs1");
    ActorRef<LinkJournal.Write> writer =
        kit.spawn(LinkJournal.create(id, link.getRef(), LivenessGate.alwaysOpen(), 100));
    assertThat(link.expectMessageClass(LinkJournal.Recovered.class).book())
        .isEqualTo(LinkBook.EMPTY);
    CarriedCall later = LinkHarness.carried(CALLER, AT);
    writer.tell(
        new LinkJournal.Write(
            List.of(
                new LinkEvent.WentDown(AT),
                new LinkEvent.DeclaredDead(AT),
                new LinkEvent.SwitchSeen(LinkHarness.CORE, AT),
                new LinkEvent.Carried(later))));
    link.expectMessageClass(LinkJournal.Written.class);

    journal.failNextPersisted(LinkJournal.NAME + "|" + id.value());
    writer.tell(new LinkJournal.Write(List.of(new LinkEvent.DrainSet(true, AT))));

    assertThat(link.expectMessageClass(LinkJournal.Recovered.class).book())
        .as("a call carried after the switch was declared dead is not doomed")
        .isEqualTo(LinkHarness.book(later));
  }
}
