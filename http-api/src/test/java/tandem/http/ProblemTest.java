package tandem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.http.TestApi.Answer;

/** Whatever is wrong with a request is answered with a problem that names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemTest {
  private static final String AGENTS = "/api/v1/agents";

  private TestApi api;

  @BeforeAll
  void start() {
    api = new TestApi("tandem.http.body-timeout = 300ms");
    api.call("POST", "/api/v1/queues", "{\"id\":\"support\"}");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void shouldNameEveryWrongFieldAtOnce() {
    Answer answer =
        api.bad(
            "POST",
            AGENTS,
            "{\"id\":\"Anna!\",\"displayName\":\"\",\"contact\":\"tel:1\",\"capacity\":\"2\","
                + "\"queues\":[\"support\",7,\"UP\"],\"colour\":1}");

    assertThat(answer.status()).isEqualTo(400);
    List<String> fields = new ArrayList<>();
    answer.body().get("errors").forEach(error -> fields.add(error.get("field").asText()));
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "id", "displayName", "contact", "capacity", "queues[1]", "queues[2]", "colour");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|id|is required",
        "{\"id\":null}|id|is required",
        "{\"id\":7}|id|must be a text, got a number",
        "{\"id\":\"q\",\"strategy\":\"LONGEST_IDLE\"}|strategy|one of longest-idle, round-robin",
        "{\"id\":\"q\",\"strategy\":\"fifo\"}|strategy|one of longest-idle, round-robin",
        "{\"id\":\"q\",\"ringTimeout\":15}|ringTimeout|must be a text, got a number",
        "{\"id\":\"q\",\"ringTimeout\":\"15\"}|ringTimeout|such as 15s, 2m or PT15S",
        "{\"id\":\"q\",\"ringTimeout\":\"P1X\"}|ringTimeout|such as 15s, 2m or PT15S",
        "{\"id\":\"q\",\"ringTimeout\":\"3m\"}|ringTimeout|must be PT1S to PT2M, got PT3M",
        "{\"id\":\"q\",\"wrapUp\":\"-PT1S\"}|wrapUp|such as 15s, 2m or PT15S",
        "{\"id\":\"q\",\"wrapUp\":\"999999999h\"}|wrapUp|must be PT0S to PT1H",
        "{\"id\":\"q\\r\\nx\"}|id|must not contain control characters",
        "{\"id\":\"q\",\"ringtimeout\":\"15s\"}|ringtimeout|known are id, strategy",
      })
  void shouldNameTheFieldAndWhatIsAllowed(String body, String field, String message) {
    Answer answer = api.bad("POST", "/api/v1/queues", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
    assertThat(answer.message(0)).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"50\"", "101", "-1", "99999999999", "true", "[]", "1e2"})
  void shouldCoerceNoNumber(String priority) {
    Answer answer =
        api.bad(
            "PUT",
            "/api/v1/numbers/+14155550100",
            "{\"queue\":\"support\",\"priority\":" + priority + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo("priority");
  }

  @Test
  void shouldSayWhereTheTextIsNotJson() {
    Answer answer = api.bad("POST", AGENTS, "{\n  \"id\": \"anna\",\n  \"displayName\": Anna\n}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("line 3, column 23");

    Answer cut = api.bad("POST", AGENTS, "{\"id\": \"anna\"");
    assertThat(cut.body().get("detail").asText())
        .isEqualTo(
            "The body is not JSON at line 1, column 14: Unexpected end-of-input: expected close"
                + " marker for Object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "7",
        "\"text\"",
        "{} {}",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"id\":",
        "{'id':'a'}",
        "{\"id\":NaN}"
      })
  void shouldTakeOnlyOneJsonObject(String body) {
    assertThat(api.bad("POST", AGENTS, body).status()).isEqualTo(400);
  }

  @Test
  void shouldBoundDepthAndText() {
    String deep = "{\"id\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
    String longText = "{\"id\":\"" + "a".repeat(20_000) + "\"}";
    String longNumber = "{\"capacity\":" + "9".repeat(1000) + "}";

    assertThat(api.bad("POST", AGENTS, deep).status()).isEqualTo(400);
    assertThat(api.bad("POST", AGENTS, longText).status()).isEqualTo(400);
    assertThat(api.bad("POST", AGENTS, longNumber).status()).isEqualTo(400);
  }

  @Test
  void shouldRefuseABodyThatIsTooLong() {
    String body = "{\"id\":\"" + "a".repeat(70_000) + "\"}";

    Answer answer = api.bad("POST", AGENTS, body);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body().get("detail").asText()).contains("65536 bytes");
  }

  @Test
  void shouldRefuseAChunkedBodyThatIsTooLong() {
    byte[] bytes = "x".repeat(70_000).getBytes(StandardCharsets.UTF_8);
    Supplier<InputStream> stream = () -> new ByteArrayInputStream(bytes);
    HttpRequest.Builder request =
        api.request("POST", AGENTS, null)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(stream));

    assertThat(api.send(request, false).status()).isEqualTo(413);
  }

  @Test
  void shouldNotWaitForABodyThatDoesNotCome() throws IOException {
    String answer =
        overSocket(
            "POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestApi.TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: 50\r\n"
                + "Connection: close\r\n\r\n{\"id\"");

    assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void shouldTakeOnlyJson(String type) {
    HttpRequest.Builder request = api.request("POST", AGENTS, "{}").setHeader("Content-Type", type);

    assertThat(api.send(request, false).status()).isEqualTo(415);
  }

  @Test
  void shouldTakeNoCompressedBody() {
    HttpRequest.Builder request =
        api.request("POST", AGENTS, "{}").setHeader("Content-Encoding", "gzip");

    assertThat(api.send(request, false).status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html|406",
        "application/json;q=0|406",
        "application/json|200",
        "*/*|200",
        "text/html, application/*;q=0.1|200"
      })
  void shouldGiveJsonOnlyToThoseWhoTakeIt(String accept, int status) {
    HttpRequest.Builder request = api.request("GET", AGENTS, null).setHeader("Accept", accept);

    assertThat(api.send(request, true).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong-token", "Basic ZGVtbzpkZW1v"})
  void shouldAskForAToken(String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(api.root.resolve(AGENTS));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }

    Answer answer = api.send(request, true);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/v1",
        "/api/v1/agents/",
        "/api/v1//agents",
        "/api/v2/agents",
        "/api/v1/agents/a/b/c",
        "/docs/..%2fopenapi.yaml"
      })
  void shouldAnswerUnknownPathsWithAProblem(String path) {
    Answer answer = api.bad("GET", path, null);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().get("title").asText()).isEqualTo("Not Found");
  }

  @Test
  void shouldNameTheMethodsAPathTakes() {
    Answer answer = api.bad("DELETE", AGENTS, null);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");

    var options = api.raw(api.request("OPTIONS", AGENTS, null).build());
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");
    assertThat(api.raw(api.request("OPTIONS", "/nowhere", null).build()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldAnswerHeadAsGetWithoutTheBody() {
    var get = api.raw(api.request("GET", AGENTS, null).build());
    var head = api.raw(api.request("HEAD", AGENTS, null).build());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get.headers().firstValue("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/agents?limit=0|limit",
        "/api/v1/agents?limit=201|limit",
        "/api/v1/agents?limit=ten|limit",
        "/api/v1/agents?limit=|limit",
        "/api/v1/agents?limit=1&limit=2|limit",
        "/api/v1/agents?page=2|page",
        "/api/v1/agents?cursor=%21%21|cursor",
        "/api/v1/agents/anna?x=1|x",
        "/api/v1/agents/ANNA|id",
        "/api/v1/calls?state=busy|state",
        "/api/v1/calls?outcome=lost|outcome",
        "/api/v1/calls?from=yesterday|from",
        "/api/v1/calls?from=2026-11-20T00:00:00Z&to=2026-11-19T00:00:00Z|from",
        "/api/v1/calls?cursor=abc|cursor",
        "/api/v1/calls?cursor=cGFzdCB4|cursor",
        "/api/v1/calls?queue=|queue",
        "/api/v1/calls/7|id",
        "/api/v1/calls/7/timeline|id",
        "/api/v1/queues?strategy=x|strategy",
        "/api/v1/queues/NO|id",
        "/api/v1/numbers?x=1|x",
        "/api/v1/numbers/4155550100|id",
        "/api/v1/switches?x=1|x",
        "/api/v1/switches/NO|id",
        "/health/live?x=1|x"
      })
  void shouldNameAWrongParameter(String path, String field) {
    Answer answer = api.bad("GET", path, null);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field(0)).isEqualTo(field);
  }

  @Test
  void shouldRefuseQueuesThatDoNotExistAndQueuesTwice() {
    String body =
        "{\"id\":\"anna\",\"displayName\":\"A\",\"contact\":\"sip:1@sim.invalid\",\"queues\":";

    Answer unknown = api.bad("POST", AGENTS, body + "[\"support\",\"suport\"]}");
    assertThat(unknown.field(0)).isEqualTo("queues");
    assertThat(unknown.message(0)).contains("'suport'");
    Answer twice = api.bad("POST", AGENTS, body + "[\"support\",\"support\"]}");
    assertThat(twice.message(0)).contains("twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GARBAGE|501",
        "GET /%zz HTTP/1.1|400",
        "BREW /api/v1/agents HTTP/1.1|501",
        "GET /api/v1/agents?a=%zz HTTP/1.1|400"
      })
  void shouldAnswerWhatIsNotHttpWithAProblem(String line, int status) throws IOException {
    String answer = overSocket(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
  }

  @Test
  void shouldBoundTheHeaders() throws IOException {
    String answer =
        overSocket("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
  }

  private String overSocket(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
