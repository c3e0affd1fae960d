package tandem.router.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.Given.ACME;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.SALES;
import static tandem.router.kit.Given.SUPPORT;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.router.domain.Presence;
import tandem.router.domain.QueueId;
import tandem.router.domain.Traits;
import tandem.router.entity.Address.ToQueue;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.HandPlans;
import tandem.router.kit.Played;
import tandem.router.queue.Queue;

/** Which queues an agent belongs to by a plan, and whose turn it is to have it. */
class AnnouncerTest {
  private final HandClock clock = new HandClock();
  private final HandPlans plans = new HandPlans();
  private final Played<Agent.Command, Agent.Event, AgentState> ann =
      new Played<>(clock, () -> new AgentLogic(ANN, AgentTimings.DEFAULT, plans));

  private void save(Traits traits, QueueId... queues) {
    ann.take(
        new Agent.Save(
            new Agent.Profile(
                "Ann",
                Given.contact(ANN),
                List.of(queues).stream().map(QueueId::name).toList(),
                1,
                traits),
            false,
            null));
  }

  private void ready() {
    ann.take(new Agent.SetPresence(Presence.READY, null, null));
  }

  private Queue.Announcement toldTo(QueueId queue) {
    List<Queue.Announce> told = ann.told(Queue.Announce.class, new ToQueue(queue));
    assertThat(told).as("told to %s", queue).isNotEmpty();
    return told.get(told.size() - 1).now();
  }

  @Test
  void shouldBelongToTheQueuesWhoseMembersItIsAmong() {
    plans.publish(
        """
        {"queues": {"spanish": {"strategy": "longest-idle", "members": "skill('spanish') >= 3"},
                    "french": {"strategy": "longest-idle", "members": "speaks('fr')"}},
         "flows": {}, "numbers": []}
        """);
    save(Traits.of(Map.of("spanish", 5), null, null, null), SUPPORT);

    assertThat(toldTo(SUPPORT).member()).isTrue();
    assertThat(toldTo(new QueueId(ACME, "spanish")).member()).isTrue();
    assertThat(ann.told(Queue.Announce.class, new ToQueue(new QueueId(ACME, "french")))).isEmpty();
  }

  @Test
  void shouldLeaveAQueueWhenItsSkillOrThePlanSaysSo() {
    String spanish =
        """
        {"queues": {"spanish": {"strategy": "longest-idle", "members": "skill('spanish') >= %d"}},
         "flows": {}, "numbers": []}
        """;
    plans.publish(spanish.formatted(3));
    QueueId queue = new QueueId(ACME, "spanish");
    save(Traits.of(Map.of("spanish", 5), null, null, null));
    assertThat(toldTo(queue).member()).isTrue();

    plans.publish(spanish.formatted(6));
    ann.take(Agent.PlanChanged.PLAN_CHANGED);
    assertThat(toldTo(queue).member()).isFalse();

    save(Traits.of(Map.of("spanish", 7), null, null, null));
    assertThat(toldTo(queue).member()).isTrue();
  }

  @Test
  void shouldBeForOneQueueAloneForAMomentWhenItBecomesFree() {
    save(Traits.NONE, SALES, SUPPORT);
    ready();

    assertThat(toldTo(SALES).first()).isTrue();
    assertThat(toldTo(SALES).from()).isBeforeOrEqualTo(clock.now());
    assertThat(toldTo(SUPPORT).first()).isFalse();
    assertThat(toldTo(SUPPORT).from()).isEqualTo(clock.now().plusMillis(150));
  }

  @Test
  void shouldBeForAllWhenTheFirstQueueHasNobody() {
    save(Traits.NONE, SALES, SUPPORT);
    ready();
    ann.take(new Agent.NobodyWaits(SALES));

    assertThat(toldTo(SUPPORT).from()).isBefore(clock.now());
    ann.take(new Agent.NobodyWaits(SALES)).assertNothingTold(Queue.Announce.class);
  }

  @Test
  void shouldTakeTurnsByTheWeightsOfItsQueues() {
    plans.publish(
        """
        {"queues": {"sales": {"strategy": "longest-idle", "weight": 3},
                    "support": {"strategy": "longest-idle", "weight": 1}},
         "flows": {}, "numbers": []}
        """);
    save(Traits.NONE, SALES, SUPPORT);
    int sales = 0;
    for (int i = 1; i <= 8; i++) {
      ready();
      QueueId first = toldTo(SALES).first() ? SALES : SUPPORT;
      sales += first.equals(SALES) ? 1 : 0;
      ann.take(
          Given.reserve(
              Given.offer(i),
              Given.call(i),
              first,
              Duration.ofSeconds(15),
              Duration.ZERO,
              clock.now().plusSeconds(5)));
      ann.take(new Agent.Verdict(Given.offer(i), Given.call(i), Agent.Standing.OVER, null));
      ann.take(new Agent.SetPresence(Presence.NOT_READY, null, null));
    }

    assertThat(sales).as("of 8").isEqualTo(6);
  }
}
