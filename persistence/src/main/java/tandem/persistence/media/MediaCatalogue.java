package tandem.persistence.media;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.persistence.readmodel.RecordSession;
import tandem.router.domain.TenantId;

/**
 * Which recordings and messages there are. A file and what its call says of it come in any order,
 * and from different nodes: each writes its own, then reads the other's, so one of the two sees
 * both.
 */
public final class MediaCatalogue {
  private static final Logger log = LoggerFactory.getLogger(MediaCatalogue.class);

  private final MediaTables tables;
  private final RecordSession session;

  private MediaCatalogue(RecordSession session) {
    this.session = session;
    this.tables = new MediaTables(session);
  }

  /** The catalogue in this node's Cassandra. */
  public static MediaCatalogue of(ActorSystem<?> system) {
    return new MediaCatalogue(RecordSession.of(system));
  }

  MediaTables tables() {
    return tables;
  }

  RecordSession session() {
    return session;
  }

  /**
   * A file is stored. Said again, with another checksum even, it stays the one item that it is.
   *
   * @param item kept as long as the settings say; its call may have said otherwise
   * @return the item as it is now
   */
  CompletionStage<MediaItem> stored(MediaItem item) {
    return tables
        .item(item.tenant(), item.id())
        .thenApply(before -> before.map(known -> asBefore(item, known)).orElse(item))
        .thenCompose(
            now ->
                tables
                    .write(now)
                    .thenCompose(done -> tables.terms(now.id()))
                    .thenCompose(terms -> applied(terms, now)));
  }

  private CompletionStage<MediaItem> applied(Optional<Terms> terms, MediaItem item) {
    if (terms.isEmpty() || !terms.get().tenant().equals(item.tenant())) {
      return CompletableFuture.completedStage(item);
    }
    return tables
        .apply(terms.get(), item)
        .thenCompose(done -> tables.item(item.tenant(), item.id()))
        .thenApply(found -> found.orElse(item));
  }

  /**
   * The same file once more: where it stands in lists, and how long it is kept, does not change.
   */
  private static MediaItem asBefore(MediaItem item, MediaItem known) {
    return new MediaItem(
        item.tenant(),
        item.id(),
        item.kind(),
        known.call() == null ? item.call() : known.call(),
        known.box() == null ? item.box() : known.box(),
        item.size(),
        item.checksum(),
        item.length(),
        known.createdAt(),
        known.keepUntil(),
        item.place());
  }

  /**
   * How long a recording or a message is kept, and which call it is of; may come before the file is
   * stored. Said again it changes nothing.
   */
  public CompletionStage<Done> keep(Terms terms) {
    return tables
        .write(terms)
        .thenCompose(done -> tables.item(terms.tenant(), terms.id()))
        .thenCompose(item -> item.isPresent() ? tables.apply(terms, item.get()) : Stages.done());
  }

  /** As {@link #keep}, one after the other. */
  public CompletionStage<Done> keepAll(List<Terms> all) {
    CompletionStage<Done> done = Stages.done();
    for (Terms each : all) {
      done = done.thenCompose(before -> keep(each));
    }
    return done;
  }

  /** Whether it was stored and has been removed since: a file that is left over is not wanted. */
  CompletionStage<Boolean> isGone(String id) {
    return tables.isGone(id);
  }

  /** What a call said of a recording or a message; empty while it has said nothing. */
  CompletionStage<Optional<Terms>> terms(String id) {
    return tables.terms(id);
  }

  CompletionStage<Optional<MediaItem>> item(TenantId tenant, String id) {
    return tables.item(tenant, id);
  }

  CompletionStage<Done> delete(MediaItem item) {
    return tables.delete(item);
  }

  /**
   * Gives everything whose time is over to somebody who removes it, and forgets the days that are
   * done. What cannot be removed stays for the next time.
   *
   * @param remove deletes file and rows
   * @return how many were removed
   */
  CompletionStage<Integer> expire(
      Instant now, Function<MediaItem, CompletionStage<Boolean>> remove) {
    return tables
        .days(MediaTables.day(now))
        .thenCompose(
            days ->
                Source.from(days)
                    .flatMapConcat(
                        day ->
                            tables
                                .expiries(day)
                                .mapAsync(MediaTables.AT_ONCE, expiry -> look(expiry, now, remove))
                                .fold(new Day(0, 0), Day::and)
                                .mapAsync(1, seen -> over(day, now, seen)))
                    .runWith(Sink.fold(0, Integer::sum), session.materializer()));
  }

  /** What came of an entry: removed, or to be looked at again. */
  private record Looked(boolean removed, boolean stays) {}

  private record Day(int removed, int stay) {
    Day and(Looked one) {
      return new Day(removed + (one.removed() ? 1 : 0), stay + (one.stays() ? 1 : 0));
    }
  }

  private CompletionStage<Looked> look(
      MediaTables.Expiry expiry,
      Instant now,
      Function<MediaItem, CompletionStage<Boolean>> remove) {
    return lookAt(expiry, now, remove)
        .exceptionally(
            failure -> {
              // One that cannot be read must not keep the others for ever.
              log.error("{} of {} cannot be looked at", expiry.id(), expiry.tenant(), failure);
              return new Looked(false, true);
            });
  }

  private CompletionStage<Looked> lookAt(
      MediaTables.Expiry expiry,
      Instant now,
      Function<MediaItem, CompletionStage<Boolean>> remove) {
    return tables
        .item(expiry.tenant(), expiry.id())
        .thenCompose(
            found -> {
              if (found.isPresent() && !found.get().keepUntil().isAfter(now)) {
                return remove
                    .apply(found.get())
                    .thenCompose(
                        removed ->
                            removed
                                ? drop(expiry).thenApply(looked -> new Looked(true, false))
                                : CompletableFuture.completedStage(new Looked(false, true)));
              }
              boolean today =
                  found.isPresent()
                      && MediaTables.day(found.get().keepUntil()).equals(expiry.day());
              // Gone already, or kept until another day, which has an entry of its own.
              return today
                  ? CompletableFuture.completedStage(new Looked(false, true))
                  : drop(expiry);
            });
  }

  private CompletionStage<Looked> drop(MediaTables.Expiry expiry) {
    return tables.delete(expiry).thenApply(done -> new Looked(false, false));
  }

  private CompletionStage<Integer> over(LocalDate day, Instant now, Day seen) {
    // Two days late: nothing is noted for a day that is over, but clocks differ.
    boolean forget = seen.stay() == 0 && day.isBefore(MediaTables.day(now).minusDays(1));
    return (forget ? tables.delete(day) : Stages.done()).thenApply(done -> seen.removed());
  }
}
