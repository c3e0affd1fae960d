package tandem.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Listens to the live feed and keeps what it said, in order. */
public final class FeedClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final WebSocket socket;

  private FeedClient(ApiClient api) {
    URI feed = URI.create(api.base().toString().replaceFirst("^http", "ws") + "/feed");
    this.socket =
        api.http()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + api.token())
            .buildAsync(feed, new Listener())
            .join();
  }

  /** Connects; waits until the connection is there. Its snapshot comes as the first messages. */
  public static FeedClient connect(ApiClient api) {
    return new FeedClient(api);
  }

  /** Everything that was said so far. */
  public List<JsonNode> messages() {
    return List.copyOf(messages);
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
        messages.add(parse(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
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
