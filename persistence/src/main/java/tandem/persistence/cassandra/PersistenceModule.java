package tandem.persistence.cassandra;

import com.typesafe.config.Config;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.persistence.readmodel.CallJournal;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/**
 * Makes sure, before anything else starts on a node, that Cassandra is there and has our tables.
 */
public final class PersistenceModule implements NodeModule {
  private static final CallId NOBODY =
      new CallId(new TenantId("warm-up"), "00000000-0000-4000-8000-000000000000");

  @Override
  public String name() {
    return "persistence";
  }

  @Override
  public String role() {
    return NodeRoles.ROUTER;
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public void onEveryNode(NodeContext node) {
    Config config = node.config();
    if (config.getBoolean("tandem.persistence.migrations.on-start")) {
      Migrations.run(config);
    } else {
      Migrations.check(config);
    }
    // The statements that read a call are prepared before the first one is asked for.
    node.readiness().warmUp("journal", () -> CallJournal.of(node.system()).read(NOBODY));
    node.readiness().ready("cassandra", () -> SharedSession.problem(node.system()));
  }
}
