package tandem.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tandem.persistence.readmodel.Calls;
import tandem.persistence.readmodel.JournaledEvent;
import tandem.router.call.Call;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;
import tandem.router.record.Recorder;

class RecorderActorTest {
  private static final TenantId ACME = new TenantId("acme");
  private static final CallId ONE = Calls.id(ACME, 1);

  private record Answer(CallId call, Call.Recorded recorded) {}

  private record Write(Recorder.Note note, CompletableFuture<List<JournaledEvent>> done) {}

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<Done>> looks = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<CallId> kept = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Function<CallId, CompletionStage<Done>>> publishing =
      new AtomicReference<>(call -> CompletableFuture.completedStage(Done.getInstance()));
  private final ActorRef<Recorder.Command> recorder =
      kit.spawn(
          RecorderActor.create(
              0,
              new RecordWork() {
                @Override
                public CompletionStage<List<JournaledEvent>> write(Recorder.Note note) {
                  CompletableFuture<List<JournaledEvent>> done = new CompletableFuture<>();
                  writes.add(new Write(note, done));
                  return done;
                }

                @Override
                public CompletionStage<Long> publish(
                    CallId call, List<JournaledEvent> events, long after) {
                  return publishing.get().apply(call).thenApply(done -> (long) events.size());
                }

                @Override
                public CompletionStage<Done> keep(CallId call) {
                  kept.add(call);
                  return CompletableFuture.completedStage(Done.getInstance());
                }

                @Override
                public CompletionStage<Done> publishKept(int slice) {
                  CompletableFuture<Done> done = new CompletableFuture<>();
                  looks.add(done);
                  return done;
                }
              },
              (call, recorded) -> answers.add(new Answer(call, recorded)),
              new RecordMetrics(Clock.systemUTC())));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void shouldAnswerWhenACallIsRecordedAndWriteARepeatOnce() {
    note(ONE, 3);
    note(ONE, 3);
    note(Calls.id(ACME, 2), 3);
    written(2);

    finish(0);

    await().untilAsserted(() -> assertThat(answers).containsExactly(answer(ONE, 3, 3)));
    note(ONE, 3);
    written(3);
  }

  @Test
  void shouldWriteTheLaterWordOfACallAfterTheEarlier() {
    note(ONE, 2);
    note(ONE, 5);
    note(ONE, 4);
    note(Calls.id(ACME, 2), 3);
    written(2);

    finish(0);

    written(3);
    assertThat(nth(2).note().seq()).isEqualTo(5);
    finish(2);
    await()
        .untilAsserted(
            () -> assertThat(answers).containsExactly(answer(ONE, 2, 2), answer(ONE, 5, 5)));
  }

  @Test
  void shouldWriteSomeSideBySideAndTheOthersAfterThem() {
    for (int n = 1; n <= 40; n++) {
      note(Calls.id(ACME, n), 3);
    }
    written(16);

    for (int n = 0; n < 40; n++) {
      int next = n;
      await().until(() -> writes.size() > next);
      assertThat(writes.size()).isLessThanOrEqualTo(n + 16);
      finish(n);
    }

    await().untilAsserted(() -> assertThat(answers).hasSize(40));
  }

  @Test
  void shouldNotAnswerAFailureAndTryAgainWhenToldAgain() {
    note(ONE, 3);
    written(1);
    nth(0).done().completeExceptionally(new IllegalStateException("Cassandra is away"));

    toldAgainUntilItIsWrittenAgain();
    assertThat(answers).isEmpty();
    finish(1);

    await().untilAsserted(() -> assertThat(answers).containsExactly(answer(ONE, 3, 3)));
  }

  @Test
  void shouldNotAnswerACallThatCouldNeitherBePublishedNorKept() {
    publishing.set(call -> CompletableFuture.failedStage(new IllegalStateException("both away")));
    note(ONE, 3);
    written(1);
    finish(0);

    toldAgainUntilItIsWrittenAgain();
    assertThat(answers).isEmpty();
  }

  @Test
  void shouldWriteTheEndOfACallWhoseTalkHangsInKafka() {
    Queue<CompletableFuture<Done>> hanging = new ConcurrentLinkedQueue<>();
    publishing.set(
        call -> {
          CompletableFuture<Done> sent = new CompletableFuture<>();
          hanging.add(sent);
          return sent;
        });
    note(ONE, 3);
    written(1);
    finish(0);
    await().untilAsserted(() -> assertThat(hanging).hasSize(1));

    note(ONE, 5);
    written(2);
    finish(1);

    await().untilAsserted(() -> assertThat(hanging).hasSize(2));
    assertThat(answers).isEmpty();
    hanging.forEach(sent -> sent.complete(Done.getInstance()));
    await()
        .untilAsserted(
            () -> assertThat(answers).containsExactly(answer(ONE, 3, 3), answer(ONE, 5, 5)));
    note(ONE, 5);
    written(3);
  }

  @Test
  void shouldGoOnWritingAndKeepUntriedWhatAKafkaThatHangsLeavesNoRoomFor() {
    publishing.set(call -> new CompletableFuture<>());
    for (int n = 1; n <= 70; n++) {
      note(Calls.id(ACME, n), 3);
    }
    for (int n = 0; n < 70; n++) {
      int next = n;
      await().until(() -> writes.size() > next);
      finish(n);
    }

    await().untilAsserted(() -> assertThat(kept).hasSize(70 - 64));
    await()
        .untilAsserted(
            () ->
                assertThat(answers)
                    .hasSize(70 - 64)
                    .allMatch(answer -> answer.recorded().published() == 0));
  }

  @Test
  void shouldLookForWhatWasKeptAtEachTickButNotWhileItLooks() {
    time.timePasses(Duration.ofSeconds(10));
    await().untilAsserted(() -> assertThat(looks).hasSize(1));
    time.timePasses(Duration.ofSeconds(30));
    note(ONE, 3);
    written(1);
    assertThat(looks).as("one at a time").hasSize(1);

    looks.peek().completeExceptionally(new IllegalStateException("Kafka is away"));
    await()
        .untilAsserted(
            () -> {
              time.timePasses(Duration.ofSeconds(10));
              assertThat(looks).hasSize(2);
            });
  }

  private void toldAgainUntilItIsWrittenAgain() {
    await()
        .untilAsserted(
            () -> {
              note(ONE, 3);
              assertThat(writes.size()).isGreaterThan(1);
            });
  }

  private void note(CallId call, int seq) {
    List<Call.Event> events = List.copyOf(Calls.answered(call, Instant.EPOCH).subList(0, seq));
    recorder.tell(new Recorder.Note(call, seq, 0, events));
  }

  private void written(int count) {
    await().untilAsserted(() -> assertThat(writes).hasSize(count));
  }

  private Write nth(int n) {
    return writes.stream().skip(n).findFirst().orElseThrow();
  }

  private void finish(int n) {
    Write write = nth(n);
    write.done().complete(Calls.numbered(write.note().events()));
  }

  private static Answer answer(CallId call, long seq, long published) {
    return new Answer(call, new Call.Recorded(seq, published));
  }
}
