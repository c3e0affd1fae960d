package tandem.router.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tandem.cluster.LivenessGate;

class EntityShellTest {
  private final JournalKit kit = new JournalKit();
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger snapshotsRead = new AtomicInteger();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void shouldTellOnlyWhatIsPersisted() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    tally.tell(new Tally.Add(2));

    await().until(() -> kit.words().contains("added 2"));

    assertThat(kit.words()).containsExactly("woken with []", "added 1", "added 2");
    assertThat(kit.said).extracting(JournalKit.Said::inJournal).containsExactly(0, 1, 2);
    assertThat(kit.counted).containsExactly(new Tally.Added(1), new Tally.Added(2));
  }

  @Test
  void shouldTellNothingWhileTheWriteIsUnderWay() throws InterruptedException {
    ActorRef<Tally.Command> tally = spawn();
    kit.closeDoor();
    tally.tell(new Tally.Add(1));
    kit.awaitWrite();

    assertThat(kit.words()).doesNotContain("added 1");
    kit.openDoor();
    await().until(() -> kit.words().contains("added 1"));
  }

  @Test
  void shouldRecoverInTheMiddleAndWake() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    tally.tell(new Tally.Add(2));
    assertThat(numbers(tally)).containsExactly(1, 2);
    kit.actors.stop(tally);

    ActorRef<Tally.Command> again = spawn();

    await().until(() -> kit.words().contains("woken with [1, 2]"));
    again.tell(new Tally.Add(3));
    assertThat(numbers(again)).containsExactly(1, 2, 3);
  }

  @Test
  void shouldNotApplyAnEventTwiceToAStateWrittenInPlace() {
    ActorRef<Tally.Command> tally = spawn();
    for (int i = 0; i < 20; i++) {
      tally.tell(new Tally.Add(i));
    }

    assertThat(numbers(tally)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void shouldRestartFromItsJournalWhenAPersistFails() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    assertThat(numbers(tally)).containsExactly(1);
    kit.failNextWrite();

    tally.tell(new Tally.Add(2));

    await().until(() -> kit.words().contains("woken with [1]"));
    assertThat(kit.words()).as("nothing told of what was not persisted").doesNotContain("added 2");
    assertThat(numbers(tally)).containsExactly(1);
    tally.tell(new Tally.Add(2));
    assertThat(numbers(tally)).containsExactly(1, 2);
    assertThat(kit.stored()).containsExactly(new Tally.Added(1), new Tally.Added(2));
  }

  @Test
  void shouldBeginAgainWhenARecoveryFails() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    assertThat(numbers(tally)).containsExactly(1);
    kit.actors.stop(tally);
    kit.failNextRead();

    ActorRef<Tally.Command> again = spawn();

    assertThat(kit.words()).containsExactly("woken with [1]");
    assertThat(numbers(again)).containsExactly(1);
  }

  @Test
  void shouldComeBackWithoutADecisionThatThrew() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    tally.tell(Tally.Break.BREAK);

    await().until(() -> kit.words().contains("woken with [1]"));
    assertThat(numbers(tally)).containsExactly(1);
  }

  @Test
  void shouldRecoverFromASnapshot() {
    ActorRef<Tally.Command> tally = spawn(5);
    for (int i = 1; i <= 12; i++) {
      tally.tell(new Tally.Add(i));
    }
    assertThat(numbers(tally)).hasSize(12);
    kit.actors.stop(tally);

    assertThat(numbers(spawn(5))).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(snapshotsRead).hasValue(1);
  }

  @Test
  void shouldWakeWhenItAskedToBe() {
    spawn().tell(new Tally.Plan(Instant.now().plusMillis(150)));

    await().until(() -> kit.words().contains("due"));
  }

  @Test
  void shouldWakeAfterARecoveryForADeadlineInItsState() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Plan(Instant.now().plusMillis(400)));
    await().until(() -> kit.stored().size() == 1);
    kit.actors.stop(tally);
    assertThat(kit.words()).doesNotContain("due");

    spawn();

    await().until(() -> kit.words().contains("due"));
  }

  @Test
  void shouldSayWhenItHasNothingLeftToDo() {
    ActorRef<Tally.Command> tally = spawn();
    tally.tell(new Tally.Add(1));
    assertThat(numbers(tally)).hasSize(1);
    assertThat(finished).hasValue(0);

    tally.tell(Tally.Finish.FINISH);

    await().untilAtomic(finished, org.hamcrest.Matchers.is(1));
    assertThat(kit.stored()).hasSize(2);
  }

  @Test
  void shouldNeitherPersistNorTellAsAZombie() {
    AtomicLong nanos = new AtomicLong();
    AtomicInteger halted = new AtomicInteger();
    LivenessGate gate =
        new LivenessGate(
            nanos::get,
            Duration.ofSeconds(5),
            age -> {
              halted.incrementAndGet();
              throw new IllegalStateException("halted");
            });
    ActorRef<Tally.Command> tally = kit.actors.spawn(behavior(0, kit.around(gate)));
    assertThat(numbers(tally)).isEmpty();
    nanos.set(Duration.ofSeconds(6).toNanos());

    tally.tell(new Tally.Add(1));

    await().until(() -> halted.get() > 0);
    assertThat(kit.stored()).isEmpty();
    assertThat(kit.words()).doesNotContain("added 1");
  }

  private ActorRef<Tally.Command> spawn() {
    return spawn(0);
  }

  private ActorRef<Tally.Command> spawn(int snapshotEvery) {
    kit.said.clear();
    ActorRef<Tally.Command> tally = kit.actors.spawn(behavior(snapshotEvery, kit.around()));
    await().until(() -> !kit.words().isEmpty());
    return tally;
  }

  private Behavior<Tally.Command> behavior(int snapshotEvery, Surroundings around) {
    Journal<Tally.State> plain = Tally.journal(snapshotEvery);
    Journal<Tally.State> counted =
        new Journal<>(
            plain.journal(),
            snapshotEvery,
            plain.toSnapshot(),
            (snapshot, empty) -> {
              snapshotsRead.incrementAndGet();
              return plain.ofSnapshot().apply(snapshot, empty);
            });
    return EntityShell.create(
        PersistenceId.ofUniqueId(kit.id),
        Tally::new,
        counted,
        EntityShell.Intake.single(),
        around,
        finished::incrementAndGet);
  }

  private List<Integer> numbers(ActorRef<Tally.Command> tally) {
    TestProbe<Tally.Numbers> probe = kit.actors.createTestProbe(Tally.Numbers.class);
    tally.tell(new Tally.Get(probe.ref()));
    return probe.receiveMessage().all();
  }
}
