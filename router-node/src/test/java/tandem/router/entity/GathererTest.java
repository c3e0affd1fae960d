package tandem.router.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.typed.PersistenceId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GathererTest {
  private final JournalKit kit = new JournalKit();
  private final AtomicInteger finished = new AtomicInteger();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void shouldCarryAllThatCameMeanwhileInOneWrite() throws InterruptedException {
    ActorRef<Tally.Command> tally = spawn();
    kit.closeDoor();
    tally.tell(new Tally.Add(0));
    kit.awaitWrite();
    add(tally, 1, 50);

    kit.openDoor();

    assertThat(numbers(tally)).isEqualTo(IntStream.rangeClosed(0, 50).boxed().toList());
    assertThat(kit.writes).containsExactly(1, 50);
  }

  @Test
  void shouldHaveOneBatchUnderWayWhenTheChildWakesItself() throws InterruptedException {
    kit.closeDoor();
    ActorRef<Tally.Command> tally = spawn();
    // Comes while the child recovers; its wake-up after the recovery is no batch of ours.
    tally.tell(new Tally.Add(0));
    kit.awaitWrite();
    await().until(() -> kit.words().contains("woken with []"));
    add(tally, 1, 50);

    kit.openDoor();

    assertThat(numbers(tally)).hasSize(51);
    assertThat(kit.writes).containsExactly(1, 50);
  }

  @Test
  void shouldStopOnlyOnceAllThatCameBeforeIsWritten() throws InterruptedException {
    ActorRef<Tally.Command> tally = spawn();
    kit.closeDoor();
    tally.tell(new Tally.Add(0));
    kit.awaitWrite();
    add(tally, 1, 50);
    tally.tell(Tally.Stop.STOP);

    kit.openDoor();

    await().untilAsserted(() -> assertThat(kit.writes).containsExactly(1, 50));
    kit.actors.createTestProbe().expectTerminated(tally);
  }

  @Test
  void shouldWriteNoMoreThanTwoHundredCommandsAtOnce() throws InterruptedException {
    ActorRef<Tally.Command> tally = spawn();
    kit.closeDoor();
    tally.tell(new Tally.Add(0));
    kit.awaitWrite();
    add(tally, 1, 450);

    kit.openDoor();

    assertThat(numbers(tally)).hasSize(451);
    assertThat(kit.writes).containsExactly(1, 200, 200, 50);
  }

  @Test
  void shouldLoseOnlyTheBatchWhosePersistFailed() throws InterruptedException {
    ActorRef<Tally.Command> tally = spawn();
    kit.closeDoor();
    tally.tell(new Tally.Add(0));
    kit.awaitWrite();
    add(tally, 1, 50);
    kit.failNextWrite();

    kit.openDoor();

    // The first one's sender says it again; the others waited in front.
    assertThat(numbers(tally)).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(kit.words()).doesNotContain("added 0");
    tally.tell(new Tally.Add(0));
    assertThat(numbers(tally)).hasSize(51);
  }

  @Test
  void shouldGoOnAfterADecisionThatThrew() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    assertThat(numbers(tally)).containsExactly(1);

    tally.tell(Tally.Break.BREAK);
    await().until(() -> kit.words().contains("woken with [1]"));
    tally.tell(new Tally.Add(2));

    assertThat(numbers(tally)).containsExactly(1, 2);
  }

  @Test
  void shouldRecoverFromASnapshotTakenInTheMiddleOfABatch() throws InterruptedException {
    ActorRef<Tally.Command> tally = spawn();
    kit.closeDoor();
    tally.tell(new Tally.Add(0));
    kit.awaitWrite();
    add(tally, 1, 30);
    kit.openDoor();
    List<Integer> before = numbers(tally);
    kit.actors.stop(tally);

    // Snapshots are due every seven events: at none of these does a batch end.
    assertThat(numbers(spawn())).isEqualTo(before).hasSize(31);
  }

  @Test
  void shouldSayWhenItHasNothingLeftToDo() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(Tally.Finish.FINISH);

    await().untilAtomic(finished, org.hamcrest.Matchers.is(1));
  }

  private ActorRef<Tally.Command> spawn() {
    return kit.actors.spawn(
        Gatherer.create(
            Tally.Command.class,
            Tally.Stop.STOP,
            PersistenceId.ofUniqueId(kit.id),
            Tally::new,
            Tally.journal(7),
            kit.around(),
            finished::incrementAndGet));
  }

  private static void add(ActorRef<Tally.Command> tally, int from, int to) {
    for (int i = from; i <= to; i++) {
      tally.tell(new Tally.Add(i));
    }
  }

  private List<Integer> numbers(ActorRef<Tally.Command> tally) {
    TestProbe<Tally.Numbers> probe = kit.actors.createTestProbe(Tally.Numbers.class);
    tally.tell(new Tally.Get(probe.ref()));
    return probe.receiveMessage().all();
  }
}
