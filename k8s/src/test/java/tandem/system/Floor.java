package tandem.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tandem.cli.client.ApiClient;
import tandem.cli.client.ApiClient.Answer;
import tandem.cli.stack.FreePort;
import tandem.cli.stack.NodeProcess;

/**
 * One installation for all tests of call control, with agents and callers whose phones are sipp's.
 * Who asks for it first starts it; it ends with the last test.
 */
final class Floor implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NAME = "floor";
  private static final List<String> AGENTS = List.of("anna", "ben", "cleo");

  /** An agent whose phone rings for a moment, and is never picked up. */
  static final String ABSENT = "dora";

  /** Leads to the queue desk, which is anna. */
  static final String DESK = "+14155550110";

  /** Leads to a queue that is anna, too, and records. */
  static final String TAPED = "+14155550111";

  /** Leads to a menu: 1 is the desk, 2 the back office, which is ben. */
  static final String MENU = "+14155550112";

  /** Leads to a voicemail box. */
  static final String BOX = "+14155550113";

  private final TandemCluster cluster;
  private final Sipp sipp;
  private final Voices voices;
  private final ApiClient api;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Map<String, Phone> phones = new LinkedHashMap<>();
  private final AtomicInteger callers = new AtomicInteger();
  private NodeProcess node;

  private Floor(TandemCluster cluster) throws IOException {
    this.cluster = cluster;
    Path folder = TandemCluster.home(NAME).folder();
    sipp = new Sipp(folder.resolve("sipp"), Sipp.loopback());
    voices = new Voices(Sipp.loopback(), List.of("caller", "anna", "ben", "cleo"));
    port = FreePort.any();
    api = cluster.api(port);
  }

  /** Starts everything; nothing is left running when that fails. */
  static Floor open() throws IOException {
    Floor floor =
        new Floor(
            TandemCluster.start(NAME, settings -> settings.withSimulator("--trunks=first,second")));
    try {
      floor.begin();
      return floor;
    } catch (IOException | RuntimeException | Error e) {
      floor.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    node = startNode();
    agents();
    plan();
    getReady();
    TandemCluster.awaitMembers(api, "desk", 1);
    TandemCluster.awaitMembers(api, "back", 1);
  }

  private NodeProcess startNode() {
    return cluster.startWholeNode(
        port, Map.of("tandem.media.scan-every", "300ms", "tandem.media.settled-after", "1s"));
  }

  private void agents() throws IOException {
    for (String name : AGENTS) {
      Voices.Voice voice = voices.voice(name);
      Map<String, String> values = Map.of("ring", "60", "media", Integer.toString(voice.port()));
      Phone phone = new Phone(name, sipp.handset("phone", values), voice);
      phones.put(name, phone);
      agent(name, phone.sip(), skills(name));
    }
    agent(ABSENT, sipp.handset("refuser", Map.of("ring", "300")), Map.of());
  }

  private static Map<String, Integer> skills(String name) {
    return switch (name) {
      case "anna" -> Map.of("desk", 5);
      case "ben" -> Map.of("back", 5);
      default -> Map.of();
    };
  }

  private void agent(String name, Handset handset, Map<String, Integer> skills) {
    api.send(
        "POST",
        "/api/v1/agents",
        Map.of(
            "id",
            name,
            "displayName",
            name,
            "contact",
            "sip:" + name + '@' + Sipp.loopback() + ':' + handset.port(),
            "skills",
            skills,
            // Who was asked for by a call writes it up; nobody waits for that here.
            "capacity",
            5));
  }

  private void plan() throws IOException {
    api.send(
        "POST",
        "/api/v1/queues",
        Map.of("id", "hall", "strategy", "longest-idle", "ringTimeout", "15s", "wrapUp", "0s"));
    for (String number : List.of(DESK, TAPED, MENU, BOX)) {
      api.send("PUT", "/api/v1/numbers/" + number, Map.of("queue", "hall"));
    }
    long revision =
        api.send(
                "PUT",
                "/api/v1/plans/draft",
                Map.of("If-None-Match", "*"),
                JSON.readTree(Floor.class.getResource("/floor/plan.json")))
            .body()
            .path("revision")
            .asLong();
    api.send(
        "POST",
        "/api/v1/plans/draft/publish",
        Map.of("If-Match", "\"d" + revision + '"'),
        Map.of("comment", "the floor"));
  }

  ApiClient api() {
    return api;
  }

  TandemCluster cluster() {
    return cluster;
  }

  Phone phone(String agent) {
    return phones.get(agent);
  }

  /** kill -9 of the node, which is the edge, too. */
  void killNode() {
    node.kill();
  }

  /** Starts the node that was killed again. */
  void startAgain() {
    node = startNode();
  }

  /** Somebody on the line, and the call that came of it. */
  record Visitor(String id, Phone phone) {}

  /** Somebody calls a number by SIP; returns when the router has the call. */
  Visitor call(String number) throws IOException {
    String from = "+1555%07d".formatted(callers.incrementAndGet());
    Voices.Voice voice = voices.voice("caller");
    String address = Sipp.loopback() + ':' + cluster.services().simulator().sipPort();
    Handset handset =
        sipp.visitor(
            address, number, Map.of("from", from, "media", Integer.toString(voice.port())));
    String query = "/api/v1/calls?callerNumber=" + from.replace("+", "%2B");
    await("the router has the call").atMost(PATIENCE).until(() -> !api.list(query).isEmpty());
    return new Visitor(
        api.list(query).get(0).path("id").asText(), new Phone("caller", handset, voice));
  }

  /** Somebody calls the desk and talks to anna. */
  Visitor talk() throws IOException {
    Visitor visitor = call(DESK);
    awaitState(visitor.id(), "connected");
    visitor.phone().awaitHears("anna");
    phone("anna").awaitHears("caller");
    return visitor;
  }

  /** Does something with a call; the call as it is then. */
  JsonNode does(String call, String method, String operation, Object body) {
    return api.send(method, "/api/v1/calls/" + call + '/' + operation, body).body();
  }

  /** Does something with a call that may be refused. */
  Answer tries(String call, String operation, Object body) {
    return api.send("POST", "/api/v1/calls/" + call + '/' + operation, body, 403, 404, 409);
  }

  /** A file, or a part of it; an empty range for all. */
  HttpResponse<byte[]> fetch(String path, String range) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.base().resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + api.token());
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + path, e);
    }
  }

  JsonNode get(String call) {
    return api.get("/api/v1/calls/" + call);
  }

  JsonNode awaitState(String call, String state) {
    return awaitCall(call, "is " + state, seen -> seen.path("state").asText().equals(state));
  }

  JsonNode awaitCall(String call, String what, Predicate<JsonNode> wanted) {
    JsonNode[] seen = new JsonNode[1];
    await("the call " + what)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              seen[0] = get(call);
              assertThat(wanted.test(seen[0])).as("the call %s: %s", what, seen[0]).isTrue();
            });
    return seen[0];
  }

  /** Whether somebody of this name is in the call, doing that. */
  static Predicate<JsonNode> has(String agent, String is) {
    return call -> {
      for (JsonNode person : call.path("people")) {
        if (person.path("agent").asText().equals(agent)) {
          return person.path("is").asText().equals(is);
        }
      }
      return false;
    };
  }

  /** The leg of an agent, or of the caller where the name is {@code caller}. */
  static String leg(JsonNode call, String who) {
    for (JsonNode person : call.path("people")) {
      if (person.path("agent").asText().equals(who) || person.path("part").asText().equals(who)) {
        return person.path("leg").asText();
      }
    }
    throw new AssertionError(who + " is not in " + call);
  }

  /** Waits until the switch does something of its own with a caller. */
  void awaitApplication(String call, String name) {
    await("the switch does " + name)
        .atMost(PATIENCE)
        .until(() -> variable(call, "current_application").equals(name));
  }

  /**
   * Waits until a caller is asked for keys, and not by this errand.
   *
   * @return the errand that asks
   */
  String awaitAsked(String call, String before) {
    awaitApplication(call, "play_and_get_digits");
    return await("the caller is asked")
        .atMost(PATIENCE)
        .until(() -> variable(call, "tandem_errand"), errand -> !errand.equals(before));
  }

  /** What the switch plays to a caller, or has played to it last. */
  String playing(String call) {
    return variable(call, "current_application_data");
  }

  private String variable(String call, String name) {
    return cluster.type("uuid_getvar " + call + ' ' + name).strip();
  }

  /** Calls that the simulator's own phones are in now, by user. */
  Map<String, Integer> played() {
    Map<String, Integer> calls = new LinkedHashMap<>();
    for (JsonNode phone : cluster.ask("sim phones")) {
      calls.put(phone.path("user").asText(), phone.path("calls").asInt());
    }
    return calls;
  }

  /** The timeline with everything that it says. */
  String story(String call) {
    return api.list("/api/v1/calls/" + call + "/timeline").toString();
  }

  List<String> timeline(String call) {
    List<String> events = new ArrayList<>();
    api.list("/api/v1/calls/" + call + "/timeline")
        .forEach(entry -> events.add(entry.path("event").asText()));
    return events;
  }

  /** Waits until nobody is in a call any more. */
  void awaitNothingLeft() {
    await("no call lives, no channel is left, every agent is free")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(cluster.type("show channels").strip()).isEqualTo("0 total.");
              assertThat(api.list("/api/v1/calls"))
                  .allMatch(call -> call.path("state").asText().equals("ended"));
              assertThat(api.list("/api/v1/agents"))
                  .allSatisfy(
                      agent ->
                          assertThat(agent.path("offers"))
                              .as("%s", agent)
                              .allMatch(offer -> offer.path("state").asText().equals("wrap-up")));
            });
  }

  private void getReady() {
    for (String name : List.of("anna", "ben", "cleo", ABSENT)) {
      api.send("PUT", "/api/v1/agents/" + name + "/state", Map.of("presence", "ready"));
    }
    phones.values().forEach(phone -> phone.sip().forget());
  }

  @Override
  public void close() throws IOException {
    voices.close();
    sipp.close();
    cluster.close();
  }

  /** As before the first test: one that failed may have left somebody on the line. */
  void tidy() {
    hangUpAll();
    awaitNothingLeft();
    getReady();
  }

  private void hangUpAll() {
    api.list("/api/v1/calls").stream()
        .filter(call -> !call.path("state").asText().equals("ended"))
        .forEach(call -> tries(call.path("id").asText(), "hangup", Map.of()));
  }
}
