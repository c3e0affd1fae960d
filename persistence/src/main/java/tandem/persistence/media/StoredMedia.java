package tandem.persistence.media;

import akka.Done;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamConverters;
import akka.util.ByteString;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** The library of files in a store and rows in Cassandra. */
final class StoredMedia implements MediaLibrary {
  private static final int PIECE = 64 * 1024;

  private final MediaStore store;
  private final MediaCatalogue catalogue;
  private final MediaTables tables;
  private final AudioTables audio;
  private final Executor waiting;
  private final Clock clock;
  private final Materializer materializer;

  /**
   * A library.
   *
   * @param waiting runs what waits for the store
   */
  StoredMedia(
      MediaStore store,
      MediaCatalogue catalogue,
      AudioTables audio,
      Executor waiting,
      Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.tables = catalogue.tables();
    this.audio = audio;
    this.waiting = waiting;
    this.clock = clock;
    this.materializer = catalogue.session().materializer();
  }

  MediaStore store() {
    return store;
  }

  MediaCatalogue catalogue() {
    return catalogue;
  }

  AudioTables audioTables() {
    return audio;
  }

  Executor waiting() {
    return waiting;
  }

  @Override
  public CompletionStage<List<MediaItem>> recordings(CallId call) {
    return tables
        .recordings(call.tenant(), Terms.id(call.channel()))
        .mapAsync(MediaTables.AT_ONCE, id -> recording(call.tenant(), id))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .runWith(Sink.seq(), materializer);
  }

  @Override
  public CompletionStage<Optional<MediaItem>> recording(TenantId tenant, String id) {
    return item(tenant, id, MediaItem.Kind.RECORDING);
  }

  private CompletionStage<Optional<MediaItem>> item(
      TenantId tenant, String id, MediaItem.Kind kind) {
    return tables
        .item(tenant, Terms.id(id))
        .thenApply(found -> found.filter(item -> item.kind() == kind));
  }

  @Override
  public CompletionStage<Optional<Terms>> terms(TenantId tenant, String id) {
    return catalogue
        .terms(Terms.id(id))
        .thenApply(found -> found.filter(terms -> terms.tenant().equals(tenant)));
  }

  @Override
  public CompletionStage<List<Box>> boxes(TenantId tenant) {
    return tables
        .boxes(tenant)
        .thenCompose(
            names ->
                Source.from(names)
                    .mapAsync(MediaTables.AT_ONCE, name -> counted(tenant, name))
                    .runWith(Sink.seq(), materializer));
  }

  private CompletionStage<Box> counted(TenantId tenant, String name) {
    return tables
        .entries(tenant, name, null)
        .runWith(
            Sink.fold(
                new Box(name, 0, 0),
                (box, entry) ->
                    new Box(name, box.messages() + 1, box.unheard() + (entry.heard() ? 0 : 1))),
            materializer);
  }

  @Override
  public CompletionStage<MessagePage> messages(
      TenantId tenant, String box, @Nullable String cursor, int limit) {
    MediaTables.Entry after = cursor == null ? null : MessageCursor.decode(cursor);
    return tables
        .entries(tenant, box, after)
        // One more tells whether there is another page.
        .take(limit + 1L)
        .runWith(Sink.seq(), materializer)
        .thenCompose(
            entries -> {
              List<MediaTables.Entry> here = entries.subList(0, Math.min(limit, entries.size()));
              String next =
                  entries.size() > limit ? MessageCursor.encode(here.get(limit - 1)) : null;
              return Source.from(here)
                  .mapAsync(MediaTables.AT_ONCE, entry -> message(tenant, entry))
                  .filter(Optional::isPresent)
                  .map(Optional::get)
                  .runWith(Sink.seq(), materializer)
                  .thenApply(messages -> new MessagePage(messages, next));
            });
  }

  private CompletionStage<Optional<Message>> message(TenantId tenant, MediaTables.Entry entry) {
    return item(tenant, entry.id(), MediaItem.Kind.MESSAGE)
        .thenApply(found -> found.map(item -> new Message(item, entry.heard())));
  }

  @Override
  public CompletionStage<Optional<Message>> message(TenantId tenant, String box, String id) {
    return item(tenant, id, MediaItem.Kind.MESSAGE)
        .thenApply(found -> found.filter(item -> box.equals(item.box())))
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : tables
                        .heard(found.get())
                        .thenApply(
                            heard -> heard.map(yesOrNo -> new Message(found.get(), yesOrNo))));
  }

  @Override
  public CompletionStage<Boolean> mark(MediaItem message, boolean heard) {
    return tables.mark(message, heard);
  }

  @Override
  public CompletionStage<Done> delete(MediaItem item) {
    return remove(item.place()).thenCompose(done -> tables.delete(item));
  }

  private CompletionStage<Done> remove(String place) {
    return Stages.on(
        waiting,
        () -> {
          store.delete(place);
          return Done.getInstance();
        });
  }

  @Override
  public CompletionStage<List<AudioFile>> audio(TenantId tenant) {
    return audio.all(tenant);
  }

  @Override
  public CompletionStage<List<AudioFile>> audio(TenantId tenant, String name) {
    return audio.of(tenant, name);
  }

  @Override
  public CompletionStage<AudioFile> add(TenantId tenant, String name, Path file, String author) {
    return Stages.on(waiting, () -> Playable.read(file))
        .thenCompose(
            header ->
                audio
                    .next(tenant, name)
                    .thenCompose(version -> put(tenant, name, version, file, header, author)))
        .thenCompose(added -> audio.write(added).thenApply(done -> added));
  }

  private CompletionStage<AudioFile> put(
      TenantId tenant, String name, int version, Path file, Wav header, String author) {
    String place = Places.audio(tenant, name, version);
    return Stages.on(waiting, () -> store.put(place, file))
        .thenApply(
            stored ->
                new AudioFile(
                    tenant,
                    name,
                    version,
                    stored.size(),
                    stored.checksum(),
                    header.length(),
                    header.rate(),
                    author,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    place));
  }

  @Override
  public CompletionStage<Done> delete(AudioFile file) {
    // The row first: switches fetch what has a row.
    return audio.delete(file).thenCompose(done -> remove(file.place()));
  }

  @Override
  public CompletionStage<Boolean> exists(String place) {
    return Stages.on(waiting, () -> store.exists(place));
  }

  @Override
  public Source<ByteString, ?> bytes(String place, long from, long length) {
    return StreamConverters.fromInputStream(() -> store.open(place, from, length), PIECE);
  }
}
