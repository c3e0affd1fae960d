package tandem.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metrics.Metrics;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection that its user may close without ending it: others use it, too. The closing of the
 * whole is up to its owner.
 */
final class LentSession implements CqlSession {
  private final CqlSession owned;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  LentSession(CqlSession owned) {
    this.owned = owned;
  }

  @Override
  public CompletionStage<Void> closeFuture() {
    return closed;
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    closed.complete(null);
    return closed;
  }

  @Override
  public CompletionStage<Void> forceCloseAsync() {
    return closeAsync();
  }

  @Override
  public <RequestT extends Request, ResultT> @Nullable ResultT execute(
      RequestT request, GenericType<ResultT> resultType) {
    return owned.execute(request, resultType);
  }

  @Override
  public String getName() {
    return owned.getName();
  }

  @Override
  public Metadata getMetadata() {
    return owned.getMetadata();
  }

  @Override
  public boolean isSchemaMetadataEnabled() {
    return owned.isSchemaMetadataEnabled();
  }

  @Override
  public CompletionStage<Metadata> setSchemaMetadataEnabled(@Nullable Boolean newValue) {
    return owned.setSchemaMetadataEnabled(newValue);
  }

  @Override
  public CompletionStage<Metadata> refreshSchemaAsync() {
    return owned.refreshSchemaAsync();
  }

  @Override
  public CompletionStage<Boolean> checkSchemaAgreementAsync() {
    return owned.checkSchemaAgreementAsync();
  }

  @Override
  public DriverContext getContext() {
    return owned.getContext();
  }

  @Override
  public Optional<CqlIdentifier> getKeyspace() {
    return owned.getKeyspace();
  }

  @Override
  public Optional<Metrics> getMetrics() {
    return owned.getMetrics();
  }
}
