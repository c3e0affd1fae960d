package tandem.persistence.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.TandemNode;
import tandem.persistence.cassandra.PersistenceModule;
import tandem.persistence.cassandra.TestKeyspaces;
import tandem.persistence.readmodel.CallFilter;
import tandem.persistence.readmodel.CallHistory;
import tandem.persistence.readmodel.TimelineEntry;
import tandem.router.RouterModule;
import tandem.router.Shards;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Routing;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.SwitchCommand;
import tandem.router.feed.CallView;
import tandem.router.plan.PlanArchive;
import tandem.router.plan.PlanCache;
import tandem.router.plan.RoutingPlan;

/**
 * The real entities on the real journals: what they persist is there after a restart, and recorded.
 */
class RouterOnCassandraIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration ASK = Duration.ofSeconds(20);
  private static final TenantId TENANT = new TenantId("acme");
  private static final AgentId AGENT = new AgentId(TENANT, "ann");
  private static final QueueId QUEUE = new QueueId(TENANT, "support");
  private static final SwitchId SWITCH = new SwitchId("fs1");
  private static final LegId LEG = new LegId("00000000-0000-4000-8000-000000000001");
  private static final CallId CALL = new CallId(TENANT, LEG.value());

  private static final String PLAN =
      """
      {
        "numbers": [{"match": "+1415*", "flow": "main"}],
        "flows": {"main": [
          {"when": "call.country == 'ES'", "do": {"hangup": "CALL_REJECTED"}},
          {"do": {"hangup": "USER_BUSY"}}
        ]}
      }
      """;

  private final Queue<CallId> dropped = new ConcurrentLinkedQueue<>();

  @Test
  void shouldFindAgentQueueAndHistoryAgainAndCloseACallOnceItIsRecorded() throws Exception {
    Config overrides =
        ConfigFactory.parseString("tandem.persistence.kafka.enabled = off")
            .withFallback(TestKeyspaces.fresh());
    List<TimelineEntry> timeline;
    try (Node node = new Node(overrides)) {
      node.makeAgentAndQueue();
      node.call(new Call.Fact(arrived()));
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(node.events()).containsExactly("arrived", "queued"));
      node.call(new Call.Fact(new CallFact.LegGone(LEG, "NORMAL_CLEARING", false, Instant.now())));
      // The link is told to drop the call only when everybody, the record too, knows its end.
      await().atMost(SOON).untilAsserted(() -> assertThat(dropped).contains(CALL));
      timeline = node.timeline();
      assertThat(timeline).extracting(TimelineEntry::event).last().isEqualTo("ended");
    }
    try (Node node = new Node(overrides)) {
      assertThat(node.agent().view())
          .satisfies(view -> assertThat(view.displayName()).isEqualTo("Ann"));
      assertThat(node.timeline()).isEqualTo(timeline);
    }
  }

  @Test
  void shouldRouteACallByAPublishedPlanAndKeepWhyAfterARestart() throws Exception {
    Config overrides =
        ConfigFactory.parseString("tandem.persistence.kafka.enabled = off")
            .withFallback(TestKeyspaces.fresh());
    try (Node node = new Node(overrides)) {
      node.publish(PLAN);
      await().atMost(SOON).until(() -> PlanCache.get(node.node.system()).of(TENANT).version() == 1);
      node.call(new Call.Fact(arrived()));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(node.events()).containsExactly("arrived", "routed", "dismissed"));
      node.call(new Call.Fact(new CallFact.LegGone(LEG, "USER_BUSY", false, Instant.now())));
      await().atMost(SOON).untilAsserted(() -> assertThat(dropped).contains(CALL));
    }
    try (Node node = new Node(overrides)) {
      CallHistory history = CallHistory.of(node.node.system());
      assertThat(get(history.list(TENANT, CallFilter.ALL, null, 10)).calls())
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.queue()).isNull();
                assertThat(call.outcome()).isEqualTo(CallView.Outcome.TURNED_AWAY);
                assertThat(call.cause()).isEqualTo("USER_BUSY");
              });
      assertThat(get(history.events(CALL)).get(1))
          .isInstanceOfSatisfying(
              Call.Routed.class,
              routed -> {
                assertThat(routed.routing().plan()).isEqualTo(1);
                assertThat(routed.routing().number()).isEqualTo("+1415*");
                assertThat(routed.routing().taken())
                    .containsExactly(new Routing.Taken("main", 1, null));
              });
      assertThat(node.archived(1).text()).isEqualTo(PLAN);
    }
  }

  private static CallFact.Arrived arrived() {
    return new CallFact.Arrived(
        LEG,
        SWITCH,
        "core-1",
        "+14155550123",
        "+14155550100",
        new Entry(QUEUE, 50, AnswerMode.ON_QUEUE),
        Instant.now(),
        null);
  }

  /** A node with router and recorders, and a link that says yes to all that needs an answer. */
  private final class Node implements AutoCloseable {
    private final TandemNode node;
    private final Shards shards;

    Node(Config overrides) {
      node =
          TandemNode.start(
              overrides,
              List.of(new PersistenceModule(), new RouterModule(), new ProjectionModule(), links()),
              message -> {
                throw new IllegalStateException("halted: " + message);
              });
      shards = new Shards(node.system());
    }

    void makeAgentAndQueue() {
      get(
          shards
              .queue(QUEUE)
              .<tandem.router.queue.Queue.ConfigureReply>ask(
                  to -> new tandem.router.queue.Queue.Configure(QueueSettings.DEFAULT, true, to),
                  ASK));
      Agent.Profile profile =
          new Agent.Profile(
              "Ann", new Contact("sip:1001@sim.invalid"), List.of("support"), 1, Traits.NONE);
      Agent.SaveReply saved =
          get(
              shards
                  .agent(AGENT)
                  .<Agent.SaveReply>ask(to -> new Agent.Save(profile, true, to), ASK));
      assertThat(saved).isInstanceOf(Agent.Saved.class);
    }

    void publish(String plan) {
      RoutingPlan.DraftReply draft =
          get(
              shards
                  .plan(TENANT)
                  .<RoutingPlan.DraftReply>ask(
                      to -> new RoutingPlan.SaveDraft(plan, 0, "anna", to), ASK));
      assertThat(draft).isInstanceOf(RoutingPlan.Draft.class);
      RoutingPlan.PublishReply published =
          get(
              shards
                  .plan(TENANT)
                  .<RoutingPlan.PublishReply>ask(
                      to -> new RoutingPlan.Publish(1, "anna", "a test", List.of(), to), ASK));
      assertThat(published).isInstanceOf(RoutingPlan.Done.class);
    }

    PlanArchive.Kept archived(long version) {
      return get(
          shards.planArchive(TENANT, version).<PlanArchive.Kept>ask(PlanArchive.Get::new, ASK));
    }

    Agent.GetReply agent() {
      return get(shards.agent(AGENT).<Agent.GetReply>ask(Agent.Get::new, ASK));
    }

    void call(Call.Command command) {
      shards.call(CALL).tell(command);
    }

    List<TimelineEntry> timeline() {
      return get(CallHistory.of(node.system()).timeline(CALL));
    }

    List<String> events() {
      return timeline().stream().map(TimelineEntry::event).toList();
    }

    private NodeModule links() {
      return new NodeModule() {
        @Override
        public String name() {
          return "links";
        }

        @Override
        public String role() {
          return "edge";
        }

        @Override
        public int order() {
          return 300;
        }

        @Override
        public void onEveryNode(NodeContext context) {
          var unused =
              ClusterSharding.get(context.system())
                  .init(Entity.of(Shards.LINKS, link -> answers(new Shards(context.system()))));
        }
      };
    }

    private Behavior<LinkMessage> answers(Shards to) {
      return Behaviors.receive(LinkMessage.class)
          .onMessage(
              SwitchCommand.Drop.class,
              drop -> {
                dropped.add(drop.call());
                to.call(drop.call()).tell(new Call.Fact(new CallFact.Dropped(Instant.now())));
                return Behaviors.same();
              })
          .onAnyMessage(message -> Behaviors.same())
          .build();
    }

    @Override
    public void close() throws Exception {
      node.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
