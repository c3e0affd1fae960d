package tandem.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** REST as a tenant sees it. Every method waits for the answer: for main threads and tests. */
public final class ApiClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHARDS_PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * An answer.
   *
   * @param status HTTP
   * @param body null node when there is none
   */
  public record Answer(int status, JsonNode body) {}

  /** The API does not answer, or answers with an error. The message is one line. */
  public static final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(int status, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    /** HTTP status, 0 when nobody answered. */
    public int status() {
      return status;
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final URI base;
  private final String token;

  /** The API of a node on this machine. */
  public ApiClient(int port, String token) {
    this.base = URI.create("http://127.0.0.1:" + port);
    this.token = token;
  }

  public URI base() {
    return base;
  }

  public String token() {
    return token;
  }

  HttpClient http() {
    return http;
  }

  /** Whether the node says that it may be given work; false when nobody answers. */
  public boolean isReady() {
    try {
      return send("GET", "/health/ready", null).status() == 200;
    } catch (ApiException e) {
      return false;
    }
  }

  /**
   * What is at a path.
   *
   * @throws ApiException when the answer is not 200
   */
  public JsonNode get(String path) {
    Answer answer = send("GET", path, null);
    if (answer.status() != 200) {
      throw refused("GET", path, answer);
    }
    return answer.body();
  }

  /** Every item of a list, page by page. */
  public List<JsonNode> list(String path) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      String sign = path.contains("?") ? "&" : "?";
      JsonNode page = get(cursor.isEmpty() ? path : path + sign + "cursor=" + cursor);
      page.path("items").forEach(items::add);
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty());
    return items;
  }

  /**
   * Sends a body.
   *
   * @throws ApiException when the answer is an error other than those accepted
   */
  public Answer send(String method, String path, @Nullable Object body, int... acceptedErrors) {
    return send(method, path, Map.of(), body, acceptedErrors);
  }

  /**
   * Sends a body with headers.
   *
   * @throws ApiException when the answer is an error other than those accepted
   */
  public Answer send(
      String method,
      String path,
      Map<String, String> headers,
      @Nullable Object body,
      int... acceptedErrors) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Accept", "*/*");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    try {
      if (body == null) {
        request.method(method, HttpRequest.BodyPublishers.noBody());
      } else {
        request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      }
      var response = http.send(request.build(), BodyHandlers.ofString());
      Answer answer = new Answer(response.statusCode(), json(response.body()));
      boolean accepted = body == null || answer.status() < 400;
      for (int error : acceptedErrors) {
        accepted |= error == answer.status();
      }
      if (!accepted) {
        throw refused(method, path, answer);
      }
      return answer;
    } catch (IOException e) {
      throw new ApiException(0, base + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(0, "interrupted while waiting for " + base, e);
    }
  }

  /**
   * As {@link #send}, but again as long as the answer is 503, which says to try again, as a busy
   * machine gives it. For what may be done twice.
   */
  public Answer sendPatiently(
      String method, String path, @Nullable Object body, int... acceptedErrors) {
    long end = System.nanoTime() + SHARDS_PATIENCE.toNanos();
    while (true) {
      try {
        return send(method, path, body, acceptedErrors);
      } catch (ApiException e) {
        if (e.status() != 503 || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** The metrics page as it is. */
  public String metrics() {
    try {
      return http.send(
              HttpRequest.newBuilder(base.resolve("/metrics")).timeout(PATIENCE).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new ApiException(0, base + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(0, "interrupted while waiting for " + base, e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isBlank() ? JSON.nullNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static ApiException refused(String method, String path, Answer answer) {
    JsonNode detail = answer.body().path("detail");
    return new ApiException(
        answer.status(),
        "%s %s was answered %d: %s"
            .formatted(
                method,
                path,
                answer.status(),
                detail.isTextual() ? detail.asText() : answer.body()),
        null);
  }
}
