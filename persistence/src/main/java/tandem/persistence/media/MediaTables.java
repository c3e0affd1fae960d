package tandem.persistence.media;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tandem.persistence.readmodel.RecordSession;
import tandem.router.domain.TenantId;

/**
 * The tables of recordings and messages. Single owner of their statements; each may be repeated.
 */
final class MediaTables {
  /** Rows that are read or written side by side (count). */
  static final int AT_ONCE = 8;

  /** A key of tables that have one partition. */
  private static final int ONE = 0;

  /** What is to be looked at on a day. */
  record Expiry(LocalDate day, TenantId tenant, String id) {}

  /** A row of a box. */
  record Entry(Instant createdAt, String id, boolean heard) {}

  private final RecordSession session;

  MediaTables(RecordSession session) {
    this.session = session;
  }

  CompletionStage<Optional<MediaItem>> item(TenantId tenant, String id) {
    return first(
        session
            .select(
                "SELECT * FROM %s.media WHERE tenant = ? AND id = ?", List.of(tenant.value(), id))
            // A change that met a removal may leave a row of what it changed, and nothing else.
            .filter(row -> row.getString("kind") != null)
            .map(MediaTables::item));
  }

  /** Writes all rows of an item; the one others lead to comes last. */
  CompletionStage<Done> write(MediaItem item) {
    return writeExpiry(item)
        .thenCompose(done -> writeIndex(item))
        .thenCompose(
            done -> {
              boolean recording = item.kind() == MediaItem.Kind.RECORDING;
              // What is not known stays unset: a null would be stored as a tombstone.
              return session.write(
                  "INSERT INTO %s.media (tenant, id, kind, "
                      + (recording ? "call" : "box")
                      + ", size, checksum, length_ms, media_type, created_at, keep_until, place)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  item.tenant().value(),
                  item.id(),
                  item.kind().word(),
                  require(recording ? item.call() : item.box(), recording ? "call" : "box"),
                  item.size(),
                  item.checksum(),
                  item.length().toMillis(),
                  MediaItem.MEDIA_TYPE,
                  item.createdAt(),
                  item.keepUntil(),
                  item.place());
            });
  }

  private CompletionStage<Done> writeIndex(MediaItem item) {
    if (item.kind() == MediaItem.Kind.RECORDING) {
      return session.write(
          "INSERT INTO %s.recordings_by_call (tenant, call, created_at, id) VALUES (?, ?, ?, ?)",
          item.tenant().value(), require(item.call(), "call"), item.createdAt(), item.id());
    }
    String box = require(item.box(), "box");
    return session
        .write(
            "INSERT INTO %s.message_boxes (tenant, box) VALUES (?, ?)", item.tenant().value(), box)
        .thenCompose(
            done ->
                session.write(
                    "INSERT INTO %s.messages_by_box (tenant, box, created_at, id)"
                        + " VALUES (?, ?, ?, ?)",
                    item.tenant().value(), box, item.createdAt(), item.id()));
  }

  private CompletionStage<Done> writeExpiry(MediaItem item) {
    LocalDate day = day(item.keepUntil());
    return session
        .write("INSERT INTO %s.media_expiry_days (one, day) VALUES (?, ?)", ONE, day)
        .thenCompose(
            done ->
                session.write(
                    "INSERT INTO %s.media_expiry (day, tenant, id) VALUES (?, ?, ?)",
                    day, item.tenant().value(), item.id()));
  }

  /** Notes what a call says; whether the file is gone is not the call's to say. */
  CompletionStage<Done> write(Terms terms) {
    boolean recording = terms.kind() == MediaItem.Kind.RECORDING;
    String head = "INSERT INTO %s.media_terms (id, tenant, kind, call, keep_until";
    return recording
        ? session.write(
            head + ") VALUES (?, ?, ?, ?, ?)",
            terms.id(),
            terms.tenant().value(),
            terms.kind().word(),
            terms.call(),
            terms.keepUntil())
        : session.write(
            head + ", box) VALUES (?, ?, ?, ?, ?, ?)",
            terms.id(),
            terms.tenant().value(),
            terms.kind().word(),
            terms.call(),
            terms.keepUntil(),
            require(terms.box(), "box"));
  }

  CompletionStage<Optional<Terms>> terms(String id) {
    return first(
            session
                .select("SELECT * FROM %s.media_terms WHERE id = ?", List.of(id))
                .map(MediaTables::terms))
        .thenApply(found -> found.flatMap(terms -> terms));
  }

  /** Whether it was stored and has been removed since. */
  CompletionStage<Boolean> isGone(String id) {
    return first(
            session
                .select("SELECT gone FROM %s.media_terms WHERE id = ?", List.of(id))
                .map(row -> row.getBoolean("gone")))
        .thenApply(found -> found.orElse(false));
  }

  /** Changes an item that is there to what its call says. */
  CompletionStage<Done> apply(Terms terms, MediaItem item) {
    if (terms.keepUntil().equals(item.keepUntil()) && terms.call().equals(item.call())) {
      return Stages.done();
    }
    MediaItem changed =
        new MediaItem(
            item.tenant(),
            item.id(),
            item.kind(),
            terms.call(),
            item.box(),
            item.size(),
            item.checksum(),
            item.length(),
            item.createdAt(),
            terms.keepUntil(),
            item.place());
    // Only what is there: an item that is just being removed must not come back as half a row.
    return writeExpiry(changed)
        .thenCompose(
            done ->
                applied(
                    "UPDATE %s.media SET keep_until = ?, call = ? WHERE tenant = ? AND id = ?"
                        + " IF EXISTS",
                    changed.keepUntil(), terms.call(), item.tenant().value(), item.id()))
        .thenApply(there -> Done.getInstance());
  }

  /** Ids of a call's recordings, in the order they began. */
  Source<String, NotUsed> recordings(TenantId tenant, String call) {
    return session
        .select(
            "SELECT id FROM %s.recordings_by_call WHERE tenant = ? AND call = ?",
            List.of(tenant.value(), call))
        .map(row -> text(row, "id"));
  }

  CompletionStage<List<String>> boxes(TenantId tenant) {
    return session
        .select("SELECT box FROM %s.message_boxes WHERE tenant = ?", List.of(tenant.value()))
        .map(row -> text(row, "box"))
        .runWith(Sink.seq(), session.materializer());
  }

  /**
   * The messages of a box, the newest first.
   *
   * @param after only those that come behind it; null for all
   */
  Source<Entry, NotUsed> entries(TenantId tenant, String box, @Nullable Entry after) {
    String head =
        "SELECT created_at, id, heard FROM %s.messages_by_box WHERE tenant = ? AND box = ?";
    Source<Row, NotUsed> rows =
        after == null
            ? session.select(head, List.of(tenant.value(), box))
            : session.select(
                head + " AND (created_at, id) < (?, ?)",
                List.of(tenant.value(), box, after.createdAt(), after.id()));
    return rows.map(MediaTables::entry);
  }

  /** Whether a message was heard; empty when it is not in its box. */
  CompletionStage<Optional<Boolean>> heard(MediaItem message) {
    return first(
        session
            .select(
                "SELECT created_at, id, heard FROM %s.messages_by_box"
                    + " WHERE tenant = ? AND box = ? AND created_at = ? AND id = ?",
                List.of(
                    message.tenant().value(),
                    require(message.box(), "box"),
                    message.createdAt(),
                    message.id()))
            .map(row -> entry(row).heard()));
  }

  /** Notes whether a message was heard; false when it is not there any more. */
  CompletionStage<Boolean> mark(MediaItem message, boolean heard) {
    return applied(
        "UPDATE %s.messages_by_box SET heard = ?"
            + " WHERE tenant = ? AND box = ? AND created_at = ? AND id = ? IF EXISTS",
        heard,
        message.tenant().value(),
        require(message.box(), "box"),
        message.createdAt(),
        message.id());
  }

  /** Deletes all rows of an item; what its call said of it says that it is gone. */
  CompletionStage<Done> delete(MediaItem item) {
    String tenant = item.tenant().value();
    CompletionStage<Done> index =
        item.kind() == MediaItem.Kind.RECORDING
            ? session.write(
                "DELETE FROM %s.recordings_by_call"
                    + " WHERE tenant = ? AND call = ? AND created_at = ? AND id = ?",
                tenant, require(item.call(), "call"), item.createdAt(), item.id())
            : session.write(
                "DELETE FROM %s.messages_by_box"
                    + " WHERE tenant = ? AND box = ? AND created_at = ? AND id = ?",
                tenant, require(item.box(), "box"), item.createdAt(), item.id());
    return index
        .thenCompose(
            done ->
                session.write(
                    "UPDATE %s.media_terms SET gone = true, tenant = ? WHERE id = ?",
                    tenant, item.id()))
        .thenCompose(
            done ->
                session.write(
                    "DELETE FROM %s.media WHERE tenant = ? AND id = ?", tenant, item.id()))
        .thenCompose(done -> delete(new Expiry(day(item.keepUntil()), item.tenant(), item.id())));
  }

  /** The days on which something may be to be removed, up to one, the oldest first. */
  CompletionStage<List<LocalDate>> days(LocalDate to) {
    return session
        .select("SELECT day FROM %s.media_expiry_days WHERE one = ? AND day <= ?", List.of(ONE, to))
        .map(row -> require(row.getLocalDate("day"), "day"))
        .runWith(Sink.seq(), session.materializer());
  }

  Source<Expiry, NotUsed> expiries(LocalDate day) {
    return session
        .select("SELECT tenant, id FROM %s.media_expiry WHERE day = ?", List.of(day))
        .map(row -> new Expiry(day, new TenantId(text(row, "tenant")), text(row, "id")));
  }

  CompletionStage<Done> delete(Expiry expiry) {
    return session.write(
        "DELETE FROM %s.media_expiry WHERE day = ? AND tenant = ? AND id = ?",
        expiry.day(), expiry.tenant().value(), expiry.id());
  }

  /** Forgets a day that has nothing left. */
  CompletionStage<Done> delete(LocalDate day) {
    return session.write("DELETE FROM %s.media_expiry_days WHERE one = ? AND day = ?", ONE, day);
  }

  private CompletionStage<Boolean> applied(String cql, Object... values) {
    return first(session.select(cql, List.of(values)).map(row -> row.getBoolean("[applied]")))
        .thenApply(found -> found.orElse(false));
  }

  private <T> CompletionStage<Optional<T>> first(Source<T, NotUsed> rows) {
    return rows.runWith(Sink.headOption(), session.materializer());
  }

  static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static MediaItem item(Row row) {
    return new MediaItem(
        new TenantId(text(row, "tenant")),
        text(row, "id"),
        MediaItem.Kind.of(text(row, "kind")),
        row.getString("call"),
        row.getString("box"),
        row.getLong("size"),
        text(row, "checksum"),
        Duration.ofMillis(row.getLong("length_ms")),
        require(row.getInstant("created_at"), "created_at"),
        require(row.getInstant("keep_until"), "keep_until"),
        text(row, "place"));
  }

  /** Empty when only its removal is known: then no call has said anything. */
  private static Optional<Terms> terms(Row row) {
    Instant keepUntil = row.getInstant("keep_until");
    return keepUntil == null
        ? Optional.empty()
        : Optional.of(
            new Terms(
                new TenantId(text(row, "tenant")),
                text(row, "id"),
                MediaItem.Kind.of(text(row, "kind")),
                text(row, "call"),
                row.getString("box"),
                keepUntil,
                row.getBoolean("gone")));
  }

  private static Entry entry(Row row) {
    return new Entry(
        require(row.getInstant("created_at"), "created_at"),
        text(row, "id"),
        row.getBoolean("heard"));
  }

  private static String text(Row row, String column) {
    return require(row.getString(column), column);
  }

  private static <T> T require(@Nullable T value, String column) {
    if (value == null) {
      throw new IllegalStateException("a recording or message has no " + column);
    }
    return value;
  }
}
