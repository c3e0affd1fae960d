package tandem.router.domain.ivr;

import java.util.List;
import java.util.Map;

/**
 * What the runner has decided.
 *
 * @param session to go on with; at the node that {@code ask} is about
 * @param passed nodes that were gone through without waiting there, as {@code flow/node}
 * @param ask what is to be done
 * @param secrets what was keyed in and must not be kept anywhere but in memory
 */
public record IvrTurn(
    IvrSession session, List<String> passed, Ask ask, Map<String, String> secrets) {
  public IvrTurn {
    passed = List.copyOf(passed);
    secrets = Map.copyOf(secrets);
  }

  @Override
  public String toString() {
    // What is secret must not come into a log by way of a failed test or an error either.
    return "IvrTurn["
        + session
        + ", passed "
        + passed
        + ", "
        + ask.getClass().getSimpleName()
        + "]";
  }
}
