package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * One operation of the API.
 *
 * @param method as HTTP writes it
 * @param template the path, with {@code {name}} for a segment that varies
 * @param access who may call it
 * @param content what it takes and gives
 */
public record Endpoint(
    String method, String template, Access access, Content content, Handler handler) {

  /** Who may call. */
  public enum Access {
    /** A bearer token says which tenant asks. */
    TENANT,
    /** Anybody who reaches the port; also where the endpoint looks for a token by itself. */
    PUBLIC
  }

  /** What a request carries and what it gets. */
  public enum Content {
    /** Gives JSON, takes no body. */
    JSON,
    /** Takes and gives JSON. */
    JSON_BODY,
    /** Neither: a document, a figure, a WebSocket. */
    OTHER
  }

  /**
   * Does it. A {@link tandem.http.json.ProblemException}, thrown or completed with, is the answer.
   */
  @FunctionalInterface
  public interface Handler {
    CompletionStage<HttpResponse> handle(Exchange exchange);
  }

  static Endpoint get(String template, Handler handler) {
    return new Endpoint("GET", template, Access.TENANT, Content.JSON, handler);
  }

  static Endpoint delete(String template, Handler handler) {
    return new Endpoint("DELETE", template, Access.TENANT, Content.JSON, handler);
  }

  /** POST, PUT or PATCH with a JSON object. */
  static Endpoint send(String method, String template, Handler handler) {
    return new Endpoint(method, template, Access.TENANT, Content.JSON_BODY, handler);
  }

  /** Something anybody may have, in a form of its own. */
  public static Endpoint open(String template, Handler handler) {
    return new Endpoint("GET", template, Access.PUBLIC, Content.OTHER, handler);
  }
}
