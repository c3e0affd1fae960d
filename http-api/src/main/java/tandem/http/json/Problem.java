package tandem.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the client sees it: {@code application/problem+json}, RFC 9457. The type is {@code
 * about:blank}, so the title is the status' own phrase.
 *
 * @param status the HTTP status
 * @param detail what is wrong here, for a person
 * @param reason the same for a machine, where one status has several reasons; null elsewhere
 * @param errors the fields that are wrong, empty when it is no field's fault
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(416, "Range Not Satisfiable"),
          Map.entry(422, "Unprocessable Content"),
          Map.entry(426, "Upgrade Required"),
          Map.entry(428, "Precondition Required"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "HTTP Version Not Supported"));

  public Problem {
    errors = List.copyOf(errors);
  }

  /**
   * One wrong field of a body, or one wrong parameter.
   *
   * @param line of a document where it stands, from 1; null elsewhere
   * @param column there, from 1, in Unicode characters; null elsewhere
   */
  public record FieldError(
      String field, @Nullable Integer line, @Nullable Integer column, String message) {
    public FieldError(String field, String message) {
      this(field, null, null, message);
    }
  }

  public static Problem of(int status, String detail) {
    return new Problem("about:blank", title(status), status, detail, null, List.of());
  }

  /** A conflict with the name of its reason, for clients that decide by it. */
  public static Problem conflict(Enum<?> reason, String detail) {
    return refused(409, reason, detail);
  }

  /** A refusal with the name of its reason, for clients that decide by it. */
  public static Problem refused(int status, Enum<?> reason, String detail) {
    return new Problem("about:blank", title(status), status, detail, Words.of(reason), List.of());
  }

  public static Problem badRequest(String detail) {
    return of(400, detail);
  }

  /** 400 with every wrong field. */
  public static Problem fields(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.get(0).field() + ": " + errors.get(0).message()
            : errors.size() + " fields are wrong.";
    return new Problem("about:blank", title(400), 400, detail, null, errors);
  }

  /**
   * A document with errors.
   *
   * @param detail what it was, a sentence without its full stop
   * @param errors at least one, each with its place
   */
  public static Problem document(int status, String detail, List<FieldError> errors) {
    FieldError first = errors.get(0);
    String where =
        "; the first error is at line " + first.line() + ", column " + first.column() + ": ";
    return new Problem(
        "about:blank", title(status), status, detail + where + first.message(), null, errors);
  }

  public static Problem field(String name, String message) {
    return fields(List.of(new FieldError(name, message)));
  }

  public static Problem notFound(String what, String id) {
    return of(404, "There is no " + what + " '" + id + "'.");
  }

  private static String title(int status) {
    @Nullable String title = TITLES.get(status);
    return title == null ? "Error" : title;
  }
}
