package tandem.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens to the live feed and tells what it says, in order. */
public final class FeedClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final Consumer<JsonNode> listener;
  private final WebSocket socket;

  private FeedClient(ApiClient api, Consumer<JsonNode> listener) {
    this.listener = listener;
    URI feed = URI.create(api.base().toString().replaceFirst("^http", "ws") + "/feed");
    this.socket =
        api.http()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + api.token())
            .buildAsync(feed, new Listener())
            .join();
  }

  /**
   * Connects; waits until the connection is there. Its snapshot comes as the first messages.
   *
   * @param listener gets each message, on a thread of the connection
   */
  public static FeedClient connect(ApiClient api, Consumer<JsonNode> listener) {
    return new FeedClient(api, listener);
  }

  /** Completes with the reason when the other side has ended it. */
  public CompletableFuture<String> ended() {
    return ended;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        listener.accept(parse(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended.complete(status + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended.complete(String.valueOf(error));
    }

    private static JsonNode parse(String message) {
      try {
        return JSON.readTree(message);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the feed said something that is no JSON", e);
      }
    }
  }
}
