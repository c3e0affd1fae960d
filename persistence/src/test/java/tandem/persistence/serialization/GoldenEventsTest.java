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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A journal of years ago stays readable: the bytes of every event, once released, are kept, and
 * must be read as they were meant. Beside each {@code .cbor} lies the same as JSON, for people. A
 * file is never changed; an event that gets a field, or holds a new kind of thing, gets one more
 * file ({@code Call.Ended.2.cbor}). Running with {@code -Dtandem.golden=write} writes those of new
 * events.
 */
class GoldenEventsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "events");

  /** What tells kinds of one thing apart in their JSON: of actions, changes, errands, prompts. */
  private static final List<String> KINDS = List.of("action", "change", "errand", "prompt");

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
    List<Path> files = goldens(type);
    Set<String> known = new TreeSet<>();
    for (Path file : files) {
      assertThat(file).isNotEmptyFile();
      known.addAll(shape(JSON.readTree(twin(file).toFile()).get("event")));
    }
    int number = files.size();
    for (Object sample : new Samples().of(type)) {
      Set<String> shape = shape(JSON.valueToTree(sample));
      if (number > 0 && known.containsAll(shape)) {
        continue;
      }
      shape.removeAll(known);
      if (!WRITE) {
        fail(
            "%s has no golden bytes with %s; write them with -Dtandem.golden=write",
            type.getName(), shape);
      }
      number++;
      write(sample, FOLDER.resolve(name(type) + (number == 1 ? "" : "." + number) + ".cbor"));
      known.addAll(shape);
    }
  }

  /** The files of an event, from the first version of it on. */
  private static List<Path> goldens(Class<?> type) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(name(type)) + "(\\.[0-9]+)?\\.cbor");
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
    }
  }

  /**
   * The paths of all fields, each with the kind of thing it is in where there are several kinds.
   */
  private static Set<String> shape(JsonNode node) {
    Set<String> paths = new TreeSet<>();
    shape(node, "", paths);
    return paths;
  }

  private static void shape(JsonNode node, String path, Set<String> paths) {
    if (node.isArray()) {
      node.forEach(element -> shape(element, path, paths));
    } else if (node.isObject()) {
      String kind = KINDS.stream().map(node::path).map(JsonNode::asText).reduce("", String::concat);
      node.fields()
          .forEachRemaining(
              field -> shape(field.getValue(), path + kind + '.' + name(field.getKey()), paths));
    } else {
      paths.add(path);
    }
  }

  /** A field's name; those keys of maps that samples number count as one. */
  private static String name(String key) {
    return key.replaceFirst("^text-[0-9]+$", "text");
  }

  private static void write(Object sample, Path file) throws IOException {
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
    JsonNode read = JSON.readTree(JSON.writeValueAsString(event));
    assertMeans(read, twin.get("event"), file.getFileName().toString());
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
