package tandem.router.domain.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;

/** One caller in an interactive flow of a plan that is written in the test. */
final class IvrStory {
  /** A Friday morning in New York. */
  static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  private static final String HOUSE =
      """
      {
        "numbers": [{"match": "+1*", "flow": "main"}, {"match": "+34*", "flow": "late"}],
        "calendars": {
          "office": {
            "timeZone": "America/New_York",
            "hours": {"mon-fri": ["09:00-17:30"]},
            "holidays": [{"date": "2026-11-26", "name": "Thanksgiving"}]
          }
        },
        "queues": {"support": {}, "sales": {}},
        "flows": {"main": [{"do": {"ivr": "main"}}], "late": [{"do": {"voicemail": "late"}}]},
        "ivr": %s
      }
      """;

  private final PlanInForce plan;
  private final Caller caller;
  private final Instant now;
  private IvrTurn turn;

  private IvrStory(PlanInForce plan, Caller caller, Instant now) {
    this.plan = plan;
    this.caller = caller;
    this.now = now;
    this.turn = IvrRunner.begin(plan, caller, "main", 0, now);
  }

  static Plan plan(String ivrs) {
    PlanReading reading = PlanReader.read(HOUSE.formatted(ivrs));
    assertThat(reading.problems()).filteredOn(p -> !p.message().contains("without TLS")).isEmpty();
    return Objects.requireNonNull(reading.plan());
  }

  static IvrStory of(String ivrs) {
    return of(ivrs, Map.of(), NOW);
  }

  static IvrStory of(String ivrs, Map<String, Object> attributes, Instant now) {
    Caller caller =
        new Caller(
            "c1", "+14155550199", "+14155550100", "US", "", "", now, Attributes.of(attributes));
    return new IvrStory(new PlanInForce(7, plan(ivrs), Map.of()), caller, now);
  }

  static Rehearsal rehearsal(String ivrs) {
    IvrStory story = of(ivrs);
    return Rehearsal.of(story.plan, story.caller, "main", NOW);
  }

  /** A flow {@code main} of these nodes, the first of which is {@code a}. */
  static String nodes(String nodes) {
    return "{\"main\": {\"start\": \"a\", \"nodes\": " + nodes + "}}";
  }

  IvrTurn turn() {
    return turn;
  }

  IvrStory input(IvrInput input) {
    turn = IvrRunner.next(plan, caller, turn.session(), input, turn.secrets(), now);
    return this;
  }

  IvrStory played() {
    return input(new IvrInput.Played());
  }

  IvrStory keys(String digits) {
    return input(new IvrInput.Keyed(digits));
  }

  IvrStory found(Map<String, Object> values) {
    return input(new IvrInput.Found(values));
  }

  /** What was in memory only is gone. */
  IvrStory crash() {
    turn = IvrRunner.again(plan, caller, turn.session(), Map.of(), now);
    return this;
  }

  String node() {
    return turn.session().ivr() + '/' + turn.session().node();
  }

  Object attribute(String name) {
    return turn.session().seen(caller).attributes().values().get(name);
  }

  Ask ask() {
    return turn.ask();
  }

  Action end() {
    return ((Ask.Leave) turn.ask()).action();
  }

  /** What the caller hears now. */
  String hears() {
    var prompts =
        turn.ask() instanceof Ask.Play play ? play.prompts() : ((Ask.Digits) turn.ask()).prompts();
    return prompts.stream().map(IvrStory::heard).collect(Collectors.joining(" | "));
  }

  private static String heard(Prompt prompt) {
    if (prompt instanceof Prompt.File file) {
      return file.name();
    } else if (prompt instanceof Prompt.Speech speech) {
      return speech.language() + ": " + speech.text();
    }
    return "number " + ((Prompt.Number) prompt).value();
  }
}
