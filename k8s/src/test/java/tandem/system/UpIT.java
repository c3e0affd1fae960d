package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.cli.Main;
import tandem.cli.client.ApiClient;
import tandem.cli.client.FeedClient;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.Home;
import tandem.cli.stack.JavaProcess;

/** The commands as a person uses them: up, call, status, stop, up again. */
class UpIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern PID = Pattern.compile("pid (\\d+)");
  private static final Pattern CALL_ID = Pattern.compile("/api/v1/calls/([0-9a-f-]{36})/timeline");

  private final Home home = TandemCluster.home("up");
  private final List<JavaProcess> started = new ArrayList<>();
  private int port;

  @BeforeEach
  void begin() {
    home.erase();
    home.prepare(1024);
    port = FreePort.any();
  }

  @AfterEach
  void end() {
    started.stream().filter(JavaProcess::isAlive).forEach(p -> p.stop(Duration.ofSeconds(40)));
  }

  @Test
  void shouldCarryACallFromEndToEndAndFindItAgainAfterARestart() throws Exception {
    JavaProcess up = up();
    ApiClient api = new ApiClient(port, home.token());
    List<Long> children = pids(up);
    assertThat(children).as("Cassandra, Kafka, switch, node").hasSize(4);
    String call;
    List<JsonNode> feed = new CopyOnWriteArrayList<>();
    try (FeedClient client = FeedClient.connect(api, feed::add)) {
      await("the feed's snapshot").until(() -> !feed.isEmpty());
      JavaProcess caller = run("call", "+14155550100", "--talk", "2s");
      call = callId(read(caller));
      assertInOrder(read(caller));
      assertThat(timeline(api, call))
          .containsSubsequence(
              "arrived", "queued", "offered", "ringing", "answered", "connected", "ended");
      assertFeedCarried(feed, call);
      assertThat(client.ended()).isNotDone();
    }
    assertThat(read(run("status"))).contains("switch-1  ready", "support", "1012", "Up");
    awaitHistory(api, call);

    up.stop(Duration.ofMinutes(1));
    await("every child is gone")
        .atMost(Duration.ofSeconds(20))
        .until(() -> children.stream().noneMatch(UpIT::isAlive));

    JavaProcess again = up();
    assertThat(read(again)).contains("The demo tenant is there from an earlier run");
    assertThat(timeline(api, call)).contains("arrived", "connected", "ended");
    assertThat(api.list("/api/v1/calls"))
        .extracting(found -> found.path("id").asText())
        .contains(call);
  }

  @Test
  void shouldSayInOneLineThatAPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      JavaProcess up = start("up", upArguments());
      await("up has given up").atMost(PATIENCE).until(() -> !up.isAlive());
      assertThat(read(up).strip())
          .isEqualTo(
              "tandem: port %d is taken; the API needs it. Free it, or choose another one with --port"
                  .formatted(taken.getLocalPort()));
    }
  }

  private JavaProcess up() {
    JavaProcess up = start("up", upArguments());
    await("up is through")
        .atMost(PATIENCE)
        .until(() -> !up.isAlive() || read(up).contains("Ctrl-C stops everything"));
    assertThat(up.isAlive()).as(read(up)).isTrue();
    return up;
  }

  private String[] upArguments() {
    return new String[] {
      "up", "--port", Integer.toString(port), "--esl-port", "0", "--sip-port", "0"
    };
  }

  /** Runs a command to its end. */
  private JavaProcess run(String... arguments) {
    JavaProcess process = start(arguments[0], arguments);
    await(arguments[0] + " ends").atMost(PATIENCE).until(() -> !process.isAlive());
    assertThat(process.exitCode()).as(read(process)).isZero();
    return process;
  }

  private JavaProcess start(String name, String... arguments) {
    JavaProcess process =
        JavaProcess.start(
            new JavaProcess.Spec(
                name,
                home.folder().resolveSibling("up-commands"),
                List.of(
                    "-Xmx192m",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=tandem/cli/logback.xml",
                    "-Dtandem.root=" + System.getProperty("tandem.root"),
                    "-Dtandem.home=" + home.folder()),
                Main.class.getName(),
                List.of(arguments),
                true));
    started.add(process);
    return process;
  }

  private static void assertInOrder(String output) {
    assertThat(output)
        .containsSubsequence(
            "arrived", "queued", "offered", "ringing", "answered", "connected", "ended");
  }

  private static List<String> timeline(ApiClient api, String call) {
    return api.list("/api/v1/calls/" + call + "/timeline").stream()
        .map(entry -> entry.path("event").asText())
        .toList();
  }

  private static void assertFeedCarried(List<JsonNode> feed, String call) {
    await("the feed has told the call's end")
        .atMost(Duration.ofSeconds(10))
        .until(() -> told(feed, call).stream().anyMatch(m -> event(m).equals("call-ended")));
    List<JsonNode> told = told(feed, call);
    assertThat(event(told.get(0))).isEqualTo("incoming-call");
    assertThat(told)
        .extracting(message -> message.path("data").path("state").asText())
        .containsSubsequence("queued", "offered", "ringing", "connecting", "connected", "ended");
    assertThat(told)
        .extracting(message -> message.path("seq").asLong())
        .as("sequence numbers")
        .isSorted();
    assertThat(feed).extracting(UpIT::event).contains("snapshot", "user-presence", "queue-update");
  }

  private static List<JsonNode> told(List<JsonNode> feed, String call) {
    return feed.stream().filter(message -> message.path("id").asText().equals(call)).toList();
  }

  private static String event(JsonNode message) {
    return message.path("event").asText();
  }

  private static void awaitHistory(ApiClient api, String call) {
    await("the history has the call")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                api.list("/api/v1/calls?state=ended").stream()
                    .anyMatch(found -> found.path("id").asText().equals(call)));
  }

  private static List<Long> pids(JavaProcess up) {
    List<Long> pids = new ArrayList<>();
    Matcher matcher = PID.matcher(read(up));
    while (matcher.find()) {
      pids.add(Long.parseLong(matcher.group(1)));
    }
    return pids;
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static String callId(String output) {
    Matcher matcher = CALL_ID.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return matcher.group(1);
  }

  private static String read(JavaProcess process) {
    try {
      return Files.readString(process.log());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + process.log(), e);
    }
  }
}
