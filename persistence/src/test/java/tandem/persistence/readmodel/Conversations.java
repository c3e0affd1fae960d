package tandem.persistence.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Act;
import tandem.router.call.Call;
import tandem.router.call.Invite;
import tandem.router.call.Invite.Purpose;
import tandem.router.call.ParkEvent;
import tandem.router.call.Refusal;
import tandem.router.call.RemarkEvent;
import tandem.router.call.TableEvent;
import tandem.router.call.TapeEvent;
import tandem.router.call.Target;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Quality;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Lot;
import tandem.router.edge.CallFact;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.feed.CallView;

/** Lives of calls that people do something with. */
public final class Conversations {
  static final PhoneNumber OUTSIDE = new PhoneNumber("+14155550177");
  static final String RECORDING = "00000000-0000-4000-8000-0000000000f1";
  private static final Act ACT = new Act("k1", "ann@example.com", "what");

  private Conversations() {}

  /**
   * Bob talks, holds, asks carl, gives him the caller; carl parks it, nobody comes, carl is called
   * back, and a supervisor takes it over.
   */
  public static List<Call.Event> moved(CallId call, Instant at) {
    AgentId bob = agent(call, "bob");
    AgentId carl = agent(call, "carl");
    AgentId sue = agent(call, "sue");
    LotId lobby = new LotId(call.tenant(), "lobby");
    LegId carlsLeg = LegId.of(offer(2));
    List<Call.Event> before = Calls.answered(call, at).subList(0, 8);
    return java.util.stream.Stream.concat(
            before.stream(),
            java.util.stream.Stream.of(
                new TableEvent.PutOnHold(ACT, at),
                new TableEvent.Settled(1, at),
                new TableEvent.TakenOffHold(ACT, at),
                invited(1, carl, offer(2), Purpose.CONSULT, bob, null, ACT, at),
                ordered(1, carlsLeg, at),
                new TableEvent.InviteAnswered(1, at),
                new TableEvent.Completed(ACT, at),
                new ParkEvent.SlotClaimed(lobby, 1, lot(), null, carl, ACT, at),
                new ParkEvent.SlotDenied(lobby, 1, Refusal.LOT_FULL, at),
                new ParkEvent.SlotClaimed(lobby, 2, lot(), 7, carl, ACT, at),
                new ParkEvent.SlotTaken(lobby, 2, 7, at.plusSeconds(120), at),
                new ParkEvent.Recalled(carl, 1, at),
                invited(2, carl, offer(3), Purpose.RECALL, carl, null, null, at),
                ordered(2, LegId.of(offer(3)), at),
                new TableEvent.InviteAnswered(2, at),
                new ParkEvent.SlotLeft(lobby, 2, at),
                invited(3, sue, offer(4), Purpose.SUPERVISE, sue, Ear.MONITOR, ACT, at),
                ordered(3, LegId.of(offer(4)), at),
                new TableEvent.InviteAnswered(3, at),
                new TableEvent.EarSet(sue, carl, Ear.WHISPER, ACT, at),
                new TableEvent.TakenOver(sue, carl, ACT, at),
                new TableEvent.HungUp(ACT, at),
                new Call.LegLeft(LegId.of(offer(4)), "NORMAL_CLEARING", at),
                new Call.Ended(CallView.Outcome.ANSWERED, "NORMAL_CLEARING", at),
                new Call.Closed(at)))
        .toList();
  }

  /** What else happens in conversations, each once. */
  static List<Call.Event> rest(CallId call, Instant at) {
    AgentId bob = agent(call, "bob");
    AgentId sue = agent(call, "sue");
    LegId dan = LegId.ofInvite(call, 4, 0);
    return List.of(
        new TableEvent.GivenAway(new Target.ToAgent(agent(call, "carl")), bob, ACT, at),
        new TableEvent.GivenAway(new Target.ToQueue("support"), null, ACT, at),
        new TableEvent.Invited(
            new Invite(
                4,
                null,
                null,
                OUTSIDE,
                new PhoneNumber("+14155550100"),
                Purpose.TRANSFER,
                bob,
                null,
                Duration.ofSeconds(20)),
            null,
            at),
        new TableEvent.InviteOrdered(4, dan, null, 1, at.plusSeconds(22), at),
        new TableEvent.InviteEnded(4, "USER_BUSY", at),
        new TableEvent.Muted(dan, true, ACT, at),
        new TableEvent.Muted(dan, false, null, at),
        new TableEvent.DigitsSent(dan, 4, ACT, at),
        new TableEvent.Swapped(ACT, at),
        new TableEvent.ConsultCancelled(ACT, at),
        new TableEvent.Merged(ACT, at),
        new TableEvent.SentOut(dan, ACT, at),
        new TableEvent.LockSet(true, ACT, at),
        new TableEvent.StoppedSupervising(sue, ACT, at),
        new TableEvent.Unsettled(3, dan, "-ERR no such channel", at),
        new TableEvent.SetAgain(at));
  }

  /** What is recorded and said of a call. */
  static List<Call.Event> said(CallId call, Instant at) {
    LegId leg = new LegId(call.channel());
    return List.of(
        new TapeEvent.ConsentAsked(at),
        new TapeEvent.TapeStarted(RECORDING, leg, Duration.ofDays(30), null, at),
        new TapeEvent.TapeSet(RECORDING, TapeMode.PAUSED, ACT, at),
        new TapeEvent.TapeSet(RECORDING, TapeMode.RECORDING, ACT, at),
        new TapeEvent.TapeOver(RECORDING, Duration.ofSeconds(61), at),
        new TapeEvent.TapeFailed(RECORDING, "-ERR disk full", at),
        new RemarkEvent.Noted("calls again", ACT, at),
        new RemarkEvent.Tagged(List.of("vip", "angry"), List.of("new"), ACT, at),
        new RemarkEvent.Disposed("sold", "two of them", ACT, at),
        new RemarkEvent.AttributesSet(Map.of("order", "4711", "claim", ""), ACT, at),
        new RemarkEvent.QualityTold(leg, new Quality(4.23, 3.4, 0.012, 900), at),
        new RemarkEvent.DigitPressed(leg, "5", at),
        new RemarkEvent.MessageTaken(
            "sales",
            "00000000-0000-4000-8000-0000000000a9",
            null,
            Duration.ofSeconds(12),
            Duration.ofDays(30),
            at));
  }

  /** An agent calls somebody who does not answer. */
  static List<Call.Event> unreached(CallId call, Instant at) {
    AgentId ann = agent(call, "ann");
    LegId leg = LegId.ofCustomer(call, 1);
    return List.of(
        new Call.Arrived(
            call,
            new CallFact.Arrived(
                new LegId(call.channel()),
                new SwitchId("fs1"),
                null,
                "+14155550100",
                OUTSIDE.value(),
                new Entry(new QueueId(call.tenant(), "none"), 0, AnswerMode.ON_QUEUE),
                at,
                null,
                new Outbound(
                    ann,
                    OUTSIDE,
                    new PhoneNumber("+14155550100"),
                    Duration.ofSeconds(30),
                    at,
                    "ann@example.com")),
            at),
        invited(1, ann, offer(1), Purpose.OUTBOUND, ann, null, null, at),
        ordered(1, LegId.of(offer(1)), at),
        new TableEvent.InviteAnswered(1, at),
        new Call.CustomerDialed(offer(1), leg, 1, at.plusSeconds(32), at),
        new Call.LegLeft(leg, "NO_ANSWER", at),
        new Call.GivenUp(CallView.Outcome.UNREACHED, "NO_ANSWER", at),
        new Call.Ended(CallView.Outcome.UNREACHED, "NO_ANSWER", at));
  }

  private static TableEvent invited(
      int number,
      AgentId agent,
      OfferId offer,
      Purpose purpose,
      AgentId host,
      @Nullable Ear ear,
      @Nullable Act act,
      Instant at) {
    return new TableEvent.Invited(
        new Invite(number, agent, offer, null, null, purpose, host, ear, Duration.ofSeconds(20)),
        act,
        at);
  }

  private static TableEvent ordered(int number, LegId leg, Instant at) {
    return new TableEvent.InviteOrdered(
        number, leg, new Contact("sip:1009@sim.invalid"), 0, at.plusSeconds(22), at);
  }

  private static Lot lot() {
    return new Lot(
        1, 9, Duration.ofMinutes(2), 1, Duration.ofSeconds(20), new Action.HangUp("NO_ANSWER"));
  }

  private static AgentId agent(CallId call, String name) {
    return new AgentId(call.tenant(), name);
  }

  private static OfferId offer(int n) {
    return new OfferId("00000000-0000-4000-8000-00000000000" + n);
  }
}
