package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tandem.router.domain.RouterSerializable;

/**
 * A link's journal of years ago stays readable: what {@code GoldenEventsTest} of persistence, which
 * cannot see a link, is for the other entities, with the same rules and the same switch {@code
 * -Dtandem.golden=write} for events that have no bytes yet.
 */
class GoldenLinkTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "events");
  private static final ActorTestKit KIT = ActorTestKit.create("golden", ConfigFactory.load());
  private static final Serialization BYTES = SerializationExtension.get(KIT.system());
  private static final ObjectMapper JSON =
      JacksonObjectMapperProvider.get(KIT.system()).getOrCreate("jackson-json", Optional.empty());

  /** What stands beside the bytes: how they are to be read, and what they mean. */
  private record Twin(int serializer, String manifest, JsonNode event) {}

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** By the names of their files. */
  static List<Arguments> samples() {
    List<Arguments> all = new ArrayList<>();
    for (LinkEvent event : LinkEventTest.events()) {
      all.add(Arguments.of(event.getClass().getSimpleName(), event));
    }
    all.add(Arguments.of("CarriedCallback", LinkEventTest.callbacks().get(0)));
    all.add(Arguments.of("CarriedOutbound", LinkEventTest.outbounds().get(0)));
    all.add(Arguments.of("LinkBook", LinkEventTest.books().get(4)));
    return all;
  }

  static List<String> written() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".cbor"))
          .map(name -> name.substring(0, name.length() - ".cbor".length()))
          .sorted()
          .toList();
    }
  }

  private static Path file(String name, String end) {
    return FOLDER.resolve(name + end);
  }

  @Test
  void shouldHaveASampleOfEveryEvent() {
    assertThat(LinkEventTest.events())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder((Class<?>[]) LinkEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldHaveBytesOfWhateverALinkWrites(String name, RouterSerializable sample)
      throws IOException {
    if (!Files.exists(file(name, ".cbor")) && "write".equals(System.getProperty("tandem.golden"))) {
      write(name, sample);
    }
    assertThat(file(name, ".cbor")).isNotEmptyFile();
    assertThat(file(name, ".json")).isNotEmptyFile();
  }

  private static void write(String name, Object sample) throws IOException {
    var serializer = BYTES.findSerializerFor(sample);
    Twin twin =
        new Twin(
            serializer.identifier(),
            Serializers.manifestFor(serializer, sample),
            JSON.valueToTree(sample));
    Files.createDirectories(FOLDER);
    Files.write(file(name, ".cbor"), serializer.toBinary(sample));
    Files.writeString(
        file(name, ".json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(twin) + '\n');
  }

  @ParameterizedTest
  @MethodSource("written")
  void shouldReadWhatWasEverWritten(String name) throws IOException {
    Twin twin = JSON.readValue(file(name, ".json").toFile(), Twin.class);
    byte[] bytes = Files.readAllBytes(file(name, ".cbor"));
    JsonNode read =
        JSON.valueToTree(BYTES.deserialize(bytes, twin.serializer(), twin.manifest()).get());
    assertThat(says(read, twin.event())).as("%s says %s", read, twin.event()).isTrue();
  }

  /** Whether all that is expected is there; a later version may know more. */
  private static boolean says(JsonNode read, JsonNode expected) {
    if (!expected.isObject()) {
      return expected.equals(read);
    }
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      if (!read.has(field.getKey()) || !says(read.get(field.getKey()), field.getValue())) {
        return false;
      }
    }
    return true;
  }
}
