package tandem.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tandem.cli.client.ApiClient;
import tandem.cli.client.FeedClient;
import tandem.cli.stack.Home;
import tandem.cli.stack.RunInfo;
import tandem.cli.text.Printable;

/** Prints what the live feed says, as it says it. */
@Command(name = "feed", description = "Print the live feed until Ctrl-C or until the node stops.")
final class FeedCommand implements Callable<Integer> {
  @Option(names = "--raw", description = "Print the messages as they are: one JSON object a line.")
  private boolean raw;

  @Override
  public Integer call() {
    RunInfo run = RunInfo.load(Home.ofCheckout().runFile());
    ApiClient api = new ApiClient(run.httpPort(), run.token());
    try (FeedClient feed = FeedClient.connect(api, this::print)) {
      System.err.println("tandem: the feed ended: " + feed.ended().join());
      return 0;
    }
  }

  private void print(JsonNode message) {
    System.out.println(Printable.of(raw ? message.toString() : line(message)));
    System.out.flush();
  }

  private static String line(JsonNode message) {
    JsonNode data = message.path("data");
    String event = message.path("event").asText();
    String head =
        "%s  %6d  %-18s "
            .formatted(message.path("at").asText(), message.path("seq").asLong(), event);
    return switch (event) {
      case "snapshot" ->
          "%s%d agents, %d queues, %d calls"
              .formatted(
                  head,
                  data.path("agents").size(),
                  data.path("queues").size(),
                  data.path("calls").size());
      case "user-presence" ->
          head + text(data, "id") + "  " + text(data, "presence") + offers(data);
      case "queue-update" ->
          "%s%s  %s waiting%s, %s of %s agents free"
              .formatted(
                  head,
                  text(data, "id"),
                  data.path("live").path("waiting"),
                  callbacks(data),
                  data.path("live").path("available"),
                  data.path("live").path("members"));
      default ->
          "%s%s  %s -> %s  %s%s%s"
              .formatted(
                  head,
                  text(message, "id"),
                  text(data, "callerNumber"),
                  text(data, "calledNumber"),
                  text(data, "state"),
                  data.has("agent") ? ", agent " + text(data, "agent") : "",
                  data.has("notice") ? ", notice: " + text(data.path("notice"), "text") : "");
    };
  }

  private static String callbacks(JsonNode queue) {
    int callbacks = queue.path("live").path("callbacks").asInt();
    return callbacks == 0 ? "" : " (" + callbacks + " to be called back)";
  }

  private static String offers(JsonNode agent) {
    StringBuilder doing = new StringBuilder();
    for (JsonNode offer : agent.path("offers")) {
      doing.append(doing.length() == 0 ? ", " : " and ").append(offer.path("state").asText());
    }
    return doing.toString();
  }

  private static String text(JsonNode from, String field) {
    return from.path(field).asText("-");
  }
}
