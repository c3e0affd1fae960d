package tandem.persistence.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files in a folder of this machine, or of a disk that several machines share. A file appears
 * whole: it is written beside its place and moved there in one step.
 */
public final class LocalMediaStore implements MediaStore {
  private final Path root;

  /** A store in a folder, which is made when the first file comes. */
  public LocalMediaStore(Path directory) {
    this.root = directory.toAbsolutePath().normalize();
  }

  @Override
  public Stored put(String place, Path file) throws IOException {
    Path target = path(place);
    Path folder = parent(target);
    Path there = folder;
    while (!there.equals(root) && Files.notExists(there)) {
      there = parent(there);
    }
    if (Files.exists(there)) {
      inside(there);
    }
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " is no folder", e);
    }
    inside(folder);
    // A dot in front: no place begins with one, so nobody can ask for half a file.
    Path half = folder.resolve("." + target.getFileName() + '.' + UUID.randomUUID());
    try {
      Stored stored;
      try (InputStream in = Files.newInputStream(file);
          FileChannel channel =
              FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        stored = Checksums.copy(in, out);
        // On the disk before anybody deletes the original.
        channel.force(true);
      }
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return stored;
    } finally {
      Files.deleteIfExists(half);
    }
  }

  @Override
  public InputStream open(String place, long from, long length) throws IOException {
    Path path = path(place);
    if (!exists(place)) {
      throw new NoSuchFileException(place);
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      channel.position(from);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new Part(Channels.newInputStream(channel), length);
  }

  @Override
  public boolean exists(String place) throws IOException {
    Path path = path(place);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    inside(parent(path));
    return true;
  }

  @Override
  public void delete(String place) throws IOException {
    if (exists(place)) {
      Files.deleteIfExists(path(place));
    }
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }

  private Path path(String place) {
    Path path = root.resolve(Places.require(place)).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("place: leaves the store, got '" + place + "'");
    }
    return path;
  }

  /** A folder that somebody made a link to elsewhere is none of ours. */
  private void inside(Path folder) throws IOException {
    if (!folder.toRealPath().startsWith(root.toRealPath())) {
      throw new IOException(folder + " leads out of " + root);
    }
  }

  private Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? root : parent;
  }
}
