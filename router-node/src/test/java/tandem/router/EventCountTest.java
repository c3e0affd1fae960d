package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.BOB;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;
import static tandem.router.kit.Given.SUPPORT;
import static tandem.router.kit.Given.arrival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.domain.LegId;
import tandem.router.kit.Stage;

/**
 * How many events a lifecycle persists (what the link persists is counted with the link): each one
 * costs, so a new one is added here knowingly. The table is the one of {@code
 * docs/architecture.md}.
 */
class EventCountTest {
  private final List<String> row = new ArrayList<>();

  @Test
  void shouldPersistFewEventsInAHappyLifecycle() {
    Stage stage = new Stage(ANN);
    int agentBefore = stage.agent(ANN).journal().size();
    int queueBefore = stage.queueOf(SUPPORT).journal().size();

    happy(stage);

    assertThat(names(stage.call(CALL).journal()))
        .containsExactly(
            "Arrived",
            "Queued",
            "AgentOffered",
            "CallerGreeted",
            "LegRang",
            "AgentAnswered",
            "Connected",
            "LegLeft",
            "LegLeft",
            "Ended",
            "Closed");
    assertThat(names(after(stage.agent(ANN).journal(), agentBefore)))
        .containsExactly("Reserved", "TalkStarted", "WrapUpStarted", "WrapUpEnded");
    assertThat(names(after(stage.queueOf(SUPPORT).journal(), queueBefore)))
        .containsExactly("CallerQueued", "CallerServed");
    count("happy", stage, agentBefore, queueBefore);
    print();
  }

  @Test
  void shouldPersistFewEventsWhenNobodyAnswers() {
    Stage stage = new Stage(ANN, BOB);
    int agentBefore = stage.agent(ANN).journal().size();
    int queueBefore = stage.queueOf(SUPPORT).journal().size();
    stage.arrives(CALL);
    LegId leg = stage.rings(CALL);
    int call = stage.call(CALL).journal().size();

    stage.gone(CALL, leg, "NO_ANSWER");

    assertThat(names(after(stage.call(CALL).journal(), call)))
        .as("a failed offer, and the next one")
        .containsExactly("LegLeft", "OfferFailed", "AgentOffered");
    assertThat(names(after(stage.agent(ANN).journal(), agentBefore)))
        .containsExactly("Reserved", "Released", "PresenceSet");
    count("failed offer", stage, agentBefore, queueBefore);
    print();
  }

  @Test
  void shouldPersistFewEventsWhenTheCallerGivesUp() {
    Stage stage = new Stage();
    int queueBefore = stage.queueOf(SUPPORT).journal().size();
    stage.arrives(CALL);
    stage.gone(CALL, CALLER, "ORIGINATOR_CANCEL");
    stage.assertCloses(CALL);

    assertThat(names(stage.call(CALL).journal()))
        .containsExactly("Arrived", "Queued", "CallerGreeted", "LegLeft", "Ended", "Closed");
    assertThat(names(after(stage.queueOf(SUPPORT).journal(), queueBefore)))
        .containsExactly("CallerQueued", "CallerLeft");
  }

  /** The offer latency is five persists, the link's first among them. */
  @Test
  void shouldPersistFourTimesBeforeTheOriginate() {
    Stage stage = new Stage(ANN);
    int agentBefore = stage.agent(ANN).journal().size();
    int queueBefore = stage.queueOf(SUPPORT).journal().size();
    stage.fact(CALL, arrival(CALL, 50, stage.clock.now()));

    List<Call.Event> call = stage.call(CALL).journal();
    assertThat(names(call)).containsExactly("Arrived", "Queued", "AgentOffered");
    assertThat(names(after(stage.agent(ANN).journal(), agentBefore))).containsExactly("Reserved");
    assertThat(names(after(stage.queueOf(SUPPORT).journal(), queueBefore)))
        .containsExactly("CallerQueued");
  }

  private static void happy(Stage stage) {
    stage.arrives(CALL);
    LegId leg = stage.talks(CALL);
    stage.advance(Duration.ofMinutes(3));
    stage.gone(CALL, CALLER, "NORMAL_CLEARING");
    stage.gone(CALL, leg, "NORMAL_CLEARING");
    stage.assertCloses(CALL);
    stage.advance(Duration.ofSeconds(11));
    stage.assertFree(ANN);
  }

  private void count(String what, Stage stage, int agentBefore, int queueBefore) {
    int call = stage.call(CALL).journal().size();
    int agent = after(stage.agent(ANN).journal(), agentBefore).size();
    int queue = after(stage.queueOf(SUPPORT).journal(), queueBefore).size();
    row.add(
        String.format(
            "| %s | %d | %d | %d | %d |", what, call, queue, agent, call + queue + agent));
  }

  private void print() {
    System.out.println("| lifecycle | call | queue | agent | sum |");
    row.forEach(System.out::println);
  }

  private static <E> List<E> after(List<E> journal, int size) {
    return journal.subList(size, journal.size());
  }

  private static List<String> names(List<?> events) {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }
}
