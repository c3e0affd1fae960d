package tandem.cli.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second {@code up} away from the same data. The kernel frees it with the process. */
public final class InstallationLock implements AutoCloseable {
  private final FileChannel channel;

  private InstallationLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws StackException when somebody has it
   */
  public static InstallationLock take(Home home) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) != null) {
        return new InstallationLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new StackException("cannot write to " + home.folder() + ": " + e.getMessage(), e);
    }
    throw new StackException(
        "Tandem is running already with the data in "
            + home.folder()
            + "; see ./tandem status, stop it with Ctrl-C where it was started");
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StackException("cannot let go of the lock: " + e.getMessage(), e);
    }
  }
}
