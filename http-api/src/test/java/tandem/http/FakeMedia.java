package tandem.http;

import akka.Done;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamConverters;
import akka.util.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tandem.persistence.media.AudioFile;
import tandem.persistence.media.MediaItem;
import tandem.persistence.media.MediaLibrary;
import tandem.persistence.media.Message;
import tandem.persistence.media.Playable;
import tandem.persistence.media.Terms;
import tandem.persistence.media.Wav;
import tandem.router.domain.CallId;
import tandem.router.domain.TenantId;

/** A library in memory; its cursor is the place in the list. */
final class FakeMedia implements MediaLibrary {
  final List<MediaItem> items = new CopyOnWriteArrayList<>();
  final List<AudioFile> files = new CopyOnWriteArrayList<>();
  final List<Terms> said = new CopyOnWriteArrayList<>();
  final Map<String, Boolean> heard = new ConcurrentHashMap<>();
  final Map<String, byte[]> store = new ConcurrentHashMap<>();

  /** Uploads as they were on the disk. */
  final List<Path> uploads = new CopyOnWriteArrayList<>();

  private final AtomicInteger versions = new AtomicInteger();
  private volatile boolean down;

  void down(boolean now) {
    down = now;
  }

  void clear() {
    items.clear();
    files.clear();
    said.clear();
    heard.clear();
    uploads.clear();
    store.clear();
    versions.set(0);
    down = false;
  }

  void close() {
    clear();
  }

  void add(MediaItem item, byte[] bytes) {
    items.add(item);
    store.put(item.place(), bytes);
  }

  @Override
  public CompletionStage<List<MediaItem>> recordings(CallId call) {
    return answer(
        items.stream()
            .filter(item -> item.kind() == MediaItem.Kind.RECORDING)
            .filter(item -> item.tenant().equals(call.tenant()))
            .filter(item -> call.channel().equals(item.call()))
            .toList());
  }

  @Override
  public CompletionStage<Optional<MediaItem>> recording(TenantId tenant, String id) {
    return answer(find(MediaItem.Kind.RECORDING, tenant, id));
  }

  private Optional<MediaItem> find(MediaItem.Kind kind, TenantId tenant, String id) {
    return items.stream()
        .filter(item -> item.kind() == kind)
        .filter(item -> item.tenant().equals(tenant) && item.id().equals(id))
        .findFirst();
  }

  @Override
  public CompletionStage<Optional<Terms>> terms(TenantId tenant, String id) {
    return answer(
        said.stream().filter(t -> t.tenant().equals(tenant) && t.id().equals(id)).findFirst());
  }

  private List<Message> messages(TenantId tenant, String box) {
    return items.stream()
        .filter(item -> item.kind() == MediaItem.Kind.MESSAGE)
        .filter(item -> item.tenant().equals(tenant) && box.equals(item.box()))
        .sorted(Comparator.comparing(MediaItem::createdAt).reversed())
        .map(item -> new Message(item, heard.getOrDefault(item.id(), false)))
        .toList();
  }

  @Override
  public CompletionStage<List<Box>> boxes(TenantId tenant) {
    return answer(
        items.stream()
            .filter(item -> item.kind() == MediaItem.Kind.MESSAGE)
            .filter(item -> item.tenant().equals(tenant))
            .map(MediaItem::box)
            .distinct()
            .sorted()
            .map(
                box ->
                    new Box(
                        box,
                        messages(tenant, box).size(),
                        (int) messages(tenant, box).stream().filter(m -> !m.heard()).count()))
            .toList());
  }

  @Override
  public CompletionStage<MessagePage> messages(
      TenantId tenant, String box, String cursor, int limit) {
    int from;
    try {
      from = cursor == null ? 0 : Integer.parseInt(cursor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("cursor: is not a cursor of this list", e);
    }
    List<Message> all = messages(tenant, box);
    int to = Math.min(all.size(), from + limit);
    return answer(
        new MessagePage(all.subList(from, to), to < all.size() ? Integer.toString(to) : null));
  }

  @Override
  public CompletionStage<Optional<Message>> message(TenantId tenant, String box, String id) {
    return answer(messages(tenant, box).stream().filter(m -> m.item().id().equals(id)).findFirst());
  }

  @Override
  public CompletionStage<Boolean> mark(MediaItem message, boolean now) {
    heard.put(message.id(), now);
    return answer(items.contains(message));
  }

  @Override
  public CompletionStage<Done> delete(MediaItem item) {
    items.remove(item);
    store.remove(item.place());
    return answer(Done.getInstance());
  }

  @Override
  public CompletionStage<List<AudioFile>> audio(TenantId tenant) {
    return answer(
        files.stream()
            .filter(file -> file.tenant().equals(tenant))
            .sorted(
                Comparator.comparing(AudioFile::name)
                    .thenComparing(AudioFile::version, Comparator.reverseOrder()))
            .toList());
  }

  @Override
  public CompletionStage<List<AudioFile>> audio(TenantId tenant, String name) {
    return audio(tenant)
        .thenApply(all -> all.stream().filter(file -> file.name().equals(name)).toList());
  }

  @Override
  public CompletionStage<AudioFile> add(TenantId tenant, String name, Path file, String author) {
    uploads.add(file);
    return answer(file)
        .thenApply(
            path -> {
              try {
                Wav header = Playable.read(path);
                byte[] bytes = Files.readAllBytes(path);
                int version = versions.incrementAndGet();
                String place = "audio/" + tenant + '/' + name + '/' + version + ".wav";
                store.put(place, bytes);
                AudioFile added =
                    new AudioFile(
                        tenant,
                        name,
                        version,
                        bytes.length,
                        HexFormat.of().formatHex(new byte[32]),
                        header.length(),
                        header.rate(),
                        author,
                        Instant.parse("2026-11-20T09:00:00Z"),
                        place);
                files.add(added);
                return added;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public CompletionStage<Done> delete(AudioFile file) {
    files.remove(file);
    store.remove(file.place());
    return answer(Done.getInstance());
  }

  @Override
  public CompletionStage<Boolean> exists(String place) {
    return answer(store.containsKey(place));
  }

  @Override
  public Source<ByteString, ?> bytes(String place, long from, long length) {
    return StreamConverters.fromInputStream(
        () -> new ByteArrayInputStream(store.get(place), (int) from, (int) length));
  }

  private <T> CompletionStage<T> answer(T value) {
    return down
        ? CompletableFuture.failedFuture(new IllegalStateException("no node was available"))
        : CompletableFuture.completedFuture(value);
  }

  /** Uploads that are still on the disk. */
  List<Path> leftOver() {
    List<Path> left = new ArrayList<>(uploads);
    left.removeIf(Files::notExists);
    return left;
  }
}
