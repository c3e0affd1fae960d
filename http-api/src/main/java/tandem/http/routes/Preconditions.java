package tandem.http.routes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;

/**
 * What a client knows of the thing it is about to change, by {@code If-Match} and {@code
 * If-None-Match} (RFC 9110, 13.1): so that no author overwrites another one unseen. That is why
 * {@code If-Match: *} is not taken, nor are several tags.
 */
final class Preconditions {
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[!#-~]{0,100}\"");

  /** What no draft or version has: a tag of something else. */
  private static final long NEVER = -1;

  private Preconditions() {}

  /**
   * The revision of the draft the client has; 0 when it knows that there is none.
   *
   * @throws ProblemException 428 when it does not say, 400 when it is not to be understood
   */
  static long draftOrNone(Exchange exchange) {
    Optional<String> match = header(exchange, IF_MATCH);
    Optional<String> none = header(exchange, IF_NONE_MATCH);
    if (match.isPresent() && none.isPresent()) {
      throw wrong(IF_NONE_MATCH, "must not stand beside If-Match");
    } else if (none.isPresent() && !none.get().equals("*")) {
      throw wrong(IF_NONE_MATCH, "must be *");
    } else if (none.isPresent()) {
      return 0;
    }
    return number(
        match,
        'd',
        "Send If-Match with the ETag of the draft you began from, such as \"d3\", or"
            + " If-None-Match: * when there is no draft yet.");
  }

  /** The revision of the draft the client has. */
  static long draft(Exchange exchange) {
    return number(
        header(exchange, IF_MATCH),
        'd',
        "Send If-Match with the ETag of the draft you mean, such as \"d3\".");
  }

  /** The number of the version in force, as far as the client knows. */
  static long version(Exchange exchange) {
    return number(
        header(exchange, IF_MATCH),
        'v',
        "Send If-Match with the ETag of the version in force, such as \"v3\".");
  }

  /** 412 for a draft of another revision than the client has. */
  static ProblemException draftIs(long revision) {
    return new ProblemException(
        Problem.of(
            412,
            revision == 0
                ? "There is no draft yet: send If-None-Match: *."
                : "The draft is at revision "
                    + revision
                    + " now, \""
                    + PlanDocument.draftTag(revision)
                    + "\": get it, and bring your changes into it."));
  }

  /** 412 for another version in force than the client knows. */
  static ProblemException versionIs(long version) {
    return new ProblemException(
        Problem.of(
            412,
            "Version "
                + version
                + " is in force now, \""
                + PlanDocument.versionTag(version)
                + "\"."));
  }

  private static long number(Optional<String> header, char kind, String howTo) {
    String tag = header.orElseThrow(() -> new ProblemException(Problem.of(428, howTo)));
    if (!TAG.matcher(tag).matches()) {
      throw wrong(IF_MATCH, "must be one entity tag in quotes such as \"" + kind + "3\"");
    }
    Matcher number = Pattern.compile("\"" + kind + "([1-9][0-9]{0,17})\"").matcher(tag);
    return number.matches() ? Long.parseLong(number.group(1)) : NEVER;
  }

  /** All that was sent under a name, as one list. */
  private static Optional<String> header(Exchange exchange, String name) {
    String all =
        StreamSupport.stream(exchange.request().getHeaders().spliterator(), false)
            .filter(header -> header.name().equalsIgnoreCase(name))
            .map(header -> header.value().strip())
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static ProblemException wrong(String header, String message) {
    return new ProblemException(Problem.field(header, message));
  }
}
