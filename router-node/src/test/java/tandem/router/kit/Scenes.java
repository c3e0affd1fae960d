package tandem.router.kit;

import static tandem.router.kit.ControlStage.BOB;
import static tandem.router.kit.ControlStage.CHO;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.ControlStage.SUE;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tandem.router.call.Operation;
import tandem.router.call.Target;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.PhoneNumber;
import tandem.router.edge.CallFact;
import tandem.router.edge.Outbound;
import tandem.router.edge.SwitchCommand.Ear;
import tandem.router.edge.SwitchCommand.TapeMode;

/** {@link Given#CALL} in each state a call can be in, and everything that can be asked of it. */
public final class Scenes {
  /** Whom a call that an agent makes calls. */
  public static final LegId FAR = LegId.ofCustomer(CALL, 1);

  private static final Target TO_BOB = new Target.ToAgent(BOB);

  private static final String PLAN =
      """
      { "numbers": [ { "match": "+14155550100", "flow": "%s" } ],
        "flows": {
          "queued": [ { "do": { "queue": "support" } } ],
          "greeted": [ { "do": { "announce": "hello.wav" } }, { "do": { "queue": "support" } } ] },
        "lots": { "main": {
          "slots": "701-702", "timeout": "60s",
          "recall": { "tries": 1, "ring": "20s" }, "then": { "queue": "support" } } },
        "queues": { "support": {} } }
      """;

  private Scenes() {}

  /** By the name of the state, in the order of a call's life. */
  public static Map<String, Supplier<ControlStage>> all() {
    Map<String, Supplier<ControlStage>> all = new LinkedHashMap<>();
    all.put("not arrived", () -> empty("queued"));
    all.put("away", () -> after(empty("greeted"), play -> play.stage.arrives(CALL)));
    all.put("queued", () -> after(empty("queued"), play -> play.stage.arrives(CALL)));
    all.put("offered", () -> after(staffed(), play -> play.stage.arrives(CALL)));
    all.put("ringing", () -> after(staffed(), Scenes::rings));
    all.put("connecting", () -> after(staffed(), Scenes::answers));
    all.put("talking", Scenes::talking);
    all.put("on hold", () -> after(talking(), play -> play.does(new Operation.Hold())));
    all.put("consulting, rings", () -> after(talking(), Scenes::consults));
    all.put("consulting, talks", () -> after(talking(), Scenes::consulted));
    all.put("being given over", () -> after(talking(), Scenes::completes));
    all.put("transferred, rings", () -> after(talking(), Scenes::transfers));
    all.put("conference", () -> after(talking(), Scenes::confers));
    all.put("supervised", () -> after(talking(), Scenes::supervised));
    all.put("parked", () -> after(talking(), Scenes::parks));
    all.put("being picked up", () -> after(talking(), Scenes::pickedUp));
    all.put("calling, agent rings", () -> after(staffed(), Scenes::places));
    all.put("calling, dials", () -> after(staffed(), Scenes::dials));
    all.put("calling, talks", () -> after(staffed(), Scenes::reaches));
    all.put("ending", () -> after(talking(), play -> play.gone(CALLER, NORMAL)));
    all.put("over", () -> after(talking(), Scenes::ends));
    all.put("closed", () -> after(talking(), Scenes::closes));
    return all;
  }

  /**
   * Each once, as it is asked where it fits.
   *
   * @param rung whose phone rings, if any does
   * @param caller the leg of who has called, or was called
   */
  public static List<Operation> operations(AgentId rung, LegId caller) {
    return List.of(
        new Operation.HangUp(),
        new Operation.Answer(rung),
        new Operation.Decline(rung),
        new Operation.Hold(),
        new Operation.Resume(),
        new Operation.Mute(caller, true),
        new Operation.Press("1", caller),
        new Operation.Transfer(TO_BOB, null),
        new Operation.Consult(TO_BOB, null),
        new Operation.Swap(),
        new Operation.Complete(),
        new Operation.CancelConsult(),
        new Operation.Merge(),
        new Operation.Park("main", null, null),
        new Operation.PickUp(CHO),
        new Operation.Add(new Target.ToAgent(CHO)),
        new Operation.Remove(caller),
        new Operation.Lock(true),
        new Operation.Supervise(SUE, null, Ear.WHISPER),
        new Operation.StopSupervising(SUE),
        new Operation.TakeOver(SUE),
        new Operation.Tape(TapeMode.RECORDING),
        new Operation.Note("a note"),
        new Operation.Tag(List.of("vip"), List.of()),
        new Operation.Dispose("sold", null),
        new Operation.SetAttributes(Map.of("order", "7")));
  }

  private static ControlStage after(ControlStage play, Consumer<ControlStage> steps) {
    steps.accept(play);
    return play;
  }

  private static ControlStage empty(String flow) {
    ControlStage play = new ControlStage(new Stage());
    play.stage.publish(PLAN.formatted(flow));
    return play;
  }

  private static ControlStage staffed() {
    ControlStage play = new ControlStage(new Stage(ANN));
    play.stage.publish(PLAN.formatted("queued"));
    for (var other : List.of(BOB, CHO, SUE)) {
      play.stage.addAgent(other, 1);
    }
    return play;
  }

  private static ControlStage talking() {
    return after(
        staffed(),
        play -> {
          play.stage.arrives(CALL);
          play.stage.talks(CALL);
        });
  }

  private static void rings(ControlStage play) {
    play.stage.arrives(CALL);
    play.stage.rings(CALL);
  }

  private static void answers(ControlStage play) {
    play.stage.arrives(CALL);
    play.stage.answers(CALL);
  }

  private static void consults(ControlStage play) {
    play.does(new Operation.Consult(TO_BOB, null));
    play.rings(BOB);
  }

  private static void consulted(ControlStage play) {
    play.does(new Operation.Consult(TO_BOB, null));
    play.comes(BOB);
    play.arranged();
  }

  private static void completes(ControlStage play) {
    consulted(play);
    play.does(new Operation.Complete());
  }

  private static void transfers(ControlStage play) {
    play.does(new Operation.Transfer(TO_BOB, null));
    play.killed(play.leg(ANN));
    play.rings(BOB);
  }

  private static void confers(ControlStage play) {
    play.does(new Operation.Add(TO_BOB));
    play.comes(BOB);
    play.arranged();
  }

  private static void supervised(ControlStage play) {
    play.does(new Operation.Supervise(SUE, null, Ear.MONITOR));
    play.comes(SUE);
    play.arranged();
  }

  private static void parks(ControlStage play) {
    play.does(new Operation.Park("main", null, null));
    play.killed(play.leg(ANN));
    play.stage.fact(CALL, new CallFact.Parked(CALLER, play.stage.clock.now()));
  }

  private static void pickedUp(ControlStage play) {
    parks(play);
    play.does(new Operation.PickUp(BOB));
    play.rings(BOB);
  }

  private static void places(ControlStage play) {
    PhoneNumber to = new PhoneNumber("+14155550177");
    PhoneNumber shown = new PhoneNumber("+14155550100");
    play.stage.fact(
        CALL,
        new CallFact.Arrived(
            new LegId(CALL.channel()),
            Given.FS1,
            Given.LINK,
            shown.value(),
            to.value(),
            new Entry(Given.SUPPORT, 0, AnswerMode.ON_QUEUE),
            play.stage.clock.now(),
            null,
            new Outbound(ANN, to, shown, Duration.ofSeconds(30), play.stage.clock.now(), null)));
    play.rings(ANN);
  }

  private static void dials(ControlStage play) {
    places(play);
    play.comes(ANN);
    play.stage.fact(CALL, new CallFact.LegRinging(FAR, play.stage.clock.now()));
  }

  private static void reaches(ControlStage play) {
    dials(play);
    play.stage.fact(CALL, new CallFact.LegAnswered(FAR, play.stage.clock.now()));
    play.stage.fact(CALL, new CallFact.Bridged(play.leg(ANN), FAR, play.stage.clock.now()));
  }

  private static void ends(ControlStage play) {
    play.gone(CALLER, NORMAL);
    play.killed(play.leg(ANN));
  }

  private static void closes(ControlStage play) {
    ends(play);
    play.stage.assertCloses(CALL);
  }
}
