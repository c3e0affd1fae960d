package tandem.persistence.media;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tandem.persistence.readmodel.RecordSession;
import tandem.router.domain.TenantId;

/** The tables of audio files. Single owner of their statements, and of the versions' numbers. */
final class AudioTables {
  /** A key of tables that have one partition. */
  private static final int ONE = 0;

  private final RecordSession session;

  AudioTables(RecordSession session) {
    this.session = session;
  }

  /** A number for a new version: nobody else gets it, and it is not used if the upload fails. */
  CompletionStage<Integer> next(TenantId tenant, String name) {
    return first(
            session
                .select(
                    "SELECT latest FROM %s.audio_numbers WHERE tenant = ? AND name = ?",
                    List.of(tenant.value(), name))
                .map(row -> row.getInt("latest")))
        .thenCompose(
            latest -> {
              int next = latest.orElse(0) + 1;
              Source<Row, NotUsed> claim =
                  latest.isEmpty()
                      ? session.select(
                          "INSERT INTO %s.audio_numbers (tenant, name, latest) VALUES (?, ?, ?)"
                              + " IF NOT EXISTS",
                          List.of(tenant.value(), name, next))
                      : session.select(
                          "UPDATE %s.audio_numbers SET latest = ? WHERE tenant = ? AND name = ?"
                              + " IF latest = ?",
                          List.of(next, tenant.value(), name, latest.get()));
              return first(claim.map(row -> row.getBoolean("[applied]")))
                  .thenCompose(
                      won ->
                          won.orElse(false)
                              ? CompletableFuture.completedStage(next)
                              : next(tenant, name));
            });
  }

  CompletionStage<Done> write(AudioFile file) {
    return session
        .write(
            "INSERT INTO %s.audio_tenants (one, tenant) VALUES (?, ?)", ONE, file.tenant().value())
        .thenCompose(
            done ->
                session.write(
                    "INSERT INTO %s.audio_files (tenant, name, version, size, checksum, length_ms,"
                        + " rate, author, created_at, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    file.tenant().value(),
                    file.name(),
                    file.version(),
                    file.size(),
                    file.checksum(),
                    file.length().toMillis(),
                    file.rate(),
                    file.author(),
                    file.createdAt(),
                    file.place()));
  }

  /** All versions of a tenant, by name, the newest of each first. */
  CompletionStage<List<AudioFile>> all(TenantId tenant) {
    return session
        .select("SELECT * FROM %s.audio_files WHERE tenant = ?", List.of(tenant.value()))
        .map(AudioTables::file)
        .runWith(Sink.seq(), session.materializer());
  }

  /** All versions of a file, the newest first. */
  CompletionStage<List<AudioFile>> of(TenantId tenant, String name) {
    return session
        .select(
            "SELECT * FROM %s.audio_files WHERE tenant = ? AND name = ?",
            List.of(tenant.value(), name))
        .map(AudioTables::file)
        .runWith(Sink.seq(), session.materializer());
  }

  CompletionStage<Done> delete(AudioFile file) {
    return session.write(
        "DELETE FROM %s.audio_files WHERE tenant = ? AND name = ? AND version = ?",
        file.tenant().value(), file.name(), file.version());
  }

  /** The tenants that have, or had, audio files. */
  CompletionStage<List<TenantId>> tenants() {
    return session
        .select("SELECT tenant FROM %s.audio_tenants WHERE one = ?", List.of(ONE))
        .map(row -> new TenantId(Objects.requireNonNull(row.getString("tenant"))))
        .runWith(Sink.seq(), session.materializer());
  }

  private <T> CompletionStage<Optional<T>> first(Source<T, NotUsed> rows) {
    return rows.runWith(Sink.headOption(), session.materializer());
  }

  private static AudioFile file(Row row) {
    return new AudioFile(
        new TenantId(text(row, "tenant")),
        text(row, "name"),
        row.getInt("version"),
        row.getLong("size"),
        text(row, "checksum"),
        Duration.ofMillis(row.getLong("length_ms")),
        row.getInt("rate"),
        text(row, "author"),
        Objects.requireNonNull(row.getInstant("created_at")),
        text(row, "place"));
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }
}
