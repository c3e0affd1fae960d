package tandem.router;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.router.kit.ControlStage.NORMAL;
import static tandem.router.kit.Given.CALL;
import static tandem.router.kit.Given.CALLER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tandem.router.call.Call;
import tandem.router.call.Operation;
import tandem.router.call.Refusal;
import tandem.router.domain.AgentId;
import tandem.router.domain.LegId;
import tandem.router.domain.Quality;
import tandem.router.edge.CallFact;
import tandem.router.edge.CallFact.LegState;
import tandem.router.edge.CallFact.LegView;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.kit.ControlStage;
import tandem.router.kit.Given;
import tandem.router.kit.Scenes;

/**
 * What a call does with every operation and every fact in each of its states: each pair is played,
 * and {@code docs/calls.md} says what came of it. To write that page anew: {@code ./mvnw test -pl
 * router-node -am -Dtest=CallTableTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtandem.docs.write=true}.
 */
class CallTableTest {
  private static final Path PAGE = Path.of("../docs/calls.md");

  private static final String HEAD =
      """
      # What a call does, state by state

      Written by `CallTableTest`, which plays each pair: every operation and every fact in every state. What operations are for:
      [api.md](api.md). A request that is refused changes nothing and says why by one of the names below; a fact
      that is late, or repeated, changes nothing either, and facts that are not named change nothing in that state. The refusals:
      `Refusal`; the events: `Call`, `TableEvent`, `ParkEvent`, `TapeEvent`, `RemarkEvent`, `FlowEvent`, all in `tandem.router.call`.

      """;

  @Test
  void shouldSayForEachStateAndOperationAndForEachStateAndFactWhatComesOfIt() throws IOException {
    String page = page();
    if (Boolean.getBoolean("tandem.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void shouldPlayEachKindOfOperationAndOfFact() {
    assertThat(Scenes.operations(Given.ANN, CALLER).stream().map(Object::getClass))
        .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
    assertThat(facts(Scenes.all().get("talking").get()).values())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(CallFact.class.getPermittedSubclasses());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("## Why a call refuses\n\n| name | |\n|---|---|\n");
    for (Refusal refusal : Refusal.values()) {
      page.append("| `").append(refusal).append("` | ").append(refusal.detail()).append(" |\n");
    }
    Scenes.all().forEach((name, scene) -> state(page, name, scene));
    return page.toString();
  }

  private static void state(StringBuilder page, String name, Supplier<ControlStage> scene) {
    page.append("\n## ").append(name).append("\n\n");
    Map<String, List<String>> answers = new TreeMap<>();
    for (Operation operation :
        Scenes.operations(rung(scene.get()), name.startsWith("calling") ? Scenes.FAR : CALLER)) {
      ControlStage play = scene.get();
      int before = play.stage.journal(CALL).size();
      Refusal refusal = play.tries(operation);
      if (refusal != null) {
        assertThat(play.stage.journal(CALL)).as("%s when %s", operation, name).hasSize(before);
      }
      answers
          .computeIfAbsent(refusal == null ? "" : refusal.name(), any -> new ArrayList<>())
          .add(word(operation.getClass().getSimpleName()));
      play.stage.advance(Duration.ofMinutes(2));
    }
    page.append("Takes: ")
        .append(answers.containsKey("") ? String.join(", ", answers.remove("")) : "nothing")
        .append(".\n");
    answers.forEach(
        (refusal, refused) ->
            page.append("`")
                .append(refusal)
                .append("`: ")
                .append(String.join(", ", refused))
                .append(".\n"));
    Map<String, String> came = new LinkedHashMap<>();
    facts(scene.get()).keySet().forEach(fact -> came.put(fact, played(scene.get(), fact)));
    came.values().removeIf("nothing"::equals);
    if (came.isEmpty()) {
      page.append("\nNo fact changes anything.\n");
      return;
    }
    page.append("\n| fact | what comes of it |\n|---|---|\n");
    came.forEach(
        (fact, events) ->
            page.append("| ").append(fact).append(" | ").append(events).append(" |\n"));
  }

  private static String word(String type) {
    return type.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  /** The events it was taken with, and a kill where that is the answer. */
  private static String played(ControlStage play, String fact) {
    int before = play.stage.journal(CALL).size();
    CallFact one = facts(play).get(fact);
    play.stage.forgetOrders();
    play.stage.fact(CALL, one);
    List<Call.Event> journal = play.stage.journal(CALL);
    String events =
        journal.subList(before, journal.size()).stream()
            .map(event -> event.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    boolean unwanted = events.isEmpty() && !play.stage.orders(SwitchCommand.Kill.class).isEmpty();
    play.stage.advance(Duration.ofMinutes(2));
    return unwanted ? "the leg is hung up" : events.isEmpty() ? "nothing" : events;
  }

  /** One of each kind, about the leg that it would be about here. */
  private static Map<String, CallFact> facts(ControlStage play) {
    Instant at = play.stage.clock.now();
    LegId agent = latest(play);
    Map<String, CallFact> all = new LinkedHashMap<>();
    for (CallFact fact :
        Arrays.asList(
            Given.arrival(CALL, 50, at),
            new CallFact.CallbackKept(CALL, at),
            new CallFact.Greeted(CALLER, true, at),
            new CallFact.LegRinging(agent, at),
            new CallFact.LegAnswered(agent, at),
            new CallFact.Bridged(agent, CALLER, at),
            new CallFact.BridgeRefused(agent, CALLER, "-ERR", at),
            new CallFact.Parked(CALLER, at),
            new CallFact.HandedOver(CALLER, 1, at),
            new CallFact.HandOverRefused(CALLER, 1, "-ERR", at),
            new CallFact.Returned(CALLER, 1, at),
            new CallFact.Arranged(version(play), at),
            new CallFact.ArrangeFailed(version(play), agent, "-ERR", at),
            new CallFact.Taped("none", TapeMode.RECORDING, 1, at),
            new CallFact.TapeRefused("none", 1, "-ERR", at),
            new CallFact.TapeEnded("none", Duration.ofSeconds(1), at),
            new CallFact.MessageLeft(CALLER, "none", Duration.ofSeconds(1), at),
            new CallFact.Dtmf(CALLER, "1", at),
            new CallFact.LegGone(CALLER, NORMAL, false, new Quality(4.1, 2, 0, 100), at),
            new CallFact.StillUp(
                Given.FS1,
                Given.LINK,
                List.of(new LegView(CALLER, LegState.ANSWERED, null)),
                List.of(agent),
                at),
            new CallFact.LinkLost(Given.FS1, at),
            new CallFact.Dropped(at))) {
      all.put(word(fact.getClass().getSimpleName()), fact);
    }
    return all;
  }

  private static int version(ControlStage play) {
    List<SwitchCommand.Arrange> all = play.stage.orders(SwitchCommand.Arrange.class);
    return all.isEmpty() ? 0 : all.get(all.size() - 1).version();
  }

  /** Whose phone was rung last. */
  private static AgentId rung(ControlStage play) {
    List<SwitchCommand.Originate> all = play.stage.orders(SwitchCommand.Originate.class);
    return all.isEmpty()
        ? Given.ANN
        : new AgentId(
            Given.ACME, all.get(all.size() - 1).contact().address().replaceAll("@.*", ""));
  }

  private static LegId latest(ControlStage play) {
    List<SwitchCommand.Originate> all = play.stage.orders(SwitchCommand.Originate.class);
    return all.isEmpty() ? LegId.of(Given.offer(9)) : all.get(all.size() - 1).leg();
  }
}
