package tandem.cluster;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import java.util.Set;

/**
 * What a starting module gets to know about its node.
 *
 * @param system the node's actor system; modules spawn with {@code systemActorOf}
 * @param config the whole resolved configuration, overlay and roles included
 * @param roles the node's roles, a subset of {@link NodeRoles#ALL}
 * @param gate asked before every persist, timer effect and order to a switch
 * @param readiness where health checks and warm-ups are registered
 */
public record NodeContext(
    ActorSystem<?> system,
    Config config,
    Set<String> roles,
    LivenessGate gate,
    Readiness readiness) {

  public NodeContext {
    roles = Set.copyOf(roles);
  }

  public boolean hasRole(String role) {
    return roles.contains(role);
  }
}
