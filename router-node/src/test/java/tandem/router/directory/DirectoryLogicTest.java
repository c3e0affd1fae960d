package tandem.router.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.SUPPORT;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.domain.LotId;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToLot;
import tandem.router.entity.Address.ToQueue;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.lot.ParkingLot;
import tandem.router.queue.Queue;

class DirectoryLogicTest {
  private final Played<Directory.Command, Directory.Event, DirectoryLogic.State> directory =
      new Played<>(new HandClock(), () -> new DirectoryLogic(ACME));

  @Test
  void shouldListWhoRegistersOnceAndTellThemEachTime() {
    var ann = new Directory.Register(Directory.Kind.AGENT, "ann");
    directory.take(ann).assertPersisted(Directory.Registered.class);
    directory.take(ann).assertPersisted();
    assertThat(directory.told(Agent.Heard.class, new ToAgent(ANN)))
        .containsExactly(new Agent.Heard(ann.key()));

    directory.take(new Directory.Register(Directory.Kind.QUEUE, "support"));

    assertThat(directory.told(Queue.Heard.class, new ToQueue(SUPPORT))).hasSize(1);
    directory.restart();
    assertThat(directory.take(new Directory.List(null)).replied(Directory.Listing.class))
        .satisfies(
            listing -> {
              assertThat(listing.agents()).containsExactly("ann");
              assertThat(listing.queues()).containsExactly("support");
            });
  }

  @Test
  void shouldKeepThingsOfOneNameApart() {
    for (Directory.Kind kind : Directory.Kind.values()) {
      directory
          .take(new Directory.Register(kind, "sales"))
          .assertPersisted(Directory.Registered.class);
    }

    directory.restart();

    TreeSet<String> sales = new TreeSet<>(Set.of("sales"));
    assertThat(directory.take(new Directory.List(null)).replied(Directory.Listing.class))
        .isEqualTo(new Directory.Listing(sales, sales, sales));
  }

  @Test
  void shouldTellALotThatItIsListed() {
    var lobby = new Directory.Register(Directory.Kind.LOT, "lobby");

    directory.take(lobby);

    assertThat(directory.told(ParkingLot.Heard.class, new ToLot(new LotId(ACME, "lobby"))))
        .containsExactly(new ParkingLot.Heard(lobby.key()));
  }
}
