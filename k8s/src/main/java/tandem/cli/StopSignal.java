package tandem.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C and SIGTERM as an event, so that children are stopped one after the other: shutdown hooks
 * run side by side, and Cassandra would be gone before the node has finished. By reflection, since
 * the JDK has no supported way and its unsupported one is a compiler warning.
 */
final class StopSignal {
  private StopSignal() {}

  /** Completes with the signal's name. Where signals cannot be had it never does. */
  static CompletableFuture<String> install() {
    CompletableFuture<String> received = new CompletableFuture<>();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler complete =
          (proxy, method, args) -> {
            if (method.getName().equals("handle")) {
              received.complete(String.valueOf(args[0]));
            }
            return null;
          };
      Object listener =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(), new Class<?>[] {handler}, complete);
      for (String name : new String[] {"INT", "TERM", "HUP"}) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, one, listener);
      }
    } catch (ReflectiveOperationException e) {
      System.err.println("tandem: signals are not handled in order on this JVM: " + e);
    }
    return received;
  }
}
