package tandem.persistence.media;

import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uploaded audio files in the switch's folder of sounds, below {@code audio}: brought when they
 * appear in the catalogue, removed when they are gone from it.
 */
final class SoundsFolder {
  private static final Logger log = LoggerFactory.getLogger(SoundsFolder.class);

  /** {@code audio/<tenant>/<name>/<version>.wav} */
  private static final int DEPTH = 3;

  private final Path sounds;
  private final StoredMedia media;

  SoundsFolder(Path sounds, StoredMedia media) {
    this.sounds = sounds.toAbsolutePath().normalize();
    this.media = media;
  }

  /**
   * Makes the folder what the catalogue says. A file that cannot be brought does not keep the
   * others from it.
   *
   * @return how many could not be brought or removed
   */
  CompletionStage<Integer> sync() {
    AudioTables tables = media.audioTables();
    return tables
        .tenants()
        .thenCompose(
            tenants ->
                Source.from(tenants)
                    .mapAsync(MediaTables.AT_ONCE, tables::all)
                    .mapConcat(files -> files)
                    .runWith(Sink.seq(), media.catalogue().session().materializer()))
        .thenCompose(files -> Stages.on(media.waiting(), () -> sync(files)));
  }

  private int sync(List<AudioFile> files) throws IOException {
    int failures = 0;
    Set<Path> wanted = new HashSet<>();
    for (AudioFile file : files) {
      Path target = sounds.resolve(Places.require(file.place()));
      wanted.add(target);
      try {
        if (!isThere(target, file)) {
          bring(file, target);
          log.info("Brought {} to the switch's sounds", file.place());
        }
      } catch (IOException e) {
        failures++;
        log.warn("{} cannot be brought to the switch's sounds: {}", file.place(), e.toString());
      }
    }
    return failures + removeOthers(wanted);
  }

  private static boolean isThere(Path target, AudioFile file) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == file.size();
  }

  /** The switch never sees half a file: it is moved to its place in one step. */
  private void bring(AudioFile file, Path target) throws IOException {
    Path folder = sounds.resolve(Places.require(file.place())).getParent();
    if (folder == null) {
      throw new IOException(file.place() + " has no folder");
    }
    Files.createDirectories(folder);
    Path half = folder.resolve("." + UUID.randomUUID());
    try {
      MediaStore.Stored copied;
      try (InputStream in = media.store().open(file.place(), 0, file.size());
          OutputStream out = Files.newOutputStream(half)) {
        copied = Checksums.copy(in, out);
      }
      if (!copied.checksum().equals(file.checksum())) {
        throw new IOException("the store has something else at " + file.place());
      }
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Only what has a name as ours do: whatever else is in the folder stays. */
  private int removeOthers(Set<Path> wanted) throws IOException {
    Path root = sounds.resolve("audio");
    List<Path> old;
    try (Stream<Path> tree = Files.find(root, DEPTH, (path, file) -> file.isRegularFile())) {
      old =
          tree.filter(path -> root.relativize(path).getNameCount() == DEPTH)
              .filter(path -> String.valueOf(path.getFileName()).matches("[1-9][0-9]{0,9}\\.wav"))
              .filter(path -> !wanted.contains(path))
              .toList();
    } catch (NoSuchFileException e) {
      return 0;
    }
    int failures = 0;
    for (Path path : old) {
      try {
        Files.deleteIfExists(path);
        log.info("Removed {} from the switch's sounds", root.relativize(path));
      } catch (IOException e) {
        failures++;
        log.warn("{} cannot be removed: {}", path, e.toString());
      }
    }
    return failures;
  }
}
