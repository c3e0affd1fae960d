package tandem.router.plan.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.NumberPattern;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.Holiday;
import tandem.router.domain.time.Span;

class PlanReaderTest {
  @TestFactory
  Stream<DynamicTest> shouldReadEachExampleWithoutProblems() {
    return Plans.ALL.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      PlanReading reading = PlanReader.read(Plans.text(name));
                      assertThat(reading.problems()).isEmpty();
                      assertThat(reading.plan()).isNotNull();
                    }));
  }

  @Test
  void shouldReadNumbersExtensionsAndWaiting() {
    Plan plan = everything();
    assertThat(plan.waiting()).isEqualTo(Plan.Waiting.MOVE);
    assertThat(plan.numbers())
        .containsExactly(
            new Plan.NumberRule(NumberPattern.parse("+14155550100"), "main"),
            new Plan.NumberRule(NumberPattern.parse("+1415*"), "main"),
            new Plan.NumberRule(NumberPattern.parse("+14155550200 - +14155550299"), "direct"),
            new Plan.NumberRule(NumberPattern.parse("+14155550300"), "back"));
    assertThat(plan.extensions()).containsEntry("101", "anna").containsEntry("102", "ben");
    assertThat(plan.directAgents()).containsExactlyInAnyOrder("anna", "ben", "cleo");
  }

  @Test
  void shouldKeepCallersWhenNothingIsSaid() {
    assertThat(read("smallest").waiting()).isEqualTo(Plan.Waiting.KEEP);
  }

  @Test
  void shouldReadCalendarsWithSharedAndOwnHolidays() {
    Calendar office = everything().calendars().get("office");
    assertThat(office.zone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(office.hours().spans(DayOfWeek.FRIDAY))
        .containsExactly(Span.parse("09:00-12:00"), Span.parse("13:00-17:30"));
    assertThat(office.hours().spans(DayOfWeek.SATURDAY)).containsExactly(Span.parse("22:00-02:00"));
    assertThat(office.hours().spans(DayOfWeek.SUNDAY)).isEmpty();
    assertThat(office.holidays())
        .extracting(Holiday::name)
        .containsExactly("Thanksgiving", "Christmas Eve", "Christmas");
    assertThat(office.holidays().get(1).spans()).containsExactly(Span.parse("09:00-12:00"));
  }

  @Test
  void shouldReadAllOfAQueue() {
    assertThat(everything().queues().get("support"))
        .isEqualTo(
            new QueueRule(
                new QueueSettings(
                    Strategy.RING_PROGRESSIVELY, Duration.ofSeconds(15), Duration.ofSeconds(30)),
                "'support' in agent.teams",
                List.of(
                    new QueueRule.Tier("skill('support') >= 5", Duration.ZERO),
                    new QueueRule.Tier("true", Duration.ofSeconds(20))),
                "skill('support')",
                List.of("anna"),
                3,
                Duration.ofSeconds(5),
                4,
                Duration.ofSeconds(20),
                new Ageing(
                    List.of(
                        new Ageing.Point(Duration.ofMinutes(1), 10),
                        new Ageing.Point(Duration.ofMinutes(5), 60))),
                new QueueRule.Limits(
                    500,
                    new Action.HangUp("USER_BUSY"),
                    Duration.ofMinutes(10),
                    new Action.GoTo("late"),
                    Duration.ofMinutes(5),
                    new Action.Voicemail("support")),
                new QueueRule.ServiceLevel(0.8, Duration.ofSeconds(20))));
  }

  @Test
  void shouldReadAQueueNothingIsSaidAbout() {
    assertThat(everything().queues().get("overflow"))
        .isEqualTo(QueueRule.of(QueueSettings.DEFAULT));
  }

  @Test
  void shouldMakeAGroupAQueueOfItsAgents() {
    QueueRule front = Objects.requireNonNull(everything().groups().get("front"));
    assertThat(front.members()).isEqualTo("agent.name in ['anna','ben']");
    assertThat(front.order()).containsExactly("anna", "ben");
    assertThat(front.settings().strategy()).isEqualTo(Strategy.RING_ALL);
    assertThat(front.limits().onWait()).isEqualTo(new Action.Voicemail("front"));
  }

  @Test
  void shouldOrderRelaxingAndEscalatingByTime() {
    Action.Wait wait = (Action.Wait) rule("main", 6).action();
    assertThat(wait.queues()).containsExactly("support", "overflow");
    assertThat(wait.priority()).isEqualTo(50);
    assertThat(wait.boosts())
        .containsExactly(new Action.Boost("call.attributes[?'vip'].orValue(false)", 40));
    assertThat(wait.wants().require()).isEqualTo("skill('billing') >= 3");
    assertThat(wait.wants().prefer()).isEqualTo("speaks('es')");
    assertThat(wait.wants().call()).isEmpty();
    assertThat(wait.steps())
        .containsExactly(
            after(30, new Change.Require("skill('billing') >= 1"), new Change.Prefer("")),
            after(60, new Change.Require("skill('billing') >= 2"), new Change.SetPriority(60)),
            after(120, new Change.Require(""), new Change.SetPriority(80)),
            after(120, new Change.Notify("A caller has waited for two minutes")),
            after(540, new Change.Go(new Action.GoTo("late"))),
            new Action.Step(null, 3, List.of(new Change.Go(new Action.Voicemail("support")))));
  }

  private static Action.Step after(int seconds, Change... changes) {
    return new Action.Step(Duration.ofSeconds(seconds), null, List.of(changes));
  }

  @Test
  void shouldReadEachKindOfAction() {
    assertThat(rule("main", 0).action())
        .isEqualTo(
            new Action.SetAttributes(
                Attributes.of(
                    Map.of("vip", true, "campaign", "spring", "tries", 0L, "rate", 0.5))));
    assertThat(rule("main", 1).action()).isEqualTo(new Action.HangUp("CALL_REJECTED"));
    assertThat(rule("main", 2).action()).isEqualTo(new Action.Announce("ivr/closed.wav"));
    assertThat(rule("main", 3).action()).isEqualTo(new Action.Voicemail("after-hours"));
    assertThat(rule("main", 4).action())
        .isEqualTo(new Action.Transfer(new PhoneNumber("+14155550123")));
    assertThat(wait("main", 5).queues()).containsExactly("group.front");
    assertThat(wait("main", 5).answer()).isEqualTo(AnswerMode.EARLY_MEDIA);
    assertThat(wait("direct", 0).queues()).containsExactly("agent.anna");
    assertThat(wait("direct", 0).answer()).isEqualTo(AnswerMode.ON_AGENT);
    assertThat(wait("direct", 1).queues()).containsExactly("agent.ben");
    assertThat(rule("direct", 2).action())
        .isEqualTo(new Action.Park("lobby", Duration.ofMinutes(2), new Action.GoTo("late")));
  }

  @Test
  void shouldReadAllOfACallback() {
    assertThat(rule("back", 0).action())
        .isEqualTo(
            new Action.Callback(
                List.of("support", "overflow"),
                Duration.ofHours(20),
                5,
                Duration.ofMinutes(15),
                Duration.ofSeconds(45),
                List.of("US", "CA"),
                new Action.GoTo("late")));
  }

  @Test
  void shouldCallBackAsUsualWhenNothingIsSaid() {
    Action.Callback usual =
        new Action.Callback(
            List.of(),
            Duration.ofHours(2),
            3,
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            List.of(),
            null);
    assertThat(wait("back", 1).steps())
        .containsExactly(after(420, new Change.SetPriority(61), new Change.Go(usual)));
    assertThat(Objects.requireNonNull(everything().queues().get("billing")).limits().onLength())
        .isEqualTo(
            new Action.Callback(
                List.of("billing"),
                usual.within(),
                usual.attempts(),
                usual.every(),
                usual.ring(),
                usual.countries(),
                new Action.Voicemail("billing")));
  }

  @Test
  void shouldCallBackFromEverywhereActionsMayStand() {
    String callback = "{\"callback\": {\"otherwise\": {\"voicemail\": \"x\"}}}";
    for (String place :
        List.of(
            "{\"queues\": {\"a\": {\"maxWait\": \"1m\", \"onMaxWait\": %s}}}",
            "{\"queues\": {\"a\": {\"maxEstimatedWait\": \"1m\", \"onMaxEstimatedWait\": %s}}}",
            "{\"queues\": {\"a\": {\"onMaxLength\": %s}}}",
            "{\"groups\": {\"a\": {\"agents\": [\"b\"], \"onMaxLength\": %s}}}",
            "{\"numbers\": [{\"match\": \"+1*\", \"flow\": \"a\"}], \"flows\": {\"a\": [{\"do\":"
                + " %s}]}}",
            "{\"queues\": {\"a\": {\"maxWait\": \"1m\", \"onMaxWait\": {\"park\": \"a\","
                + " \"timeout\": \"1m\", \"then\": %s}}}}")) {
      assertThat(PlanReader.read(place.replace("%s", callback)).problems()).isEmpty();
      assertThat(PlanReader.read(place.replace("%s", "{\"callback\": {}}")).problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.message()).startsWith("'otherwise' is missing"));
    }
  }

  @Test
  void shouldCountAgentsAndFlowsACallbackLeadsTo() {
    PlanReading reading =
        PlanReader.read(
            """
            {"numbers": [{"match": "+14155550100", "flow": "a"}],
             "queues": {"q": {"maxWait": "1m", "onMaxWait": {"flow": "b"}}},
             "flows": {
               "a": [{"do": {"callback": {"queue": "q", "otherwise": {"agent": "zoe"}}}}],
               "b": [{"do": {"callback": {"otherwise": {"flow": "c"}}}}],
               "c": [{"do": {"voicemail": "c"}}]}}
            """);
    assertThat(reading.problems()).isEmpty();
    assertThat(Objects.requireNonNull(reading.plan()).directAgents()).containsExactly("zoe");
  }

  @Test
  void shouldReadARulesConditionAsItIsWritten() {
    assertThat(Objects.requireNonNull(read("sales").flows().get("sales")).rules().get(1).when())
        .isEqualTo("call.country in ['US', 'CA'] &&\n  call.from.startsWith('+1')");
  }

  private static Plan everything() {
    return read("everything");
  }

  private static Plan read(String name) {
    return Objects.requireNonNull(PlanReader.read(Plans.text(name)).plan());
  }

  private static Plan.Rule rule(String flow, int index) {
    return Objects.requireNonNull(everything().flows().get(flow)).rules().get(index);
  }

  private static Action.Wait wait(String flow, int index) {
    return (Action.Wait) rule(flow, index).action();
  }
}
