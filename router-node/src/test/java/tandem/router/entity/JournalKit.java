package tandem.router.entity;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.testkit.JournalOperation;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import akka.persistence.testkit.ProcessingPolicy;
import akka.persistence.testkit.ProcessingResult;
import akka.persistence.testkit.ProcessingSuccess;
import akka.persistence.testkit.ReadEvents;
import akka.persistence.testkit.StorageFailure;
import akka.persistence.testkit.WriteEvents;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tandem.cluster.LivenessGate;
import tandem.router.domain.RouterSerializable;

/** An in-memory journal that serializes, counts writes, and can hold one up or fail it. */
final class JournalKit implements AutoCloseable {
  /** What was said, and how many events were in the journal at that moment. */
  record Said(RouterSerializable message, int inJournal) {}

  final ActorTestKit actors =
      ActorTestKit.create(
          PersistenceTestKitPlugin.config()
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(
                  ConfigFactory.parseString(
                      "akka.loglevel = OFF, akka.actor.allow-java-serialization = off"))
              .withFallback(ConfigFactory.load()));
  final PersistenceTestKit journal = PersistenceTestKit.create(actors.system());
  final String id = "Tally|" + UUID.randomUUID();
  final List<Said> said = new CopyOnWriteArrayList<>();
  final List<Object> counted = new CopyOnWriteArrayList<>();
  final List<String> stopped = new CopyOnWriteArrayList<>();

  /** How many events each write carried. */
  final List<Integer> writes = new CopyOnWriteArrayList<>();

  private volatile boolean failing;
  private volatile boolean failingRead;
  private volatile CountDownLatch door = new CountDownLatch(0);
  private volatile CountDownLatch atDoor = new CountDownLatch(0);

  JournalKit() {
    journal.withPolicy(
        new ProcessingPolicy<JournalOperation>() {
          @Override
          public ProcessingResult tryProcess(String processId, JournalOperation operation) {
            if (operation instanceof ReadEvents && failingRead) {
              failingRead = false;
              return StorageFailure.create();
            }
            return operation instanceof WriteEvents write ? onWrite(write) : success();
          }
        });
  }

  private ProcessingResult onWrite(WriteEvents write) {
    writes.add(write.batch().size());
    atDoor.countDown();
    try {
      if (!door.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the door stayed closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (failing) {
      failing = false;
      return StorageFailure.create();
    }
    return success();
  }

  private static ProcessingResult success() {
    return ProcessingSuccess.getInstance();
  }

  void failNextRead() {
    failingRead = true;
  }

  /** The next write fails and stores nothing. */
  void failNextWrite() {
    failing = true;
  }

  void closeDoor() {
    door = new CountDownLatch(1);
    atDoor = new CountDownLatch(1);
  }

  /** Waits until a write stands before the closed door. */
  void awaitWrite() throws InterruptedException {
    if (!atDoor.await(5, TimeUnit.SECONDS)) {
      throw new AssertionError("no write came");
    }
  }

  void openDoor() {
    door.countDown();
  }

  List<Object> stored() {
    return journal.persistedInStorage(id);
  }

  List<String> words() {
    return said.stream()
        .map(Said::message)
        .filter(Tally.Said.class::isInstance)
        .map(message -> ((Tally.Said) message).what())
        .toList();
  }

  Surroundings around() {
    return around(new LivenessGate(System::nanoTime, Duration.ofMinutes(1), age -> {}));
  }

  Surroundings around(LivenessGate gate) {
    return new Surroundings(
        (to, message) -> said.add(new Said(message, stored().size())),
        item -> {},
        counted::add,
        stopped::add,
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString(),
        gate);
  }

  @Override
  public void close() {
    openDoor();
    actors.shutdownTestKit();
  }
}
