package tandem.edge.esl;

import java.util.concurrent.CompletionStage;

/**
 * A command running in the background of the switch.
 *
 * @param id its Job-UUID, chosen before it was written
 * @param accepted the immediate reply; it only says that the job was taken
 * @param result what the job came to; fails with {@link EslException} if it was not accepted, was
 *     too late, or the connection closed
 */
public record EslJob(
    String id, CompletionStage<EslReply> accepted, CompletionStage<Result> result) {
  /**
   * What a job came to.
   *
   * @param ok false when the text begins with {@code -ERR} or {@code -USAGE}
   * @param text the job's output as the switch wrote it
   */
  public record Result(boolean ok, String text) {
    static Result of(EslEvent event) {
      String text = event.body();
      return new Result(EslReply.isOk(text), text);
    }
  }
}
