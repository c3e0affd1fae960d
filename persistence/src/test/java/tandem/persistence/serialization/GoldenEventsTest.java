package tandem.persistence.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A journal of years ago stays readable: the bytes of every event, once released, are kept, and
 * must be read as they were meant. Beside each {@code .cbor} lies the same as JSON, for people. A
 * file is never changed; an event that gets a field gets one more file ({@code Call.Ended.2.cbor}).
 * Running with {@code -Dtandem.golden=write} writes those of new events.
 */
class GoldenEventsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "events");
  private static final boolean WRITE = "write".equals(System.getProperty("tandem.golden"));
  private static final ActorTestKit KIT = ActorTestKit.create("golden", SerializationConfig.load());
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());
  private static final ObjectMapper JSON =
      JacksonObjectMapperProvider.get(KIT.system()).getOrCreate("jackson-json", Optional.empty());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @TestFactory
  Stream<DynamicTest> shouldHaveBytesOfEveryEvent() {
    return RouterTypes.events().stream()
        .map(type -> DynamicTest.dynamicTest(name(type), () -> requireGolden(type)));
  }

  @TestFactory
  Stream<DynamicTest> shouldReadEveryEventEverWritten() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".cbor"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> read(file)))
          .toList()
          .stream();
    }
  }

  private static void requireGolden(Class<?> type) throws IOException {
    Path file = FOLDER.resolve(name(type) + ".cbor");
    if (!Files.exists(file)) {
      if (!WRITE) {
        fail("%s has no golden bytes; write them with -Dtandem.golden=write", type.getName());
      }
      write(type, file);
    }
    assertThat(file).isNotEmptyFile();
    assertThat(twin(file)).isNotEmptyFile();
  }

  private static void write(Class<?> type, Path file) throws IOException {
    Object sample = new Samples().full(type);
    Serializer serializer = SERIALIZATION.findSerializerFor(sample);
    ObjectNode twin = JSON.createObjectNode();
    twin.put("serializer", serializer.identifier());
    twin.put("manifest", Serializers.manifestFor(serializer, sample));
    twin.set("event", JSON.valueToTree(sample));
    Files.createDirectories(FOLDER);
    Files.write(file, SERIALIZATION.serialize(sample).get());
    Files.writeString(
        twin(file),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(twin) + '\n',
        StandardCharsets.UTF_8);
  }

  private static void read(Path file) throws IOException {
    JsonNode twin = JSON.readTree(twin(file).toFile());
    Object event =
        SERIALIZATION
            .deserialize(
                Files.readAllBytes(file),
                twin.get("serializer").asInt(),
                twin.get("manifest").asText())
            .get();
    assertMeans(JSON.valueToTree(event), twin.get("event"), file.getFileName().toString());
  }

  /** Everything the twin says is in what was read; a newer version may know more. */
  private static void assertMeans(JsonNode read, JsonNode expected, String where) {
    if (expected.isObject()) {
      assertThat(read).as(where).isNotNull();
      expected
          .fields()
          .forEachRemaining(
              field ->
                  assertMeans(
                      read.get(field.getKey()), field.getValue(), where + "." + field.getKey()));
    } else {
      assertThat(read).as(where).isEqualTo(expected);
    }
  }

  private static Path twin(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".cbor", ".json"));
  }

  private static String name(Class<?> type) {
    String outer =
        type.getEnclosingClass() == null ? "" : type.getEnclosingClass().getSimpleName() + ".";
    return outer + type.getSimpleName();
  }
}
