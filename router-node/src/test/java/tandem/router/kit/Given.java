package tandem.router.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
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
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Decision;
import tandem.router.edge.CallFact;
import tandem.router.queue.Queue;

/** The people and things that tests speak of. */
public final class Given {
  public static final String CALLER_NUMBER = "+14155550199";
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
        agent.name(),
        contact(agent),
        Arrays.stream(queues).map(QueueId::name).toList(),
        capacity,
        Traits.NONE);
  }

  public static CallFact.Arrived arrival(CallId call, int priority, Instant at) {
    return new CallFact.Arrived(
        leg(call),
        FS1,
        LINK,
        CALLER_NUMBER,
        "+14155550100",
        new Entry(SUPPORT, priority, AnswerMode.ON_QUEUE),
        at,
        null);
  }

  /** Why an agent was picked, where a test does not care. */
  public static final Decision WHY =
      new Decision(0, Strategy.LONGEST_IDLE, 1, 50, 1, new TreeMap<>(), 0, List.of());

  public static Queue.Enqueue enqueue(CallId call, int round, int priority, Instant since) {
    return new Queue.Enqueue(
        call, SUPPORT.name(), round, priority, since, Wants.ANYBODY, CALLER_NUMBER, false);
  }

  public static Queue.Place place(
      CallId call, int round, int version, Queue.PlaceStatus status, OfferId... out) {
    return new Queue.Place(
        call, SUPPORT.name(), round, version, status, 50, Wants.ANYBODY, List.of(out), List.of());
  }

  public static Queue.Leave leave(CallId call, int round) {
    return new Queue.Leave(call, SUPPORT.name(), round, Queue.LeaveReason.ABANDONED);
  }

  public static Queue.Served served(CallId call, int round, AgentId agent) {
    return new Queue.Served(call, SUPPORT.name(), round, agent, CALLER_NUMBER);
  }

  /** An agent of no particular skill, in one queue. */
  public static Queue.Announcement announcement(
      long version, boolean member, int free, Instant idleSince) {
    return new Queue.Announcement(
        version, member, free, idleSince, Traits.NONE, 0, Duration.ZERO, Instant.EPOCH, false);
  }

  /** For the call's first stay, and for one phone alone. */
  public static Agent.Reserve reserve(
      OfferId offer, CallId call, QueueId queue, Duration ring, Duration wrapUp, Instant notAfter) {
    return new Agent.Reserve(offer, call, 1, queue, ring, wrapUp, notAfter, false, WHY);
  }

  public static Call.AgentReserved reserved(
      OfferId offer, AgentId agent, QueueId queue, int round, Contact contact, Duration ring) {
    return new Call.AgentReserved(offer, agent, queue, round, contact, ring, false, WHY);
  }
}
