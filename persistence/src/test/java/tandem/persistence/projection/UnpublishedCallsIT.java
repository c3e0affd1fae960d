package tandem.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tandem.persistence.cassandra.TestKeyspaces;
import tandem.persistence.readmodel.Calls;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** What Kafka is owed, on a real Cassandra. */
class UnpublishedCallsIT {
  private static final TenantId ACME = new TenantId("acme");
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private static final RecordNode NODE =
      new RecordNode(
          ConfigFactory.parseString("tandem.persistence.kafka.enabled = off")
              .withFallback(TestKeyspaces.fresh()));

  private final List<CallId> published = Collections.synchronizedList(new ArrayList<>());

  @AfterAll
  static void stop() throws Exception {
    NODE.close();
  }

  @Test
  void shouldPublishWhatWasNotedOnceOldestFirst() throws Exception {
    note(1, now.minusSeconds(7200), 1);
    note(1, now.minusSeconds(7199), 2);
    note(1, now.minusSeconds(60), 3);
    note(1, now.minusSeconds(61), 3);
    note(2, now.minusSeconds(60), 4);

    publish(1, now);
    assertThat(published).containsExactly(call(1), call(2), call(3));

    publish(1, now);
    assertThat(published).as("all is forgotten").hasSize(3);
    publish(2, now);
    assertThat(published).last().isEqualTo(call(4));
  }

  @Test
  void shouldKeepWhatWasNotedJustNowForTheNextTime() throws Exception {
    note(3, now.minusSeconds(29), 1);
    publish(3, now);
    publish(3, now.plusSeconds(2));
    publish(3, now.plusSeconds(2));

    assertThat(published).containsExactly(call(1), call(1));
  }

  @Test
  void shouldForgetNothingOfAPeriodInWhichOneCouldNotBePublished() throws Exception {
    note(4, now.minusSeconds(7200), 1);
    note(4, now.minusSeconds(60), 2);
    note(4, now.minusSeconds(59), 3);

    CompletionStage<Done> failed =
        calls(now)
            .publish(
                4,
                call ->
                    call.equals(call(3))
                        ? CompletableFuture.failedStage(new IllegalStateException("away"))
                        : taken(call));
    assertThat(failed.toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withMessageContaining("away");

    published.clear();
    publish(4, now);
    assertThat(published).containsExactly(call(2), call(3));
  }

  private static CallId call(int n) {
    return Calls.id(ACME, n);
  }

  private static UnpublishedCalls calls(Instant at) {
    return new UnpublishedCalls(NODE.system(), Clock.fixed(at, ZoneOffset.UTC));
  }

  private static void note(int slice, Instant at, int n) throws Exception {
    calls(at).note(slice, call(n)).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private CompletionStage<Done> taken(CallId call) {
    published.add(call);
    return CompletableFuture.completedStage(Done.getInstance());
  }

  private void publish(int slice, Instant at) throws Exception {
    calls(at).publish(slice, this::taken).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
