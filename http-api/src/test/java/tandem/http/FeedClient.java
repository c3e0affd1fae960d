package tandem.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that holds each message against the document and can be slow. */
final class FeedClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How the server closed. */
  record Closed(int code, String reason) {}

  final CompletableFuture<Closed> closed = new CompletableFuture<>();
  final WebSocket socket;
  private final TestApi api;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final boolean reads;

  private FeedClient(TestApi api, String query, boolean reads) {
    this.api = api;
    this.reads = reads;
    this.socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + TestApi.TOKEN)
            .connectTimeout(Duration.ofSeconds(5))
            .buildAsync(URI.create("ws://127.0.0.1:" + api.port() + "/feed" + query), this)
            .join();
  }

  static FeedClient open(TestApi api, String query) {
    return new FeedClient(api, query, true);
  }

  /** One that reads nothing until {@link #readOn}. */
  static FeedClient slow(TestApi api) {
    return new FeedClient(api, "", false);
  }

  void readOn() {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    if (reads) {
      webSocket.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(api.read(partial.toString()));
      partial.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(new Closed(statusCode, reason));
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** The next message, which must fit the document. */
  JsonNode next() {
    try {
      JsonNode message = messages.poll(5, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      List<String> wrong = api.contract.check("FeedMessage", message);
      if (!wrong.isEmpty()) {
        throw new AssertionError(wrong + " in " + message);
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Everything that came and was not asked for yet. */
  List<JsonNode> drained() {
    List<JsonNode> all = new ArrayList<>();
    messages.drainTo(all);
    return all;
  }

  /** How the server closed it, within 5 s. */
  Closed end() {
    return closed.orTimeout(5, TimeUnit.SECONDS).join();
  }

  void say(String text) {
    socket.sendText(text, true).join();
  }

  static String cursor(JsonNode message) {
    return message.get("epoch").asText() + ':' + message.get("seq").asLong();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
