package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Announcements;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Mailbox;
import tandem.router.domain.plan.NumberPattern;
import tandem.router.domain.plan.Outgoing;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.Supervision;
import tandem.router.domain.plan.Taping;

/** Lots, boxes, calls that agents make, supervision, recording and announcements. */
class PlanSectionsTest {
  @Test
  void shouldReadParkLots() {
    Lot lobby = Objects.requireNonNull(everything().lots().get("lobby"));
    assertThat(lobby.first()).isEqualTo(701);
    assertThat(lobby.last()).isEqualTo(720);
    assertThat(lobby.timeout()).isEqualTo(Duration.ofMinutes(3));
    assertThat(lobby.tries()).isEqualTo(2);
    assertThat(lobby.ring()).isEqualTo(Duration.ofSeconds(25));
    assertThat(lobby.then()).isInstanceOf(Action.Wait.class);
    assertThat(everything().lots().get("desk"))
        .isEqualTo(
            new Lot(
                7,
                7,
                Duration.ofMinutes(2),
                1,
                Duration.ofSeconds(20),
                new Action.Park("lobby", Duration.ofSeconds(9), new Action.GoTo("late"))));
  }

  @Test
  void shouldLeaveToTheLotWhatAnActionDoesNotSay() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "+14155550100", "flow": "a"}],
             "flows": {"a": [{"when": "call.from == ''", "do": {"park": "x", "timeout": "9s"}},
                             {"do": {"park": "x", "then": {"hangup": "DECLINE"}}}],
                       "b": [{"do": {"voicemail": "b"}}]},
             "lots": {"x": {"slots": "1-5", "then": {"flow": "b"}}}}
            """);
    assertThat(reading.problems()).isEmpty();
    assertThat(Objects.requireNonNull(reading.plan()).flows().get("a"))
        .extracting(flow -> flow.rules().stream().map(Plan.Rule::action).toList())
        .isEqualTo(
            List.of(
                new Action.Park("x", Duration.ofSeconds(9), new Action.GoTo("b")),
                new Action.Park("x", Duration.ofMinutes(2), new Action.HangUp("DECLINE"))));
  }

  @Test
  void shouldBoundWhatLotsGiveToActions() {
    String step = "{\"after\": \"1m\", \"notify\": \"%s\"}".formatted("x".repeat(200));
    String steps = String.join(", ", Collections.nCopies(7, step));
    String then = "{\"queue\": \"q\", \"escalate\": [%s]}".formatted(steps);
    String rule = "{\"when\": \"call.from == ''\", \"do\": {\"park\": \"x\"}}, ";
    String text =
        "{\"numbers\": [{\"match\": \"+1*\", \"flow\": \"a\"}], \"queues\": {\"q\": {}},"
            + " \"lots\": {\"x\": {\"slots\": \"1-5\", \"then\": %s}},"
            + " \"flows\": {\"a\": [%s{\"do\": {\"hangup\": \"DECLINE\"}}]}}";
    assertThat(PlanReader.read(text.formatted(then, rule.repeat(150))).problems()).isEmpty();
    assertThat(PlanReader.read(text.formatted(then, rule.repeat(199))).problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .contains("flows.a[")
                    .contains(
                        "has at most 262144 characters in all: let their 'then' name a flow"));
  }

  @Test
  void shouldReadBoxes() {
    assertThat(everything().boxes())
        .containsEntry(
            "late",
            new Mailbox(
                List.of(
                    new Prompt.File("ivr/late.wav"),
                    new Prompt.File("ivr/until.wav"),
                    new Prompt.Number(5, "en"),
                    new Prompt.Speech("Leave a message.", "en-US")),
                Duration.ofMinutes(4),
                Duration.ofSeconds(6),
                "group.front",
                Duration.ofDays(60)))
        .containsEntry("front", Mailbox.PLAIN);
    assertThat(everything().boxes().get("after-hours"))
        .returns("support", Mailbox::group)
        .returns(List.of(new Prompt.File("ivr/closed-box.wav")), Mailbox::greeting);
    assertThat(everything().boxes().get("support")).returns("agent.cleo", Mailbox::group);
  }

  @Test
  void shouldReadWhomAgentsMayCallAndWhatSupervisorsMayDo() {
    assertThat(everything().outgoing())
        .isEqualTo(
            new Outgoing(
                "US",
                List.of(new PhoneNumber("+14155550101"), new PhoneNumber("+14155550102")),
                List.of(NumberPattern.parse("+1*"), NumberPattern.parse("+34*")),
                List.of(
                    NumberPattern.parse("+1900*"),
                    NumberPattern.parse("+14155550700 - +14155550799"))));
    assertThat(everything().supervision()).isEqualTo(new Supervision(true, true, false, false));
    assertThat(read("smallest").outgoing()).isEqualTo(Outgoing.NONE);
    assertThat(read("smallest").supervision()).isEqualTo(Supervision.ALL);
    assertThat(read("smallest").lots()).isEmpty();
  }

  @Test
  void shouldReadWhatIsRecorded() {
    Plan plan = everything();
    assertThat(Objects.requireNonNull(plan.queues().get("billing")).taping())
        .isEqualTo(
            new Taping(
                0.2,
                true,
                List.of(new Prompt.Speech("This call may be recorded.", "en")),
                Duration.ofDays(30)));
    assertThat(Objects.requireNonNull(plan.groups().get("front")).taping())
        .isEqualTo(new Taping(1, true, List.of(), Duration.ofDays(90)));
    assertThat(taping("\"never\"")).isEqualTo(new Taping(0, false, List.of(), Duration.ofDays(90)));
    assertThat(taping("\"on-demand\"")).isEqualTo(Taping.ON_DEMAND);
    assertThat(taping("\"12.5%\"").share()).isEqualTo(0.125);
    assertThat(taping("{\"calls\": \"100%\"}").share()).isEqualTo(1);
  }

  @Test
  void shouldReadAnnouncementsWithTheFirstLanguageFirst() {
    Announcements read =
        Objects.requireNonNull(everything().queues().get("billing")).announcements();
    assertThat(read)
        .isEqualTo(
            new Announcements(
                "local_stream://jazz",
                Duration.ofSeconds(20),
                Duration.ofSeconds(45),
                true,
                true,
                Map.of(
                    "en",
                    List.of(
                        new Prompt.Speech("You are number {position}.", "en"),
                        new Prompt.Speech("{minutes} minutes to go.", "en")),
                    "de-AT",
                    List.of(
                        new Prompt.File("ivr/platz.wav"),
                        new Prompt.Speech("{position}", "de-AT"),
                        new Prompt.Speech("{minutes} Minuten", "de")))));
    assertThat(read.texts().keySet()).containsExactly("en", "de-AT");
  }

  @Test
  void shouldFindFlowsThatLeadBackWhenALotIsFull() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "+14155550100", "flow": "a"}],
             "flows": {"a": [{"do": {"park": "x"}}],
                       "b": [{"do": {"park": "y", "timeout": "9s", "then": {"flow": "b"}}}]},
             "lots": {"x": {"slots": "1-5", "then": {"flow": "a"}}}}
            """);
    assertThat(reading.problems())
        .extracting(PlanProblem::path, PlanProblem::message)
        .contains(tuple("flows.a", "a call never comes out of this flow: its rules only lead to a"))
        .noneMatch(told -> told.toList().get(0).equals("lots.x"))
        .noneMatch(told -> told.toList().get(1).toString().contains("only lead to b"));
  }

  private static Taping taping(String recording) {
    String text = "{\"queues\": {\"q\": {\"recording\": %s}}}".formatted(recording);
    Plan plan = Objects.requireNonNull(PlanReader.read(text).plan());
    return Objects.requireNonNull(plan.queues().get("q")).taping();
  }

  private static Plan everything() {
    return read("everything");
  }

  private static Plan read(String name) {
    return Objects.requireNonNull(PlanReader.read(Plans.text(name)).plan());
  }
}
