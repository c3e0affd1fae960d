package tandem.persistence.cassandra;

import akka.stream.alpakka.cassandra.DriverConfigLoaderFromConfig;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cognitor.cassandra.migration.Database;
import org.cognitor.cassandra.migration.MigrationConfiguration;
import org.cognitor.cassandra.migration.MigrationTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Cassandra's schema to what this version needs. Single owner of every keyspace and table;
 * runs before anything is persisted, on the thread that starts a node or the command line, where it
 * may block.
 */
public final class Migrations {
  static final String PROFILE = "tandem-migrations";
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final String ROOT = "tandem.persistence.";

  private final Config config;
  private final List<Schema> schemas;

  private Migrations(Config config) {
    this.config = config;
    this.schemas = Schema.all(config);
  }

  /**
   * Changes the schema where it is behind; of several nodes that start together one does it and the
   * others wait. Doing it again changes nothing.
   *
   * @param config a node's whole configuration
   * @return whether anything was changed
   * @throws IllegalStateException with one line when Cassandra is out of reach for too long or
   *     refuses a change; what was done until then stays and is not done again
   */
  public static boolean run(Config config) {
    return new Migrations(config).run();
  }

  /**
   * Makes sure that the schema is complete without changing it.
   *
   * @throws IllegalStateException naming the keyspace that is behind, or when Cassandra is out of
   *     reach for too long
   */
  public static void check(Config config) {
    Migrations migrations = new Migrations(config);
    try (CqlSession session = migrations.connect()) {
      for (Schema schema : migrations.schemas) {
        int version = version(session, schema);
        if (version < schema.latest()) {
          throw new IllegalStateException(
              String.format(
                  "keyspace %s is at version %d and must be at %d: migrate it first",
                  schema.name(), version, schema.latest()));
        }
      }
    }
  }

  private boolean run() {
    try (CqlSession session = connect()) {
      if (isCurrent(session)) {
        return false;
      }
      Schema first = schemas.get(0);
      session.execute(
          SimpleStatement.newInstance(first.keyspace().getCqlStatement())
              .setExecutionProfileName(PROFILE));
      MigrationLock lock =
          new MigrationLock(
              session,
              first.name(),
              config.getDuration(ROOT + "migrations.lock"),
              config.getDuration(ROOT + "migrations.poll"));
      lock.acquire().toCompletableFuture().join();
      try {
        if (isCurrent(session)) {
          return false;
        }
        schemas.forEach(this::migrate);
        return true;
      } finally {
        lock.release();
      }
    }
  }

  private void migrate(Schema schema) {
    MigrationConfiguration target =
        new MigrationConfiguration().withKeyspace(schema.keyspace()).withExecutionProfile(PROFILE);
    // The library closes the connection, and changes its keyspace: each schema gets its own.
    try (Database database = new Database(connect(), target)) {
      new MigrationTask(database, schema.repository()).migrate();
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "keyspace " + schema.name() + " could not be migrated: " + e.getMessage(), e);
    }
    log.info("Keyspace {} is at version {}", schema.name(), schema.latest());
  }

  private boolean isCurrent(CqlSession session) {
    return schemas.stream().allMatch(schema -> version(session, schema) >= schema.latest());
  }

  private static int version(CqlSession session, Schema schema) {
    boolean begun =
        session
            .refreshSchema()
            .getKeyspace(schema.name())
            .flatMap(keyspace -> keyspace.getTable("schema_migration"))
            .isPresent();
    if (!begun) {
      return 0;
    }
    Row latest =
        session
            .execute(
                "SELECT version FROM "
                    + schema.name()
                    + ".schema_migration WHERE applied_successful = true"
                    + " ORDER BY version DESC LIMIT 1")
            .one();
    return latest == null ? 0 : latest.getInt("version");
  }

  private CqlSession connect() {
    Duration within = config.getDuration(ROOT + "cassandra.start-within");
    CompletableFuture<CqlSession> connecting =
        CqlSession.builder()
            .withConfigLoader(
                DriverConfigLoaderFromConfig.fromConfig(config.getConfig("datastax-java-driver")))
            .buildAsync()
            .toCompletableFuture();
    try {
      return connecting.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var unused = connecting.thenAccept(CqlSession::close);
      throw new IllegalStateException(
          "Cassandra at "
              + config.getStringList(ROOT + "cassandra.contact-points")
              + " did not answer within "
              + within.toSeconds()
              + " s",
          e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("cannot connect to Cassandra: " + cause.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while connecting to Cassandra", e);
    }
  }
}
