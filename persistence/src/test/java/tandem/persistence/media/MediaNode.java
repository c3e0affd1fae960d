package tandem.persistence.media;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tandem.cluster.TandemNode;
import tandem.persistence.cassandra.PersistenceModule;
import tandem.persistence.cassandra.TestKeyspaces;

/** A node with the real Cassandra, a store in a folder, and the keeper. */
final class MediaNode implements AutoCloseable {
  final StoredMedia media;
  private final TandemNode node;

  MediaNode(Path dir, Config more) {
    Config folders =
        ConfigFactory.parseMap(
            Map.of(
                "tandem.media.local.directory", dir.resolve("media").toString(),
                "tandem.media.spool", dir.resolve("spool").toString(),
                "tandem.media.sounds", dir.resolve("sounds").toString(),
                "tandem.media.scan-every", "100ms",
                "tandem.media.settled-after", "300ms",
                "tandem.media.abandoned-after", "1200ms",
                "tandem.media.sweep-every", "1h"));
    node =
        TandemNode.start(
            more.withFallback(folders).withFallback(TestKeyspaces.fresh()),
            List.of(new PersistenceModule(), new MediaModule()),
            message -> {
              throw new IllegalStateException("halted: " + message);
            });
    media = NodeMedia.of(system()).library();
  }

  ActorSystem<?> system() {
    return node.system();
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    node.stop().toCompletableFuture().get(40, TimeUnit.SECONDS);
  }
}
