package tandem.http.routes;

import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.router.call.Refusal;

/** How a call's refusals look to clients: each keeps its name as the problem's reason. */
final class Refusals {
  private Refusals() {}

  static ProblemException of(Refusal refusal) {
    return of(refusal, refusal.detail());
  }

  /** With more to say than the refusal itself has. */
  static ProblemException of(Refusal refusal, String detail) {
    return new ProblemException(Problem.refused(status(refusal), refusal, detail));
  }

  private static int status(Refusal refusal) {
    return switch (refusal) {
      case NO_SUCH_CALL, NO_SUCH_LEG -> 404;
      case NOT_ALLOWED, DESTINATION_NOT_ALLOWED -> 403;
      case OTHER_REQUEST -> 422;
      case SWITCH_LOST, LOT_SILENT -> 503;
      default -> 409;
    };
  }
}
