package tandem.cli.stack;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/**
 * Looks for ports on the loopback. Between the look and the child's bind somebody else can take
 * one; the child then ends and says so.
 */
public final class FreePort {
  private FreePort() {}

  /** Any free TCP port. */
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackException("no free port on the loopback: " + e.getMessage(), e);
    }
  }

  /**
   * The wanted port, or any free one for 0.
   *
   * @param option what a person sets to have another one
   * @throws StackException when it is taken
   */
  public static int tcp(int wanted, String user, String option) {
    if (wanted == 0) {
      return any();
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return wanted;
    } catch (IOException e) {
      throw taken(wanted, user, option, e);
    }
  }

  /** As {@link #tcp}, for a port that must be free for UDP too. */
  public static int udpAndTcp(int wanted, String user, String option) {
    int port = tcp(wanted, user, option);
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      return socket.getLocalPort();
    } catch (SocketException e) {
      if (wanted == 0) {
        return udpAndTcp(0, user, option);
      }
      throw taken(port, user, option, e);
    }
  }

  private static StackException taken(int port, String user, String option, IOException cause) {
    return new StackException(
        "port %d is taken; %s needs it. Free it, or choose another one with %s"
            .formatted(port, user, option),
        cause);
  }
}
