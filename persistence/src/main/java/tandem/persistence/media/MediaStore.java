package tandem.persistence.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where the files lie. A place is a relative path of ours, such as {@code
 * recordings/acme/3f/3f2a….wav}: segments of letters, digits and {@code ._-} that begin with a
 * letter or digit. Every call waits for a disk or a network: none is for an actor's thread.
 */
public interface MediaStore extends AutoCloseable {
  /**
   * What was stored.
   *
   * @param size in bytes
   * @param checksum SHA-256 in lower-case hex
   */
  record Stored(long size, String checksum) {}

  /**
   * Stores a file, whole or not at all; what is at the place already is replaced. The file itself
   * stays.
   *
   * @throws IOException also when the file changes meanwhile; it can be tried again
   */
  Stored put(String place, Path file) throws IOException;

  /**
   * Opens a part of a file; whoever opens closes.
   *
   * @param from first byte, from 0
   * @param length how many bytes, at least 1; fewer come when the file is shorter
   * @throws java.nio.file.NoSuchFileException when there is nothing at the place
   */
  InputStream open(String place, long from, long length) throws IOException;

  /** Whether there is a file. */
  boolean exists(String place) throws IOException;

  /** Deletes a file; nothing at the place is as good. */
  void delete(String place) throws IOException;

  /** Releases connections; nothing of the store works afterwards. */
  @Override
  void close();
}
