package tandem.persistence.cassandra;

import akka.persistence.cassandra.query.javadsl.CassandraReadJournal;
import akka.persistence.query.PersistenceQuery;
import com.typesafe.config.Config;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;
import tandem.persistence.readmodel.CallJournal;

/**
 * Makes sure, before anything else starts on a node, that Cassandra is there and has our tables.
 */
public final class PersistenceModule implements NodeModule {
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
    // The first statement of each kind is prepared before the first call needs it.
    node.readiness()
        .warmUp(
            "journal",
            () ->
                PersistenceQuery.get(node.system())
                    .getReadJournalFor(CassandraReadJournal.class, CallJournal.QUERY_PLUGIN)
                    .initialize());
    node.readiness().ready("cassandra", () -> SharedSession.problem(node.system()));
  }
}
