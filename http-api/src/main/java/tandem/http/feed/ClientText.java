package tandem.http.feed;

import akka.http.javadsl.model.ws.BinaryMessage;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.TextMessage;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads a client's message, never more of it than is allowed. */
final class ClientText {
  private ClientText() {}

  /** The text; empty when it is too long, or not a text. */
  static CompletionStage<Optional<String>> of(
      Message message, int maxLength, Materializer materializer) {
    if (message instanceof BinaryMessage binary) {
      if (!binary.isStrict()) {
        var unused = binary.getStreamedData().runWith(Sink.cancelled(), materializer);
      }
      return CompletableFuture.completedFuture(Optional.empty());
    }
    TextMessage text = message.asTextMessage();
    if (text.isStrict()) {
      String whole = text.getStrictText();
      return CompletableFuture.completedFuture(
          whole.length() <= maxLength ? Optional.of(whole) : Optional.empty());
    }
    return text.getStreamedText()
        .limitWeighted(maxLength, part -> (long) part.length())
        .runFold(new StringBuilder(), StringBuilder::append, materializer)
        .handle(
            (whole, failure) ->
                failure == null ? Optional.of(whole.toString()) : Optional.<String>empty());
  }
}
