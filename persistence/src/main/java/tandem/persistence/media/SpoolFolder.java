package tandem.persistence.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The folder into which the switch records. A file leaves it when it is in the store and in the
 * catalogue, and never otherwise; each step may be done again, here or by another node that shares
 * the folder.
 */
final class SpoolFolder {
  /** Files of one look (count): the rest is seen when these are gone. */
  private static final int MOST = 10_000;

  /** What came of a file. */
  enum Outcome {
    /** It is stored, and gone from the folder. */
    STORED,
    /** Somebody else has taken it. */
    GONE,
    /** It may still be written, or was just now. */
    NOT_YET
  }

  private final Path folder;
  private final MediaStore store;
  private final MediaCatalogue catalogue;
  private final Executor waiting;
  private final Duration abandonedAfter;
  private final Duration keep;

  SpoolFolder(Path folder, MediaSettings settings, StoredMedia media) {
    this.folder = folder;
    this.store = media.store();
    this.catalogue = media.catalogue();
    this.waiting = media.waiting();
    this.abandonedAfter = settings.abandonedAfter();
    this.keep = settings.keep();
  }

  /** What is in the folder; folders in it, links and hidden files are no business of ours. */
  CompletionStage<List<Spool.Found>> look() {
    return Stages.on(
        waiting,
        () -> {
          List<Spool.Found> found = new ArrayList<>();
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
              String name = String.valueOf(file.getFileName());
              if (found.size() == MOST) {
                break;
              } else if (!name.startsWith(".")) {
                seen(name).ifPresent(found::add);
              }
            }
          } catch (DirectoryIteratorException e) {
            throw e.getCause();
          }
          return found;
        });
  }

  private Optional<Spool.Found> seen(String name) throws IOException {
    try {
      BasicFileAttributes file =
          Files.readAttributes(
              folder.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.isRegularFile()
          ? Optional.of(new Spool.Found(name, file.size(), file.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Stores a settled file. */
  CompletionStage<Outcome> take(Spool.Due due) {
    return Stages.on(waiting, () -> closed(due))
        .thenCompose(
            header ->
                header.isEmpty()
                    ? CompletableFuture.completedStage(Outcome.NOT_YET)
                    : owner(due.name()).thenCompose(owner -> store(due, header.get(), owner)))
        .handle(
            (outcome, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(outcome)
                    : unlessGone(due, failure))
        .thenCompose(outcome -> outcome);
  }

  /** A file that another node has taken meanwhile is no failure. */
  private CompletionStage<Outcome> unlessGone(Spool.Due due, Throwable failure) {
    return Stages.cause(failure) instanceof NoSuchFileException
            && Files.notExists(folder.resolve(due.file().name()), LinkOption.NOFOLLOW_LINKS)
        ? CompletableFuture.completedStage(Outcome.GONE)
        : CompletableFuture.failedStage(failure);
  }

  /**
   * The header of a file that nobody writes any more. A switch puts the lengths into a header when
   * it closes the file: without them the file may only pause, and is waited for longer.
   */
  private Optional<Wav> closed(Spool.Due due) throws IOException {
    Path file = folder.resolve(due.file().name());
    boolean abandoned = due.still().compareTo(abandonedAfter) >= 0;
    try {
      Wav header = Wav.read(file);
      if (header.closed()) {
        return Optional.of(header);
      }
      return abandoned ? Optional.of(Wav.close(file)) : Optional.empty();
    } catch (NotWavException e) {
      if (abandoned) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whose file it is; what its name leaves open only the call can say. */
  private CompletionStage<SpoolName.Owner> owner(SpoolName name) {
    if (name.owners().size() == 1) {
      return CompletableFuture.completedStage(name.owners().get(0));
    }
    return catalogue
        .terms(name.id())
        .thenApply(
            terms ->
                terms
                    .flatMap(
                        said ->
                            name.owners().stream()
                                .filter(
                                    owner ->
                                        owner.tenant().equals(said.tenant())
                                            && String.valueOf(owner.box()).equals(said.box()))
                                .findFirst())
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "whose it is cannot be told from its name; its call has not said"
                                    + " so yet")));
  }

  private CompletionStage<Outcome> store(Spool.Due due, Wav header, SpoolName.Owner owner) {
    return catalogue
        .item(owner.tenant(), due.name().id())
        .thenCompose(
            known ->
                known.isPresent()
                    ? store(due, header, owner, known.get())
                    : storeNew(due, header, owner));
  }

  private CompletionStage<Outcome> storeNew(Spool.Due due, Wav header, SpoolName.Owner owner) {
    return catalogue
        .isGone(due.name().id())
        .thenCompose(
            gone -> gone ? Stages.on(waiting, () -> drop(due)) : store(due, header, owner, null));
  }

  /** It was stored and removed since; this is what could not be deleted then. */
  private Outcome drop(Spool.Due due) throws IOException {
    Files.deleteIfExists(folder.resolve(due.file().name()));
    return Outcome.GONE;
  }

  private CompletionStage<Outcome> store(
      Spool.Due due, Wav header, SpoolName.Owner owner, @Nullable MediaItem known) {
    // The file's time is that of its last sound.
    Instant begun = due.file().changed().minus(header.length()).truncatedTo(ChronoUnit.MILLIS);
    boolean another = known != null && isAnother(begun, known);
    String id = another ? next(due.name().id(), begun) : due.name().id();
    Instant keepUntil =
        another && known != null
            ? known.keepUntil()
            : due.file().changed().truncatedTo(ChronoUnit.MILLIS).plus(keep);
    String place = Places.of(due.name().kind(), owner.tenant(), id);
    Path file = folder.resolve(due.file().name());
    return Stages.on(waiting, () -> store.put(place, file))
        .thenCompose(
            stored ->
                catalogue.stored(
                    new MediaItem(
                        owner.tenant(),
                        id,
                        due.name().kind(),
                        owner.call(),
                        owner.box(),
                        stored.size(),
                        stored.checksum(),
                        header.length(),
                        begun,
                        keepUntil,
                        place)))
        .thenCompose(item -> Stages.on(waiting, () -> leave(due, item)));
  }

  /**
   * Whether a file began after the end of the one that is stored under its name: the switch was
   * told to begin anew, and what it had recorded before must not be lost to that.
   */
  private static boolean isAnother(Instant begun, MediaItem known) {
    return !begun.equals(known.createdAt())
        && !begun.isBefore(known.createdAt().plus(known.length()));
  }

  /** An id for another file of the same name; the same one each time it is looked at. */
  private static String next(String id, Instant begun) {
    String name = id + ':' + begun.toEpochMilli();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** What was written meanwhile is not in the store: then it is stored once more. */
  private Outcome leave(Spool.Due due, MediaItem item) throws IOException {
    Optional<Spool.Found> now = seen(due.file().name());
    if (now.isEmpty()) {
      return Outcome.GONE;
    } else if (!now.get().equals(due.file()) || item.size() != due.file().size()) {
      return Outcome.NOT_YET;
    }
    Files.deleteIfExists(folder.resolve(due.file().name()));
    return Outcome.STORED;
  }
}
