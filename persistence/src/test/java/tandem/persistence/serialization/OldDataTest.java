package tandem.persistence.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tandem.router.agent.Agent;
import tandem.router.agent.AgentState;
import tandem.router.call.Call;
import tandem.router.directory.Directory;
import tandem.router.directory.DirectoryLogic;
import tandem.router.domain.Traits;
import tandem.router.queue.Queue;
import tandem.router.queue.QueueState;

/** What was written before there were plans means what it meant then. */
class OldDataTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "events");
  private static final ActorTestKit KIT = ActorTestKit.create("old", SerializationConfig.load());
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final ObjectMapper CBOR =
      JacksonObjectMapperProvider.get(KIT.system()).getOrCreate("jackson-cbor", Optional.empty());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldReadAnOfferWithoutItsDecision() throws IOException {
    assertThat(golden("Call.AgentOffered", Call.AgentOffered.class).why()).isNull();
    assertThat(golden("Call.AgentOffered.2", Call.AgentOffered.class).why()).isNotNull();
  }

  @Test
  void shouldReadAQueuesEventsWithoutCallerAndReason() throws IOException {
    assertThat(golden("Queue.CallerServed", Queue.CallerServed.class).from()).isNull();
    assertThat(golden("Queue.CallerServed.2", Queue.CallerServed.class).from()).isNotNull();
    assertThat(golden("Queue.CallerLeft", Queue.CallerLeft.class).why()).isNull();
    assertThat(golden("Queue.CallerLeft.2", Queue.CallerLeft.class).why()).isNotNull();
  }

  @Test
  void shouldReadAnAgentWithoutTraits() throws IOException {
    assertThat(golden("Agent.ProfileSaved", Agent.ProfileSaved.class).profile().traits())
        .isEqualTo(Traits.NONE);
    Agent.ProfileSaved second = golden("Agent.ProfileSaved.2", Agent.ProfileSaved.class);
    assertThat(second.profile().traits()).isNotEqualTo(Traits.NONE);
    assertThat(second.profile().callerId()).isNull();
    assertThat(golden("Agent.ProfileSaved.3", Agent.ProfileSaved.class).profile().callerId())
        .isNotNull();
  }

  @Test
  void shouldReadAnAgentsSnapshotWithoutItsCountsAndTraits() throws IOException {
    AgentState now = (AgentState) new Samples().of(AgentState.class).get(0);
    ObjectNode json = CBOR.valueToTree(now);
    json.remove(List.of("calls", "talk"));
    ((ObjectNode) json.get("profile")).remove("traits");
    AgentState old = read(now, json);
    assertThat(old.calls()).isZero();
    assertThat(old.talk()).isEqualTo(Duration.ZERO);
    assertThat(old.profile()).isNotNull();
    assertThat(old.profile().traits()).isEqualTo(Traits.NONE);
    assertThat(old.offers()).isEqualTo(now.offers());
  }

  @Test
  void shouldReadAnAgentsSnapshotOfWhenOnlyQueuesOfferedCalls() throws IOException {
    AgentState now = (AgentState) new Samples().of(AgentState.class).get(0);
    ObjectNode json = CBOR.valueToTree(now);
    json.get("offers").forEach(offer -> ((ObjectNode) offer).remove(List.of("own", "listens")));
    ((ObjectNode) json.get("profile")).remove("callerId");
    AgentState old = read(now, json);
    assertThat(old.offers())
        .hasSameSizeAs(now.offers())
        .allSatisfy(
            offer -> {
              assertThat(offer.queue()).isNotNull();
              assertThat(offer.own()).isFalse();
              assertThat(offer.listens()).isFalse();
            });
    assertThat(old.profile()).isNotNull();
    assertThat(old.profile().callerId()).isNull();
  }

  @Test
  void shouldReadADirectorysSnapshotAndItsListOfBeforeThereWereLots() throws IOException {
    DirectoryLogic.State now =
        (DirectoryLogic.State) new Samples().of(DirectoryLogic.State.class).get(0);
    ObjectNode json = CBOR.valueToTree(now);
    json.remove("lots");
    DirectoryLogic.State old = read(now, json);
    assertThat(old.lots()).isEmpty();
    assertThat(old.agents()).isEqualTo(now.agents());
    Directory.Listing listing =
        (Directory.Listing) new Samples().of(Directory.Listing.class).get(0);
    json = CBOR.valueToTree(listing);
    json.remove("lots");
    assertThat(read(listing, json).lots()).isEmpty();
    assertThat(read(listing, json).queues()).isEqualTo(listing.queues());
  }

  @Test
  void shouldReadAQueuesSnapshotWithoutLastAgents() throws IOException {
    QueueState.Snapshot now =
        (QueueState.Snapshot) new Samples().of(QueueState.Snapshot.class).get(0);
    ObjectNode json = CBOR.valueToTree(now);
    json.remove("lastAgents");
    QueueState.Snapshot old = read(now, json);
    assertThat(old.lastAgents()).isEmpty();
    assertThat(old.places()).isEqualTo(now.places());
    assertThat(old.served()).isEqualTo(now.served());
  }

  @Test
  void shouldReadACallThatSomebodyMadeAndWriteItAsBefore() throws IOException {
    Call.Arrived arrived = golden("Call.Arrived", Call.Arrived.class);
    assertThat(arrived.arrival().callback()).isNull();
    assertThat(SERIALIZATION.serialize(arrived).get()).isEqualTo(bytes("Call.Arrived"));
    Queue.CallerQueued queued = golden("Queue.CallerQueued", Queue.CallerQueued.class);
    assertThat(queued.callback()).isFalse();
    assertThat(SERIALIZATION.serialize(queued).get()).isEqualTo(bytes("Queue.CallerQueued"));
  }

  @Test
  void shouldReadACallback() throws IOException {
    assertThat(golden("Call.Arrived.2", Call.Arrived.class).arrival().callback()).isNotNull();
    assertThat(golden("Queue.CallerQueued.2", Queue.CallerQueued.class).callback()).isTrue();
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name + ".cbor"));
  }

  /** The object as it is read from what an older version wrote of it. */
  private static <T> T read(T now, JsonNode old) throws IOException {
    var serializer = SERIALIZATION.findSerializerFor(now);
    @SuppressWarnings("unchecked")
    T back =
        (T)
            SERIALIZATION
                .deserialize(
                    CBOR.writeValueAsBytes(old),
                    serializer.identifier(),
                    Serializers.manifestFor(serializer, now))
                .get();
    return back;
  }

  private static <T> T golden(String name, Class<T> type) throws IOException {
    JsonNode twin = new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
    return type.cast(
        SERIALIZATION
            .deserialize(
                Files.readAllBytes(FOLDER.resolve(name + ".cbor")),
                twin.get("serializer").asInt(),
                twin.get("manifest").asText())
            .get());
  }
}
