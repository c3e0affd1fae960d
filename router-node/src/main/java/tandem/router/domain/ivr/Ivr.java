package tandem.router.domain.ivr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interactive flow: a graph of nodes that a caller goes through, from its start to an end.
 *
 * @param language as BCP 47 names it: spoken where the caller's is not known or not there
 * @param start the first node
 * @param nodes by their names, in the order of the plan
 */
public record Ivr(String language, String start, Map<String, IvrNode> nodes) {
  public Ivr {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /** A node; null when there is none of this name. */
  public @Nullable IvrNode node(String name) {
    return nodes.get(name);
  }
}
