package tandem.router.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.call.FlowEvent.Found;
import tandem.router.domain.TenantId;
import tandem.router.domain.ivr.Ask;
import tandem.router.domain.ivr.IvrNode.Method;
import tandem.router.kit.Given;

/** Questions to a web server that is really there. */
class LookupClientTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final LookupSettings.Secret TOKEN =
      new LookupSettings.Secret(Given.CALL.tenant(), "crm-token", "localhost");

  private record Seen(String method, String path, String body, HttpExchange exchange) {
    String header(String name) {
      return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }
  }

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch hold = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void close() {
    hold.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().toString();
    seen.add(new Seen(exchange.getRequestMethod(), path, body, exchange));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    if (path.contains("redirect")) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
    }
    if (path.contains("slow")) {
      await();
    }
    exchange.sendResponseHeaders(status, path.contains("drip") ? 0 : bytes.length);
    if (path.contains("drip")) {
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      await();
    }
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void await() {
    try {
      assertThat(hold.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LookupClient client(int atOnce, Set<String> hosts) {
    return new LookupClient(
        new LookupSettings(hosts, atOnce, Map.of(TOKEN, "Bearer 123")),
        threads,
        Clock.systemUTC(),
        (lookUp, told) -> answers.add(told));
  }

  private LookupClient client() {
    return client(4, Set.of("localhost"));
  }

  private LookUp lookUp(
      int number,
      String path,
      @Nullable Map<String, Object> body,
      Map<String, String> headers,
      Map<String, String> pointers,
      Duration timeout) {
    String url = "http://localhost:" + server.getAddress().getPort() + path;
    Method method = body == null ? Method.GET : Method.POST;
    return new LookUp(
        Given.CALL, number, new Ask.Request(method, url, body, headers, timeout, pointers));
  }

  private LookUp get(int number, String path, Map<String, String> pointers) {
    return lookUp(number, path, null, Map.of(), pointers, SECOND.multipliedBy(5));
  }

  private Answer told() throws InterruptedException {
    Answer told = answers.poll(20, TimeUnit.SECONDS);
    assertThat(told).isNotNull();
    return told;
  }

  @Test
  void shouldTakeWhatIsWantedOfAnAnswer() throws Exception {
    answer =
        """
        {"customer": {"tier": "gold", "due": 12, "rate": 0.5, "vip": true, "tags": [1], "gone": null},
         "a/b": "slash", "huge": 123456789012345678901234567890}
        """;
    client()
        .ask(
            get(
                1,
                "/customers/4711?x=1",
                Map.of(
                    "tier", "/customer/tier",
                    "due", "/customer/due",
                    "rate", "/customer/rate",
                    "vip", "/customer/vip",
                    "tags", "/customer/tags",
                    "gone", "/customer/gone",
                    "none", "/nobody",
                    "slash", "/a~1b",
                    "first", "/customer/tags/0")));

    Answer told = told();
    assertThat(told.found()).isEqualTo(Found.FOUND);
    assertThat(told.values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "tier", "gold", "due", 12L, "rate", 0.5, "vip", true, "slash", "slash", "first",
                1L));
    assertThat(seen.get(0).method()).isEqualTo("GET");
    assertThat(seen.get(0).path()).isEqualTo("/customers/4711?x=1");
    assertThat(seen.get(0).header("Accept")).isEqualTo("application/json");
    assertThat(seen.get(0).header("Idempotency-Key")).isEqualTo(Given.CALL.channel() + "-1");
  }

  @Test
  void shouldSendABodyAndWhatIsSecret() throws Exception {
    client()
        .ask(
            lookUp(
                2,
                "/find",
                Map.of("account", "47\"11", "tries", 2L),
                Map.of("Authorization", "crm-token"),
                Map.of(),
                SECOND.multipliedBy(5)));

    assertThat(told().found()).isEqualTo(Found.FOUND);
    assertThat(seen.get(0).method()).isEqualTo("POST");
    assertThat(seen.get(0).body()).contains("\"account\":\"47\\\"11\"", "\"tries\":2");
    assertThat(seen.get(0).header("Authorization")).isEqualTo("Bearer 123");
    assertThat(seen.get(0).header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void shouldSendNoSecretThatIsAnotherTenantsOrForAnotherHost() throws Exception {
    LookupSettings settings = new LookupSettings(Set.of(), 1, Map.of(TOKEN, "x"));

    assertThat(settings.secret(Given.CALL.tenant(), "crm-token", "LOCALHOST")).contains("x");
    assertThat(settings.secret(new TenantId("other"), "crm-token", "localhost")).isEmpty();
    assertThat(settings.secret(Given.CALL.tenant(), "crm-token", "evil.example")).isEmpty();
    client().ask(lookUp(1, "/", null, Map.of("X", "none"), Map.of(), SECOND));
    assertThat(told()).isEqualTo(Answer.FAILED);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 302, 503})
  void shouldFailWhenItIsNotAnsweredWell(int code) throws Exception {
    status = code;
    client().ask(get(1, "/redirect", Map.of()));

    assertThat(told().found()).isEqualTo(Found.FAILED);
    assertThat(seen).as("no redirect is followed").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"a\": "})
  void shouldFailWhenTheAnswerIsNoJson(String text) throws Exception {
    answer = text;
    client().ask(get(1, "/", Map.of("a", "/a")));

    assertThat(told().found()).isEqualTo(Found.FAILED);
  }

  @Test
  void shouldFailWhenTheAnswerIsTooLong() throws Exception {
    answer = "\"" + "x".repeat(LookupClient.LONGEST_ANSWER) + "\"";
    client().ask(get(1, "/", Map.of("a", "")));

    assertThat(told().found()).isEqualTo(Found.FAILED);
  }

  @Test
  void shouldCutALongText() throws Exception {
    answer = "{\"a\": \"" + "é".repeat(499) + "😀tail\"}";
    client().ask(get(1, "/", Map.of("a", "/a")));

    assertThat(told().values()).isEqualTo(Map.of("a", "é".repeat(499)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/slow", "/drip"})
  void shouldNotWaitLongerThanItsTimeout(String path) throws Exception {
    client().ask(lookUp(1, path, null, Map.of(), Map.of("a", "/a"), Duration.ofMillis(300)));

    assertThat(told().found()).isEqualTo(Found.TIMED_OUT);
  }

  @Test
  void shouldAskOnceWhileItIsAsked() throws Exception {
    LookupClient client = client();
    LookUp slow = lookUp(1, "/slow", null, Map.of(), Map.of(), SECOND.multipliedBy(10));
    client.ask(slow);
    client.ask(slow);
    client.ask(slow);
    hold.countDown();

    assertThat(told().found()).isEqualTo(Found.FOUND);
    assertThat(seen).hasSize(1);
    assertThat(answers).isEmpty();
  }

  @Test
  void shouldFailAtOnceWhenTooManyAreUnderWay() throws Exception {
    LookupClient client = client(1, Set.of("localhost"));
    client.ask(lookUp(1, "/slow", null, Map.of(), Map.of(), SECOND.multipliedBy(10)));
    client.ask(get(2, "/", Map.of()));

    assertThat(told().found()).isEqualTo(Found.FAILED);
    hold.countDown();
    assertThat(told().found()).isEqualTo(Found.FOUND);
    client.ask(get(3, "/", Map.of()));
    assertThat(told().found()).isEqualTo(Found.FOUND);
  }

  @Test
  void shouldAskNobodyWithoutTlsWhoIsNotAllowed() throws Exception {
    client(4, Set.of()).ask(get(1, "/", Map.of()));

    assertThat(told()).isEqualTo(Answer.FAILED);
    assertThat(seen).isEmpty();
  }

  @Test
  void shouldAskNobodyAtAnAddressThatIsNotPublic() throws Exception {
    String url = "https://localhost:" + server.getAddress().getPort() + "/";
    client(4, Set.of())
        .ask(
            new LookUp(
                Given.CALL, 1, new Ask.Request(Method.GET, url, null, Map.of(), SECOND, Map.of())));

    assertThat(told()).isEqualTo(Answer.FAILED);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1"
      })
  void shouldKnowAddressesThatAreNotPublic(String address) throws Exception {
    assertThat(LookupClient.isPrivate(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "100.63.0.1", "100.128.0.1", "172.32.0.1", "2001:4860::8888"})
  void shouldKnowAddressesThatArePublic(String address) throws Exception {
    assertThat(LookupClient.isPrivate(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void shouldNotSayWhatACallerHasKeyedIn() {
    assertThat(get(1, "/pin/1234", Map.of()).toString()).doesNotContain("1234");
  }

  @Test
  void shouldSpareAHostThatFailsAgainAndAgain() throws Exception {
    status = 500;
    LookupClient client = client();
    for (int i = 0; i <= Circuit.MOST; i++) {
      client.ask(get(i + 1, "/", Map.of()));
      assertThat(told().found()).isEqualTo(Found.FAILED);
    }

    assertThat(seen).hasSize(Circuit.MOST);
  }
}
