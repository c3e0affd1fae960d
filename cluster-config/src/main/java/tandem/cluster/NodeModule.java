package tandem.cluster;

/**
 * What a Maven module adds to a node. Found by {@link java.util.ServiceLoader}; one implementation
 * a role. Both hooks run on the thread that starts the node, never on an actor's, one module after
 * the other and before the node joins its cluster: a hook may wait there (schema migrations do),
 * and one that throws keeps the node from starting.
 *
 * <p>A module stops what it started through {@link akka.actor.CoordinatedShutdown}.
 */
public interface NodeModule {

  /** Short name for logs and errors, unique on a node. */
  String name();

  /** The role whose nodes run {@link #onRole}: one of {@link NodeRoles#ALL}. */
  String role();

  /**
   * Start order, lowest first; equal orders start by name. Storage 100, router 200, edge 300,
   * projection 400, api 500.
   */
  int order();

  /** Runs on every node, whatever its roles: sharding proxies, shared registrations. */
  default void onEveryNode(NodeContext node) {}

  /** Runs after {@link #onEveryNode}, and only when {@link #role()} is among the node's roles. */
  default void onRole(NodeContext node) {}
}
