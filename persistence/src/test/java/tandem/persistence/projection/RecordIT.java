package tandem.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tandem.persistence.cassandra.TestKeyspaces;
import tandem.persistence.local.LocalServices;
import tandem.persistence.readmodel.CallFilter;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.CallPage;
import tandem.persistence.readmodel.CallRecord;
import tandem.persistence.readmodel.Calls;
import tandem.persistence.readmodel.TimelineEntry;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.QueueId;
import tandem.router.domain.TenantId;
import tandem.router.feed.CallView;
import tandem.router.record.Recorder;

/** The record path on a real Cassandra and a real Kafka: journal, word, history, topic. */
class RecordIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final TenantId ACME = new TenantId("acme");
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final String TOPIC = "calls-" + ProcessHandle.current().pid();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final RecordNode NODE =
      new RecordNode(
          kafka(LocalServices.kafka().bootstrapServers()).withFallback(TestKeyspaces.fresh()));
  private static final CallHistory HISTORY = CallHistory.of(NODE.system());

  @AfterAll
  static void stop() throws Exception {
    NODE.close();
  }

  private static Config kafka(String servers) {
    return ConfigFactory.parseMap(
        Map.of(
            "tandem.persistence.kafka.bootstrap-servers", servers,
            "tandem.persistence.kafka.topic", TOPIC));
  }

  @Test
  void shouldShowATimelineAtOnceAndTheHistoryOnceTheCallHasEnded() {
    CallId call = Calls.id(ACME, 1);
    get(NODE.persist(call, Calls.answered(call, now)));
    List<TimelineEntry> timeline = get(HISTORY.timeline(call));
    assertThat(timeline)
        .extracting(TimelineEntry::event)
        .containsExactly(
            "arrived",
            "queued",
            "offered",
            "ringing",
            "offer-failed",
            "offered",
            "answered",
            "connected",
            "left",
            "ended");
    assertThat(timeline.get(4).reason()).isEqualTo("Offer to agent ann failed: no answer");
    assertThat(timeline.get(4).at()).isEqualTo(now.plusSeconds(16));

    CallRecord expected =
        new CallRecord(
            call,
            new tandem.router.domain.SwitchId("fs1"),
            Calls.CALLER,
            Calls.CALLED,
            new QueueId(ACME, "support"),
            new AgentId(ACME, "bob"),
            now,
            now.plusSeconds(21),
            now.plusSeconds(81),
            CallView.Outcome.ANSWERED,
            "NORMAL_CLEARING",
            2,
            10);
    assertThat(get(HISTORY.get(call))).contains(expected);

    NODE.note(call, Calls.answered(call, now), 0);
    await().atMost(SOON).untilAsserted(() -> assertThat(NODE.recorded).containsKey(call));
    assertThat(all(ACME, CallFilter.ALL)).contains(expected);
  }

  @Test
  void shouldPublishALivingCallAndKeepItsHistoryOnceItHasEnded() throws Exception {
    TenantId tenant = new TenantId("living");
    CallId call = Calls.id(tenant, 2);
    List<Call.Event> life = Calls.answered(call, now);
    recorded(NODE, call, life.subList(0, 8), 0);

    assertThat(all(tenant, CallFilter.ALL)).isEmpty();
    assertThat(records(call)).hasSize(8);
    assertThat(NODE.recorded.get(call)).isEqualTo(new Call.Recorded(8, 8));

    recorded(NODE, call, life.subList(0, 10), 8);
    assertThat(all(tenant, CallFilter.ALL).get(0).ended()).isTrue();
    assertThat(records(call)).hasSize(10);

    recorded(NODE, call, life.subList(0, 8), 8);
    assertThat(all(tenant, CallFilter.ALL).get(0).ended()).as("after a late word").isTrue();
  }

  @Test
  void shouldListNewestFirstPageByPageAndByFilter() {
    TenantId tenant = new TenantId("pages");
    List<CallId> calls = new ArrayList<>();
    for (int n = 0; n < 7; n++) {
      CallId call = Calls.id(tenant, 100 + n);
      calls.add(0, call);
      Instant at = now.minus(Duration.ofHours(13L * (7 - n)));
      recorded(NODE, call, n % 2 == 0 ? Calls.answered(call, at) : Calls.abandoned(call, at), 0);
    }
    assertThat(all(tenant, CallFilter.ALL)).hasSize(7);

    List<CallId> paged = new ArrayList<>();
    String cursor = null;
    do {
      CallPage page = get(HISTORY.list(tenant, CallFilter.ALL, cursor, 2));
      assertThat(page.calls()).hasSizeLessThanOrEqualTo(2);
      page.calls().forEach(call -> paged.add(call.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(paged).isEqualTo(calls);

    assertThat(all(tenant, filter(null, null, "sales", null, null))).hasSize(3);
    assertThat(all(tenant, filter(null, null, null, "bob", null))).hasSize(4);
    assertThat(all(tenant, filter(null, null, null, "ann", null))).isEmpty();
    assertThat(all(tenant, filter(null, null, null, null, CallView.Outcome.ABANDONED))).hasSize(3);
    assertThat(
            all(
                tenant,
                filter(
                    now.minus(Duration.ofHours(13 * 5)),
                    now.minus(Duration.ofHours(13 * 3)),
                    null,
                    null,
                    null)))
        .extracting(CallRecord::id)
        .containsExactly(Calls.id(tenant, 103), Calls.id(tenant, 102));
    assertThat(all(new TenantId("others"), CallFilter.ALL)).isEmpty();
  }

  @Test
  void shouldPublishEachEventInOrderAndNothingThatKafkaIsKnownToHave() throws Exception {
    TenantId tenant = new TenantId("kafka");
    CallId call = Calls.id(tenant, 3);
    List<Call.Event> life = Calls.answered(call, now);
    recorded(NODE, call, life, 0);
    List<ConsumerRecord<String, String>> records = records(call);
    assertThat(sequence(records)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    JsonNode offered = JSON.readTree(records.get(2).value());
    assertThat(offered.get("schema").asInt()).isEqualTo(1);
    assertThat(offered.get("tenant").asText()).isEqualTo("kafka");
    assertThat(offered.get("call").asText()).isEqualTo(call.value());
    assertThat(offered.get("type").asText()).isEqualTo("offered");
    assertThat(Instant.parse(offered.get("at").asText())).isEqualTo(now.plusSeconds(1));
    assertThat(offered.get("payload").get("agent").asText()).isEqualTo("kafka:ann");
    assertThat(offered.get("payload").has("at")).isFalse();
    assertThat(
            new String(
                records.get(2).headers().lastHeader("seq").value(), StandardCharsets.US_ASCII))
        .isEqualTo("3");
    assertThat(NODE.recorded.get(call)).isEqualTo(new Call.Recorded(11, 11));
    List<CallRecord> history = all(tenant, CallFilter.ALL);

    recorded(NODE, call, life, 8);
    assertThat(sequence(records(call))).endsWith(10L, 9L, 10L).hasSize(12);
    assertThat(all(tenant, CallFilter.ALL)).isEqualTo(history);
  }

  @Test
  void shouldReadTheJournalOfACallThatHasTooManyEventsToSend() throws Exception {
    TenantId tenant = new TenantId("endless");
    CallId call = Calls.id(tenant, 6);
    List<Call.Event> life = Calls.answered(call, now);
    get(NODE.persist(call, life));

    NODE.note(new Recorder.Note(call, 11, 0, List.of()));

    await().atMost(SOON).untilAsserted(() -> assertThat(NODE.recorded).containsKey(call));
    assertThat(all(tenant, CallFilter.ALL)).hasSize(1);
    assertThat(sequence(records(call))).hasSize(10);
  }

  @Test
  void shouldWriteTheHistoryWhileKafkaIsAwayAndPublishWhenItIsBack() throws Exception {
    Config keyspaces = TestKeyspaces.fresh();
    CallId call = Calls.id(ACME, 4);
    CallId living = Calls.id(ACME, 7);
    try (RecordNode node = new RecordNode(kafka("127.0.0.1:1").withFallback(keyspaces))) {
      get(node.persist(call, Calls.abandoned(call, now)));
      get(node.persist(living, Calls.answered(living, now).subList(0, 8)));
      recorded(node, call, Calls.abandoned(call, now), 0);
      recorded(node, living, Calls.answered(living, now).subList(0, 8), 0);
      assertThat(node.recorded.get(call)).isEqualTo(new Call.Recorded(3, 0));
      assertThat(get(CallHistory.of(node.system()).list(ACME, CallFilter.ALL, null, 10)).calls())
          .extracting(CallRecord::id)
          .containsExactly(call);
    }
    try (RecordNode node =
        new RecordNode(kafka(LocalServices.kafka().bootstrapServers()).withFallback(keyspaces))) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(sequence(records(call))).startsWith(1L, 2L, 3L);
                assertThat(sequence(records(living))).startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
              });
      assertThat(node.recorded).as("nobody asked").isEmpty();
    }
  }

  @Test
  void shouldTellTheTimelineFromTheRecordWhenTheJournalHasForgottenTheCall() throws Exception {
    Config keyspaces = kafka("127.0.0.1:1").withFallback(TestKeyspaces.fresh());
    try (RecordNode node = new RecordNode(keyspaces)) {
      CallHistory history = CallHistory.of(node.system());
      CallId call = Calls.id(ACME, 5);
      get(node.persist(call, Calls.answered(call, now)));
      recorded(node, call, Calls.answered(call, now), 0);
      List<TimelineEntry> fromJournal = get(history.timeline(call));
      var record = get(history.get(call));

      forget(node, keyspaces, call);

      assertThat(get(history.timeline(call))).isEqualTo(fromJournal).hasSize(10);
      assertThat(get(history.get(call))).isEqualTo(record).isPresent();
    }
  }

  @Test
  void shouldKeepWhatAPlanDidWithACallAlsoWhenItsJournalIsForgotten() throws Exception {
    TenantId tenant = new TenantId("planned");
    Config keyspaces = kafka("127.0.0.1:1").withFallback(TestKeyspaces.fresh());
    try (RecordNode node = new RecordNode(keyspaces)) {
      CallHistory history = CallHistory.of(node.system());
      CallId served = Calls.id(tenant, 8);
      CallId message = Calls.id(tenant, 9);
      List<Call.Event> life = Calls.planned(served, now);
      get(node.persist(served, life));
      assertThat(get(history.events(served))).as("from the journal").isEqualTo(life);
      recorded(node, served, life, 0);
      recorded(node, message, Calls.voicemail(message, now.minusSeconds(5)), 0);

      List<CallRecord> rows = get(history.list(tenant, CallFilter.ALL, null, 10)).calls();
      assertThat(rows)
          .extracting(CallRecord::queue, CallRecord::outcome)
          .containsExactly(
              tuple(new QueueId(tenant, "overflow"), CallView.Outcome.ANSWERED),
              tuple(null, CallView.Outcome.VOICEMAIL));
      assertThat(get(history.get(message))).contains(rows.get(1));
      assertThat(
              get(history.list(tenant, filter(null, null, "overflow", null, null), null, 10))
                  .calls())
          .hasSize(1);

      forget(node, keyspaces, served);

      assertThat(get(history.events(served)))
          .as("from the history, which does not keep the bookkeeping after the end")
          .isEqualTo(life.subList(0, 12));
      assertThat(get(history.timeline(served)))
          .extracting(TimelineEntry::event)
          .containsSequence(
              "routed", "handed-over", "came-back", "queued", "place-refused", "step-taken");
      assertThat(get(history.events(Calls.id(tenant, 10)))).isEmpty();
    }
  }

  @Test
  void shouldPublishWhatAPlanDidWithACall() throws Exception {
    TenantId tenant = new TenantId("published");
    CallId call = Calls.id(tenant, 11);
    recorded(NODE, call, Calls.planned(call, now), 0);

    List<ConsumerRecord<String, String>> records = records(call);
    assertThat(records).hasSize(12);
    JsonNode routed = JSON.readTree(records.get(1).value());
    assertThat(routed.get("type").asText()).isEqualTo("routed");
    JsonNode routing = routed.get("payload").get("routing");
    assertThat(routing.get("plan").asLong()).isEqualTo(3);
    assertThat(routing.get("action").get("action").asText()).isEqualTo("wait");
    assertThat(routing.at("/action/steps/0/changes/1/change").asText()).isEqualTo("also-queue");
    assertThat(routing.at("/caller/attributes/share").asDouble()).isEqualTo(0.5);
    JsonNode offered = JSON.readTree(records.get(7).value());
    assertThat(offered.at("/payload/why/excluded/not-free").asInt()).isEqualTo(8);
  }

  /** Tells the record of a call until it has it. */
  private static void recorded(
      RecordNode node, CallId call, List<Call.Event> events, long published) {
    node.note(call, events, published);
    await().atMost(SOON).untilAsserted(() -> assertThat(node.recorded).containsKey(call));
  }

  private static List<Long> sequence(List<ConsumerRecord<String, String>> records) {
    return records.stream()
        .map(
            record ->
                Long.valueOf(
                    new String(
                        record.headers().lastHeader("seq").value(), StandardCharsets.US_ASCII)))
        .toList();
  }

  private static void forget(RecordNode node, Config keyspaces, CallId call) {
    get(
        akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry.get(node.system())
            .sessionFor("tandem.persistence.record.session")
            .executeWrite(
                "DELETE FROM "
                    + keyspaces.getString("tandem.persistence.cassandra.keyspaces.calls")
                    + ".messages WHERE persistence_id = ? AND partition_nr = 0",
                "Call|" + call.value()));
  }

  private static CallFilter filter(
      Instant from, Instant to, String queue, String agent, CallView.Outcome outcome) {
    return new CallFilter(from, to, queue, agent, outcome, null);
  }

  private static List<CallRecord> all(TenantId tenant, CallFilter filter) {
    return get(HISTORY.list(tenant, filter, null, CallHistory.MAX_PAGE)).calls();
  }

  /** Everything the topic holds of a call now. */
  private static List<ConsumerRecord<String, String>> records(CallId call) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", LocalServices.kafka().bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(partition -> new TopicPartition(TOPIC, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, String>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  if (record.key().equals(call.value())) {
                    found.add(record);
                  }
                });
      }
      return found;
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
