package tandem.cluster;

import akka.actor.setup.Setup;

/**
 * Carries the node's readiness to the parts that Akka creates by name: there is no static registry
 * of nodes.
 */
final class NodeSetup extends Setup {
  private final Readiness readiness;

  NodeSetup(Readiness readiness) {
    this.readiness = readiness;
  }

  Readiness readiness() {
    return readiness;
  }
}
