package tandem.router.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.OfferId;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.edge.CallFact;

/** The people and things that tests speak of. */
public final class Given {
  public static final TenantId ACME = new TenantId("acme");
  public static final QueueId SUPPORT = new QueueId(ACME, "support");
  public static final QueueId SALES = new QueueId(ACME, "sales");
  public static final AgentId ANN = new AgentId(ACME, "ann");
  public static final AgentId BOB = new AgentId(ACME, "bob");
  public static final AgentId CHO = new AgentId(ACME, "cho");
  public static final SwitchId FS1 = new SwitchId("fs1");
  public static final CallId CALL = call(1);
  public static final LegId CALLER = leg(CALL);
  public static final String LINK = "link-1";
  public static final String OTHER_LINK = "link-2";
  public static final Duration RING = Duration.ofSeconds(15);
  public static final Duration WRAP_UP = Duration.ofSeconds(10);
  public static final QueueSettings SETTINGS =
      new QueueSettings(Strategy.LONGEST_IDLE, RING, WRAP_UP);

  private Given() {}

  public static CallId call(int n) {
    return new CallId(ACME, String.format("c0000000-0000-4000-8000-%012d", n));
  }

  /** The caller's leg. */
  public static LegId leg(CallId call) {
    return new LegId(call.channel());
  }

  public static OfferId offer(int n) {
    return new OfferId(String.format("0ffe0000-0000-4000-8000-%012d", n));
  }

  public static Contact contact(AgentId agent) {
    return new Contact("sip:" + agent.name() + "@phones.invalid");
  }

  public static Agent.Profile profile(AgentId agent, int capacity, QueueId... queues) {
    return new Agent.Profile(
        agent.name(), contact(agent), Arrays.stream(queues).map(QueueId::name).toList(), capacity);
  }

  public static CallFact.Arrived arrival(CallId call, int priority, Instant at) {
    return new CallFact.Arrived(
        leg(call),
        FS1,
        LINK,
        "+14155550199",
        "+14155550100",
        new Entry(SUPPORT, priority, AnswerMode.ON_QUEUE),
        at);
  }
}
