package tandem.persistence.cassandra;

import akka.actor.ActorSystem;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.alpakka.cassandra.CqlSessionProvider;
import akka.stream.alpakka.cassandra.DriverConfigLoaderFromConfig;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.typesafe.config.Config;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Gives every Akka plugin of a node the same connection to Cassandra. Named in the configuration as
 * {@code session-provider}; Akka makes one instance a plugin.
 */
public final class SharedSession implements CqlSessionProvider {
  private static final ExtensionId<Connection> ID =
      new ExtensionId<>() {
        @Override
        public Connection createExtension(akka.actor.typed.ActorSystem<?> system) {
          Connection connection = new Connection(system.settings().config());
          var unused = system.getWhenTerminated().thenRun(connection::close);
          return connection;
        }
      };

  private final Connection connection;

  /** The constructor Akka looks for. */
  public SharedSession(ClassicActorSystemProvider system, Config config) {
    this(system.classicSystem());
  }

  private SharedSession(ActorSystem system) {
    this.connection = connection(Adapter.toTyped(system));
  }

  @Override
  public Future<CqlSession> connect(ExecutionContext executor) {
    return FutureConverters.asScala(connection.session().thenApply(LentSession::new));
  }

  /** What is wrong with a node's connection, in one line; answers from memory. */
  static Optional<String> problem(akka.actor.typed.ActorSystem<?> system) {
    return connection(system).problem();
  }

  private static Connection connection(akka.actor.typed.ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** The one connection of an actor system, closed when the system has ended. */
  private static final class Connection implements Extension {
    private final Config config;
    private @Nullable CompletableFuture<CqlSession> session;

    Connection(Config config) {
      this.config = config;
    }

    synchronized CompletionStage<CqlSession> session() {
      CompletableFuture<CqlSession> current = session;
      if (current == null || current.isCompletedExceptionally()) {
        current =
            CqlSession.builder()
                .withConfigLoader(
                    DriverConfigLoaderFromConfig.fromConfig(
                        config.getConfig("datastax-java-driver")))
                .buildAsync()
                .toCompletableFuture();
        session = current;
      }
      return current;
    }

    synchronized void close() {
      if (session != null) {
        var unused = session.thenAccept(CqlSession::closeAsync);
      }
    }

    synchronized Optional<String> problem() {
      if (session == null || !session.isDone()) {
        return Optional.of("no connection to Cassandra yet");
      }
      if (session.isCompletedExceptionally()) {
        return Optional.of("the connection to Cassandra failed");
      }
      boolean up =
          session.join().getMetadata().getNodes().values().stream()
              .anyMatch(node -> node.getState() == NodeState.UP);
      return up ? Optional.empty() : Optional.of("no Cassandra node is up");
    }
  }
}
