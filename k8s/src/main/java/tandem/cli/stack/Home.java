package tandem.cli.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of one installation ({@code .tandem/} of the checkout): single owner of what lies
 * where in it.
 */
public final class Home {
  private static final long MEGABYTE = 1024L * 1024;
  private final Path folder;

  public Home(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * The checkout's own, in {@code -Dtandem.root}, else in the working directory; {@code
   * -Dtandem.home} is another one.
   */
  public static Home ofCheckout() {
    String other = System.getProperty("tandem.home");
    if (other != null) {
      return new Home(Path.of(other));
    }
    return new Home(Path.of(System.getProperty("tandem.root", "")).resolve(".tandem"));
  }

  public Path folder() {
    return folder;
  }

  Path cassandra() {
    return folder.resolve("cassandra");
  }

  Path kafka() {
    return folder.resolve("kafka");
  }

  Path simulator() {
    return folder.resolve("switch-sim");
  }

  /** Where the simulator records, and the nodes fetch what is finished. */
  Path recordings() {
    return folder.resolve("recordings");
  }

  /** Nodes look there before there is anything. */
  void makeRecordings() {
    try {
      Files.createDirectories(recordings());
    } catch (IOException e) {
      throw new StackException("cannot write to " + recordings() + ": " + e.getMessage(), e);
    }
  }

  /** Where the nodes keep recordings, messages and audio files. */
  Path media() {
    return folder.resolve("media");
  }

  /** Folder of one node, by its name. */
  Path node(String name) {
    return folder.resolve(name);
  }

  public Path runFile() {
    return folder.resolve("run.json");
  }

  Path lockFile() {
    return folder.resolve("up.lock");
  }

  /**
   * Makes the folder.
   *
   * @throws StackException when it cannot be written to, or the disk is nearly full
   */
  public void prepare(long freeMegabytes) {
    try {
      Files.createDirectories(folder);
      FileStore store = Files.getFileStore(folder);
      long free = store.getUsableSpace() / MEGABYTE;
      if (free < freeMegabytes) {
        throw new StackException(
            "the disk is full: only %d MB are free in %s, %d MB are needed"
                .formatted(free, folder, freeMegabytes));
      }
    } catch (IOException e) {
      throw new StackException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Removes all data, but not the lock that the caller holds. */
  public void erase() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst =
          tree.filter(path -> !path.equals(folder) && !path.equals(lockFile()))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new StackException("cannot remove the data in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The demo tenant's token: made once, so that it stays the same from start to start. */
  public String token() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return once(folder.resolve("token"), "demo-" + HexFormat.of().formatHex(random));
  }

  private static String once(Path file, String text) {
    try {
      writePrivately(file, text);
      return text;
    } catch (FileAlreadyExistsException e) {
      return read(file);
    } catch (IOException e) {
      throw new StackException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StackException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes a new file that only its owner may read. */
  static void writePrivately(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Writes a file that only its owner may read, in place of an older one. */
  static void replacePrivately(Path file, String text) throws IOException {
    try {
      Files.delete(file);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    writePrivately(file, text);
  }
}
