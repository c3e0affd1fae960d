package tandem.cluster;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;

/**
 * A node in a JVM of its own, to be killed by a test. Prints its port, ends when its standard input
 * does.
 */
public final class ChildNode {
  private ChildNode() {}

  /** Argument: the address of the seed. */
  public static void main(String[] args) throws IOException {
    TandemNode node =
        TandemNode.start(
            ConfigFactory.parseString(
                WhereModule.BINDING
                    + "tandem.node.roles = [router]\ntandem.node.join = seeds\ntandem.node.seeds = \""
                    + args[0]
                    + "\""),
            List.of(new WhereModule()),
            LivenessGate.JVM);
    System.out.println(node.address().getPort().orElseThrow());
    int end = System.in.read();
    System.out.println("standard input ended: " + end);
    Runtime.getRuntime().halt(0);
  }
}
