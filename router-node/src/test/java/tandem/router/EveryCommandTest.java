package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static tandem.router.kit.CallbackStage.BACK;
import static tandem.router.kit.CallbackStage.FIRST;
import static tandem.router.kit.Given.ANN;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tandem.router.agent.Agent;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.directory.Directory;
import tandem.router.directory.DirectoryLogic;
import tandem.router.domain.AgentId;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.Entry;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.QueueId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Decision;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.kit.CallbackStage;
import tandem.router.kit.Given;
import tandem.router.kit.HandClock;
import tandem.router.kit.Played;
import tandem.router.kit.Scenes;
import tandem.router.kit.Stage;
import tandem.router.lot.ParkingLot;
import tandem.router.lot.ParkingLotLogic;
import tandem.router.numbers.Numbers;
import tandem.router.numbers.NumbersLogic;
import tandem.router.queue.Queue;

/**
 * Every state answers every message: each command there is, found by reflection, is taken in each
 * state that a lifecycle passes, once as if from this lifecycle and once with strange ids.
 */
class EveryCommandTest {
  private static final Map<String, Consumer<Stage>> STEPS = new LinkedHashMap<>();

  static {
    STEPS.put("nothing", stage -> {});
    STEPS.put("waiting", stage -> stage.arrives(CALL));
    STEPS.put("reserved", stage -> stage.addAgent(ANN, 1, Given.SUPPORT));
    STEPS.put("ringing", stage -> stage.rings(CALL));
    STEPS.put("bridging", stage -> stage.answers(CALL));
    STEPS.put("link lost", stage -> stage.linkLost(CALL));
    STEPS.put("talking", stage -> stage.talks(CALL));
    STEPS.put("ending", stage -> stage.gone(CALL, CALLER, "NORMAL_CLEARING"));
    STEPS.put("over", stage -> stage.gone(CALL, stage.agentLeg(CALL), "NORMAL_CLEARING"));
    STEPS.put("closed", stage -> stage.assertCloses(CALL));
  }

  /** A callback's, after those of the call that promised it. */
  private static final Map<String, Consumer<Stage>> STEPS_OF_CALLBACK = new LinkedHashMap<>();

  static {
    Map<String, Consumer<CallbackStage>> steps = new LinkedHashMap<>();
    steps.put("promised", back -> back.promised());
    steps.put("agent rings", back -> back.agent(ANN));
    steps.put("dialing", back -> back.stage.answers(BACK));
    steps.put("answered", back -> back.customerAnswers(FIRST));
    steps.put("talking", back -> back.talk(back.stage.agentLeg(BACK), FIRST));
    steps.put("ending", back -> back.stage.gone(BACK, FIRST, "NORMAL_CLEARING"));
    steps.forEach(
        (state, step) ->
            STEPS_OF_CALLBACK.put(state, stage -> step.accept(new CallbackStage(stage))));
  }

  @TestFactory
  Stream<DynamicTest> calls() {
    return Stream.concat(
        inEachState(STEPS, callCommands(), stage -> stage.call(CALL)),
        inEachState(STEPS_OF_CALLBACK, callCommands(), stage -> stage.call(BACK)));
  }

  @TestFactory
  Stream<DynamicTest> callsThatPeopleDoThingsWith() {
    return Scenes.all().entrySet().stream()
        .map(
            scene ->
                DynamicTest.dynamicTest(
                    scene.getKey(),
                    () -> {
                      for (Call.Command command : callCommands()) {
                        Played<Call.Command, ?, ?> played = scene.getValue().get().stage.call(CALL);
                        assertTaken(played, command, scene.getKey());
                      }
                    }));
  }

  private static List<Call.Command> callCommands() {
    List<Call.Command> all = new ArrayList<>(samples(Call.Command.class));
    for (boolean known : new boolean[] {true, false}) {
      samples(Operation.class)
          .forEach(operation -> all.add(new Call.Control("key " + known, "ann", operation, null)));
    }
    samples(CallFact.class).forEach(fact -> all.add(new Call.Fact(fact)));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> agents() {
    return inEachState(STEPS, samples(Agent.Command.class), stage -> stage.agent(ANN));
  }

  @TestFactory
  Stream<DynamicTest> queues() {
    return inEachState(STEPS, samples(Queue.Command.class), stage -> stage.queueOf(Given.SUPPORT));
  }

  @Test
  void directoryNumbersAndLots() {
    HandClock clock = new HandClock();
    var lot = new Played<>(clock, () -> new ParkingLotLogic(new LotId(Given.ACME, "lobby")));
    samples(ParkingLot.Command.class).forEach(lot::take);
    samples(ParkingLot.Command.class).forEach(lot::take);
    lot.restart().advance(Duration.ofSeconds(35));
    assertThat(lot.journal()).isNotEmpty();
    var directory = new Played<>(clock, () -> new DirectoryLogic(Given.ACME));
    samples(Directory.Command.class).forEach(directory::take);
    samples(Directory.Command.class).forEach(directory::take);
    var numbers = new Played<>(clock, NumbersLogic::new);
    samples(Numbers.Command.class).forEach(numbers::take);
    samples(Numbers.Command.class).forEach(numbers::take);
    assertThat(directory.journal()).isNotEmpty();
    assertThat(numbers.journal()).isNotEmpty();
  }

  @Test
  void shouldKnowEveryKindOfCommand() {
    assertThat(samples(CallFact.class)).hasSizeGreaterThanOrEqualTo(24);
    assertThat(samples(Call.Command.class)).hasSizeGreaterThanOrEqualTo(9);
  }

  private static <C> Stream<DynamicTest> inEachState(
      Map<String, Consumer<Stage>> steps,
      List<C> commands,
      Function<Stage, Played<C, ?, ?>> entity) {
    return steps.keySet().stream()
        .map(
            state ->
                DynamicTest.dynamicTest(
                    state,
                    () -> {
                      for (C command : commands) {
                        assertTaken(entity.apply(at(steps, state)), command, state);
                      }
                    }));
  }

  private static <C> void assertTaken(Played<C, ?, ?> played, C command, String state) {
    assertThatCode(() -> played.take(command).take(command))
        .as("%s when %s", command, state)
        .doesNotThrowAnyException();
    // What it persisted can be recovered, and does not make it spin.
    int events = played.journal().size();
    played.restart();
    assertThat(played.journal().size()).isGreaterThanOrEqualTo(events);
    played.advance(Duration.ofSeconds(35));
  }

  private static Stage at(Map<String, Consumer<Stage>> steps, String state) {
    Stage stage = new Stage();
    for (var step : steps.entrySet()) {
      step.getValue().accept(stage);
      if (step.getKey().equals(state)) {
        break;
      }
    }
    return stage;
  }

  // One or two of each record, made from samples of what they hold.

  private static <T> List<T> samples(Class<T> type) {
    List<T> all = new ArrayList<>();
    for (boolean known : new boolean[] {true, false}) {
      for (Class<?> kind : type.getPermittedSubclasses()) {
        if (kind.isEnum()) {
          all.addAll(Arrays.stream(kind.getEnumConstants()).map(type::cast).toList());
        } else {
          all.add(type.cast(make(kind, known)));
        }
      }
    }
    return all;
  }

  private static Object make(Class<?> kind, boolean known) {
    RecordComponent[] parts = kind.getRecordComponents();
    try {
      return kind.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(Arrays.stream(parts).map(part -> value(part, known)).toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(kind + " cannot be made", e);
    }
  }

  private static Object value(RecordComponent part, boolean known) {
    Class<?> type = part.getType();
    if (type == List.class) {
      boolean agents = part.getName().equals("tried");
      boolean offers = part.getName().equals("out");
      if (agents || offers) {
        return known ? List.of(agents ? ANN : Given.offer(9)) : List.of();
      }
      if (part.getName().equals("add") || part.getName().equals("remove")) {
        return known ? List.of("vip") : List.of();
      }
      boolean views = part.getGenericType().getTypeName().contains("LegView");
      LegView view = new LegView(CALLER, LegState.ANSWERED, null);
      return known ? List.of(views ? view : Given.leg(Given.call(9))) : List.of();
    }
    OfferId offer = known ? new OfferId("00000000-0000-4000-8000-000000000001") : Given.offer(9);
    Map<Class<?>, Object> values =
        Map.ofEntries(
            Map.entry(CallId.class, known ? CALL : Given.call(9)),
            Map.entry(AgentId.class, known ? ANN : Given.BOB),
            Map.entry(QueueId.class, known ? Given.SUPPORT : Given.SALES),
            Map.entry(LotId.class, new LotId(Given.ACME, "lobby")),
            Map.entry(OfferId.class, offer),
            Map.entry(LegId.class, known ? CALLER : LegId.of(offer)),
            Map.entry(SwitchId.class, Given.FS1),
            Map.entry(TenantId.class, Given.ACME),
            Map.entry(Contact.class, Given.contact(ANN)),
            Map.entry(PhoneNumber.class, new PhoneNumber("+14155550100")),
            Map.entry(Entry.class, new Entry(Given.SUPPORT, 50, AnswerMode.ON_QUEUE)),
            Map.entry(Agent.Profile.class, Given.profile(ANN, 1, Given.SUPPORT)),
            Map.entry(QueueSettings.class, Given.SETTINGS),
            Map.entry(Queue.Announcement.class, Given.announcement(99, known, 1, HandClock.START)),
            Map.entry(Wants.class, Wants.ANYBODY),
            Map.entry(Decision.class, Given.WHY),
            Map.entry(Queue.Position.class, new Queue.Position(2, null)),
            Map.entry(Action.class, new Action.HangUp("USER_BUSY")),
            Map.entry(Instant.class, HandClock.START.plusSeconds(60)),
            Map.entry(Duration.class, Duration.ofSeconds(10)),
            Map.entry(String.class, known ? Given.LINK : "other"),
            Map.entry(int.class, known ? 1 : 7),
            Map.entry(Integer.class, 3),
            Map.entry(long.class, 1L),
            Map.entry(boolean.class, known));
    if (CallFact.class.isAssignableFrom(type)) {
      return new CallFact.LinkLost(Given.FS1, HandClock.START);
    }
    if (type == Map.class) {
      return known ? Map.of("order", "7") : Map.of();
    }
    if (type == Attributes.class) {
      return Attributes.NONE;
    }
    if (type == Operation.class) {
      return known ? new Operation.Hold() : new Operation.HangUp();
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[known ? 0 : constants.length - 1];
    }
    return values.get(type);
  }
}
