package tandem.http.routes;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import tandem.http.json.Problem;

/**
 * Answers what is not even HTTP, before any route sees it. Named in the role's configuration; Akka
 * looks for a Scala object, hence the field's name.
 */
@SuppressWarnings({"MemberName", "NonApiType"}) // the field is what Scala's objects have
public final class ParsingProblems extends ParsingErrorHandler {
  public static final ParsingProblems MODULE$ = new ParsingProblems();

  private ParsingProblems() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    log.debug("Refused a request: {}", error.formatPretty());
    return Replies.problem(Problem.of(status.intValue(), error.summary()));
  }
}
