package tandem.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where this node's API listens: the port that was configured, or the one that was free. */
public final class ApiAddress implements Extension {
  private static final ExtensionId<ApiAddress> ID =
      new ExtensionId<>() {
        @Override
        public ApiAddress createExtension(ActorSystem<?> system) {
          return new ApiAddress();
        }
      };

  private volatile @Nullable InetSocketAddress bound;

  private ApiAddress() {}

  public static ApiAddress get(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** Empty on a node without the role, or before it is bound. */
  public Optional<InetSocketAddress> bound() {
    return Optional.ofNullable(bound);
  }

  void bound(InetSocketAddress address) {
    bound = address;
  }
}
