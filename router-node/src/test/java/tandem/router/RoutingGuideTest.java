package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tandem.router.domain.Durations;
import tandem.router.domain.Strategy;
import tandem.router.domain.expr.ExpressionLimits;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.guide.Example;
import tandem.router.guide.Guide;
import tandem.router.guide.Play;
import tandem.router.plan.document.PlanLimits;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;
import tandem.router.plan.document.PlanSchema;

/** What {@code docs/routing.md} tells authors of plans is true: each example, table and list. */
class RoutingGuideTest {
  private static final Guide GUIDE = Guide.read(Path.of("../docs/routing.md"));

  /** An entity that spins in an example is a fault, not a test that never ends. */
  private static final Duration LONG = Duration.ofSeconds(20);

  @TestFactory
  Stream<DynamicTest> shouldDoWhatTheExampleSays() {
    Play play = new Play(GUIDE.house());
    return GUIDE.examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.name(),
                    () ->
                        assertThat(assertTimeoutPreemptively(LONG, () -> play.faults(example)))
                            .isEmpty()));
  }

  @Test
  void shouldShowEveryFieldOfThePlanInAnExample() throws Exception {
    Set<String> fields = new TreeSet<>();
    properties(new ObjectMapper().readTree(PlanSchema.json()), fields);
    String json =
        GUIDE.house()
            + GUIDE.examples().stream()
                .flatMap(example -> Stream.of(example.json(), example.next()))
                .collect(Collectors.joining("\n"));

    assertThat(fields)
        .hasSizeGreaterThan(50)
        .allSatisfy(field -> assertThat(json).contains("\"" + field + "\":"));
  }

  private static void properties(JsonNode schema, Set<String> fields) {
    JsonNode properties = schema.get("properties");
    if (properties != null && properties.isObject()) {
      properties.fieldNames().forEachRemaining(fields::add);
    }
    schema.forEach(part -> properties(part, fields));
  }

  @Test
  void shouldShowEveryStrategyInAnExample() {
    String json = GUIDE.examples().stream().map(Example::json).collect(Collectors.joining("\n"));

    assertThat(Strategy.values())
        .allSatisfy(
            strategy ->
                assertThat(json)
                    .contains(
                        "\"strategy\": \""
                            + strategy.name().toLowerCase(Locale.ROOT).replace('_', '-')
                            + "\""));
  }

  @Test
  void shouldListEveryLimitAsItIs() throws Exception {
    Map<String, String> limits = new TreeMap<>();
    for (Class<?> type : List.of(PlanLimits.class, ExpressionLimits.class, IvrLimits.class)) {
      for (Field field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          limits.put(type.getSimpleName() + "." + field.getName(), shown(field));
        }
      }
    }
    Map<String, String> told = new TreeMap<>();
    for (List<String> row : GUIDE.table("Limits")) {
      String name = row.get(2).replace("`", "");
      boolean duration = row.get(1).matches("[0-9]+(ms|[smh])");
      told.put(name, duration ? Durations.parse(row.get(1)).toString() : row.get(1));
    }

    assertThat(limits).hasSizeGreaterThan(35);
    assertThat(told).isEqualTo(limits);
  }

  private static String shown(Field field) throws IllegalAccessException {
    Object value = field.get(null);
    if (value instanceof Duration duration) {
      return duration.toString();
    }
    int number = (Integer) value;
    return field.getName().equals("BYTES")
        ? number / 1024 + " KiB"
        : String.format(Locale.ROOT, "%,d", number);
  }

  @Test
  void shouldListWhatExpressionsMaySpeakOfAndWhere() {
    List<List<String>> rows = GUIDE.table("Names");
    List<String> wrong = new ArrayList<>();
    for (List<String> row : rows) {
      String name = row.get(0).replace("`", "");
      Set<Scope> places = scopes(row.get(2));
      for (Scope scope : Scope.values()) {
        String probe = probe(name, row.get(1));
        String text = scope == Scope.SCORE ? probe + " ? 1 : 0" : probe;
        boolean good = Expressions.check(scope, text).isEmpty();
        if (good != places.contains(scope)) {
          wrong.add(name + " in " + scope + ": " + Expressions.check(scope, text));
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(rows)
        .as("seven of the call, five of the agent, three more, three functions")
        .hasSize(18);
  }

  private static Set<Scope> scopes(String places) {
    return Arrays.stream(places.split(", "))
        .map(place -> Scope.valueOf(place.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static String probe(String name, String type) {
    return switch (type) {
      case "text" -> name + " == 'x'";
      case "time" -> name + " < timestamp('2026-01-01T00:00:00Z')";
      case "list of texts" -> "'x' in " + name;
      case "map of whole numbers" -> name + "['x'] == 1";
      case "map of anything" -> name + "['x'] == true";
      case "whole number" -> name + " >= 1";
      case "true or false" -> name;
      default -> throw new IllegalArgumentException("no type: " + type);
    };
  }

  @Test
  void shouldNotTakeAnExampleThatSaysNothing() {
    String example = "```json queue\n{}\n```\n";

    assertThatThrownBy(() -> Guide.of("# A\n" + example + "\nText\n"))
        .hasMessage("line 2: the example has no expectations");
    assertThatThrownBy(() -> Guide.of(example + "```expect\nagent anna\n```\n"))
        .hasMessage("line 4: nothing is expected here");
    assertThatThrownBy(() -> Guide.of("```json other\n{}\n```\n"))
        .hasMessageContaining("json must be one of");
  }

  @Test
  void shouldReadThePlanOfTheReadme() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int begin = readme.indexOf("<<'PLAN'\n") + "<<'PLAN'\n".length();

    PlanReading reading = PlanReader.read(readme.substring(begin, readme.indexOf("\nPLAN\n")));

    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void shouldTellWhatIsNotTrueAndWhatIsNotUnderstood() {
    String expected =
        """
        agent anna
        pick → ben
        pick → anna
        rung → anna
        call → queue support; priority 1
        0s: x calls → rings anna
        1s: y sings → rings anna
        """;
    Guide guide = Guide.of("```json queue\n{}\n```\n\n```expect\n" + expected + "```\n");

    assertThat(new Play(GUIDE.house()).faults(guide.examples().get(0)))
        .satisfiesExactly(
            fault -> assertThat(fault).isEqualTo("line 7: pick → expected ben, but it is anna"),
            fault -> assertThat(fault).isEqualTo("line 9: not understood: rung"),
            fault ->
                assertThat(fault).contains("line 10: call → expected queue support; priority 1"),
            fault -> assertThat(fault).contains("line 12:").contains("not understood: y sings"));
  }
}
