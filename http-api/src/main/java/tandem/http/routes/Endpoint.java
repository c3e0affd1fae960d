package tandem.http.routes;

import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API.
 *
 * @param method as HTTP writes it
 * @param template the path, with {@code {name}} for a segment that varies
 * @param access who may call it
 * @param content what it takes and gives
 * @param text which text it takes; null unless the content is one
 */
public record Endpoint(
    String method,
    String template,
    Access access,
    Content content,
    @Nullable TextForm text,
    Handler handler) {

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
    /** Takes and gives JSON; no body at all is an empty object. */
    OPTIONAL_BODY,
    /** Takes a text as it is written, see {@link TextForm}; gives JSON. */
    TEXT_BODY,
    /**
     * Takes a large JSON object, which the handler reads when it has room for it ({@link
     * Exchange#large}); gives lines of JSON. What the handler throws, it throws before it reads.
     */
    LARGE_BODY,
    /**
     * Takes a file, which the handler has written to a disk as it comes ({@link Exchange#file});
     * gives JSON. What the handler throws, it throws before it reads.
     */
    FILE_BODY,
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

  /**
   * A text that is taken as it is written.
   *
   * @param mediaType what the body must be
   * @param maxBytes of it, in UTF-8
   */
  public record TextForm(String mediaType, int maxBytes) {}

  static Endpoint get(String template, Handler handler) {
    return new Endpoint("GET", template, Access.TENANT, Content.JSON, null, handler);
  }

  static Endpoint delete(String template, Handler handler) {
    return new Endpoint("DELETE", template, Access.TENANT, Content.JSON, null, handler);
  }

  /** POST, PUT or PATCH with a JSON object. */
  static Endpoint send(String method, String template, Handler handler) {
    return new Endpoint(method, template, Access.TENANT, Content.JSON_BODY, null, handler);
  }

  /** POST with a JSON object, or with nothing. */
  static Endpoint sendAny(String template, Handler handler) {
    return new Endpoint("POST", template, Access.TENANT, Content.OPTIONAL_BODY, null, handler);
  }

  /** POST or PUT with a text. */
  static Endpoint sendText(String method, String template, TextForm text, Handler handler) {
    return new Endpoint(method, template, Access.TENANT, Content.TEXT_BODY, text, handler);
  }

  /** POST with a large JSON object, answered with lines of JSON. */
  static Endpoint sendLarge(String template, Handler handler) {
    return new Endpoint("POST", template, Access.TENANT, Content.LARGE_BODY, null, handler);
  }

  /** PUT of a file. */
  static Endpoint sendFile(String template, Handler handler) {
    return new Endpoint("PUT", template, Access.TENANT, Content.FILE_BODY, null, handler);
  }

  /** Something of the tenant in a form of its own. */
  static Endpoint getFile(String template, Handler handler) {
    return new Endpoint("GET", template, Access.TENANT, Content.OTHER, null, handler);
  }

  /** Something anybody may have, in a form of its own. */
  public static Endpoint open(String template, Handler handler) {
    return new Endpoint("GET", template, Access.PUBLIC, Content.OTHER, null, handler);
  }
}
