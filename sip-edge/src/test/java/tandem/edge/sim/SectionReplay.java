package tandem.edge.sim;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Runs a recorded section against the simulator: sends the client's commands when the simulator has
 * said of each leg what was recorded by then, lets played parties do what the recorded ones did,
 * and keeps what the simulator said.
 */
final class SectionReplay {

  private static final Pattern TARGET =
      Pattern.compile("sofia/external/\\w+@127\\.0\\.0\\.1:(\\d+)(?:;transport=tcp)?");
  private static final Pattern LEG = Pattern.compile("origination_uuid=([0-9a-f-]{36})");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}");

  /**
   * States that the recordings tell or leave out as their threads happened to run, and the last of
   * all, which may fall into the next section.
   */
  private static final Pattern UNCERTAIN =
      Pattern.compile(
          "CHANNEL_STATE (CS_(HIBERNATE|CONSUME_MEDIA) (ACTIVE|EARLY|RINGING)|CS_DESTROY) .*"
              + "|CALL_UPDATE CS_(SOFT|EXCHANGE)_.*|CUSTOM .* floor-change|RECV_INFO .*");

  private static final Pattern DIGIT = Pattern.compile("DTMF-Digit=(\\S)");
  private static final Pattern PRESSED = Pattern.compile("uuid_recv_dtmf \\S+ (\\S+)");
  private static final String RECORDINGS = "/usr/freeswitch/recordings";

  private static final Set<String> SKIPPED = Set.of("exit", "auth", "event");

  private final SwitchSim sim;
  private final SimClient client;
  private final Map<String, List<String>> recorded = new LinkedHashMap<>();
  private final Map<String, String> simulated = new LinkedHashMap<>();
  private final Map<String, Integer> expected = new LinkedHashMap<>();
  private final List<String> recordedReplies = new ArrayList<>();
  private final List<String> replies = new ArrayList<>();
  private final String recordings;
  private int pressedByCommand;

  SectionReplay(SwitchSim sim, SimClient client) {
    this(sim, client, RECORDINGS);
  }

  /**
   * @param recordings directory in place of the recorded one
   */
  SectionReplay(SwitchSim sim, SimClient client, String recordings) {
    this.recordings = recordings;
    this.sim = sim;
    this.client = client;
  }

  /** One section after the other; legs live on from one to the next. */
  SectionReplay run(TraceSection section) {
    section
        .legs()
        .forEach(
            (uuid, tokens) ->
                recorded
                    .computeIfAbsent(uuid, ignored -> new ArrayList<>())
                    .addAll(tokens.stream().filter(SectionReplay::certain).toList()));
    for (TraceSection.Step step : section.steps()) {
      if (step instanceof TraceSection.Sent sent) {
        catchUp();
        send(sent.commands());
      } else if (step instanceof TraceSection.Reply reply) {
        recordedReplies.add(reply.word());
      } else if (step instanceof TraceSection.Said said) {
        said(said);
      }
    }
    catchUp();
    return this;
  }

  Map<String, List<String>> recorded() {
    return recorded;
  }

  List<String> recordedReplies() {
    return recordedReplies;
  }

  List<String> replies() {
    return replies;
  }

  /** What the simulator said of a recorded leg. */
  List<String> said(String recordedUuid) {
    String uuid = simulated.getOrDefault(recordedUuid, recordedUuid);
    List<String> tokens = new ArrayList<>();
    for (Map<String, String> event : client.events()) {
      if (uuid.equals(event.get("Unique-ID"))) {
        tokens.add(
            TraceSection.token(
                event.getOrDefault("Event-Name", ""),
                event.getOrDefault("Channel-State", ""),
                event.getOrDefault("Channel-Call-State", ""),
                event.getOrDefault("Answer-State", ""),
                event.getOrDefault("Hangup-Cause", ""),
                event.getOrDefault("Application", event.getOrDefault("Action", ""))));
      }
    }
    return tokens.stream().filter(SectionReplay::certain).toList();
  }

  private static boolean certain(String token) {
    return !UNCERTAIN.matcher(token).matches();
  }

  private void said(TraceSection.Said said) {
    String uuid = said.uuid();
    if (!expected.containsKey(uuid) && said.token().startsWith("CHANNEL_STATE CS_NEW")) {
      simulated.put(uuid, sim.placeCall("+15550001", extension(uuid), CallerScript.endless()));
    }
    boolean farEnd =
        said.token().startsWith("CHANNEL_HANGUP CS_")
            && said.line().contains("v_sip_term_status=")
            && (simulated.containsKey(uuid) || said.line().contains(" ACTIVE "));
    if (farEnd) {
      catchUp();
      sim.hangup(simulated.getOrDefault(uuid, uuid));
    }
    Matcher digit = DIGIT.matcher(said.line());
    if (said.token().startsWith("DTMF ") && digit.find() && --pressedByCommand < 0) {
      pressedByCommand = 0;
      catchUp();
      sim.type(simulated.getOrDefault(uuid, uuid), digit.group(1));
    }
    if (certain(said.token())) {
      expected.merge(uuid, 1, Integer::sum);
    }
  }

  /** Which extension the recorded caller had dialled, seen by what was executed. */
  private String extension(String uuid) {
    for (String token : recorded.get(uuid)) {
      if (token.startsWith("CHANNEL_EXECUTE ")) {
        return token.endsWith("answer")
            ? "answerpark"
            : token.endsWith("sched_hangup") ? "adoptpark" : "park";
      }
    }
    return "park";
  }

  private void send(List<String> commands) {
    List<String> own = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String command : commands) {
      if (SKIPPED.contains(command.split(" ", 2)[0])) {
        continue;
      }
      String mine = translate(command);
      own.add(mine);
      Matcher pressed = PRESSED.matcher(command);
      if (pressed.find()) {
        pressedByCommand += pressed.group(1).length();
      }
      text.append(
              mine.replaceAll(
                  " (Job-UUID|call-command|execute-app-name|execute-app-arg|Event-UUID|event-lock):",
                  "\n$1:"))
          .append("\n\n");
    }
    client.write(text.toString());
    for (String command : own) {
      String reply = client.next().text();
      if (command.startsWith("api ") && (reply.startsWith("+OK") || reply.startsWith("-ERR"))) {
        replies.add(reply.trim().split(" ", 2)[0]);
      }
    }
  }

  private String translate(String command) {
    command = command.replace(RECORDINGS, recordings);
    if (command.contains("play_and_get_digits")) {
      // Waits for digits a tenth as long: nothing but time depends on it.
      command = command.replace("2500 #", "250 #").replace("4000 #", "400 #");
    }
    Matcher leg = LEG.matcher(command);
    Matcher target = TARGET.matcher(command);
    if (target.find()) {
      String user = "p" + target.group(1);
      sim.phone(
          user, script(leg.find() ? recorded.getOrDefault(leg.group(1), List.of()) : List.of()));
      command = target.replaceAll("sofia/external/" + user + "@sim.invalid");
    }
    return UUID.matcher(command)
        .replaceAll(found -> simulated.getOrDefault(found.group(), found.group()));
  }

  /** What the recorded phone did with this leg. */
  private static PhoneScript script(List<String> leg) {
    boolean rang = leg.stream().anyMatch(token -> token.startsWith("CHANNEL_PROGRESS "));
    if (leg.stream().anyMatch(token -> token.startsWith("CHANNEL_ANSWER "))) {
      return PhoneScript.answering(Span.of(150));
    }
    if (leg.stream().anyMatch(token -> token.endsWith("USER_BUSY"))) {
      return PhoneScript.busyLine();
    }
    if (leg.stream().anyMatch(token -> token.endsWith("CALL_REJECTED"))) {
      return PhoneScript.declining(Span.of(0));
    }
    return rang ? PhoneScript.ignoring() : PhoneScript.absent();
  }

  /** Until the simulator has said as much of every leg as was recorded up to here. */
  private void catchUp() {
    try {
      await()
          .atMost(Duration.ofSeconds(6))
          .pollInterval(Duration.ofMillis(2))
          .until(
              () ->
                  expected.entrySet().stream()
                      .allMatch(leg -> said(leg.getKey()).size() >= leg.getValue()));
    } catch (ConditionTimeoutException e) {
      StringBuilder short_ = new StringBuilder("the simulator has said less than was recorded:");
      expected.forEach(
          (uuid, count) -> {
            if (said(uuid).size() < count) {
              short_
                  .append("\nrecorded  ")
                  .append(recorded.get(uuid).subList(0, count))
                  .append("\nsimulated ")
                  .append(said(uuid));
            }
          });
      throw new AssertionError(short_.toString(), e);
    }
  }
}
