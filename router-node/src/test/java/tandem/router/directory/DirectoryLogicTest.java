package tandem.router.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.SUPPORT;

import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToQueue;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
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
  void shouldKeepAgentsAndQueuesOfOneNameApart() {
    directory.take(new Directory.Register(Directory.Kind.AGENT, "sales"));
    directory
        .take(new Directory.Register(Directory.Kind.QUEUE, "sales"))
        .assertPersisted(Directory.Registered.class);
  }
}
