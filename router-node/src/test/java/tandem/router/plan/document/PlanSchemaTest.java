package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the reader agree on the form of plans. */
class PlanSchemaTest {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final JsonSchema SCHEMA = FACTORY.getSchema(PlanSchema.json(), InputFormat.JSON);

  /** What only the reader knows: references, expressions, order and what stands elsewhere. */
  private static final List<String> BEYOND_FORM =
      List.of(
          "there is no",
          "is the same as",
          "overlap",
          "must grow",
          "must be later",
          "'after' is missing",
          "already",
          "stands twice",
          "must be a month and a day",
          "must be a day",
          "must be a time zone",
          "leads back",
          "must be 1s to 2m",
          "must be 5s to 2m",
          "must be 1m to",
          "must be 1s to 1",
          "must be 1s to 24h",
          "must be 1h to",
          "must be 10s to",
          "a range must be",
          "says it",
          "got '720-701'",
          "got '0-720'",
          "too large",
          "must be 1s to 1m",
          "must be 100ms to",
          "language 'EN' is named twice",
          "must yield",
          "from 1 to 10, got 12",
          "unknown name",
          "leads back into",
          "no way leads",
          "is secret",
          "never comes out",
          "goes round",
          "takes no such",
          "to be gone through next",
          "returns to a flow");

  static List<String> examples() {
    return Plans.ALL;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldTakeEachExample(String name) {
    assertThat(problems(Plans.text(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = {"/plans/problems.txt", "/plans/ivr-problems.txt"},
      delimiterString = " ~ ",
      quoteCharacter = '`')
  void shouldRefuseWhatTheReaderRefusesForItsForm(
      String from, String to, String path, String at, String message) {
    String text = Plans.changed(from, to);
    assertThat(PlanReader.read(text).plan()).isNull();
    if (BEYOND_FORM.stream().anyMatch(message::contains)) {
      assertThat(problems(text)).as("what a schema cannot say").isEmpty();
    } else {
      assertThat(problems(text)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = {"/plans/warnings.txt", "/plans/ivr-warnings.txt"},
      delimiterString = " ~ ",
      quoteCharacter = '`')
  void shouldTakeWhatTheReaderOnlyWarnsOf(
      String from, String to, String path, String at, String message) {
    assertThat(problems(Plans.changed(from, to))).isEmpty();
  }

  @Test
  void shouldBeASchemaOfItsDraft() {
    JsonSchema draft =
        FACTORY.getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
    assertThat(draft.validate(PlanSchema.json(), InputFormat.JSON)).isEmpty();
  }

  static Stream<String> limits() {
    return Stream.of(
        "{\"numbers\": null}",
        "{\"queues\": []}",
        "{\"flows\": {\"a\": [{\"do\": {\"queue\": []}}]}}",
        "{\"queues\": {\"a\": {\"maxLength\": 20001}}}",
        "{\"queues\": {\"agent.x\": {}}}",
        "{\"extensions\": {\"1\": \"" + "a".repeat(59) + "\"}}",
        "[]");
  }

  @ParameterizedTest
  @MethodSource("limits")
  void shouldRefuseWhatIsBeyondTheLimits(String text) {
    assertThat(PlanReader.read(text).plan()).isNull();
    assertThat(problems(text)).isNotEmpty();
  }

  private static Set<ValidationMessage> problems(String text) {
    return SCHEMA.validate(text, InputFormat.JSON);
  }
}
