package tandem.persistence.media;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import java.time.Clock;
import java.util.concurrent.Executor;

/** What a node has one of: its settings, its store, the catalogue. The store ends with the node. */
final class NodeMedia implements Extension {
  private static final ExtensionId<NodeMedia> ID =
      new ExtensionId<>() {
        @Override
        public NodeMedia createExtension(ActorSystem<?> system) {
          return new NodeMedia(system);
        }
      };

  private final MediaSettings settings;
  private final StoredMedia library;

  private NodeMedia(ActorSystem<?> system) {
    this.settings = MediaSettings.of(system.settings().config());
    MediaStore store = settings.open();
    var unused = system.getWhenTerminated().thenRun(store::close);
    Executor waiting = system.dispatchers().lookup(DispatcherSelector.blocking());
    this.library =
        new StoredMedia(
            store,
            MediaCatalogue.of(system),
            new AudioTables(MediaCatalogue.of(system).session()),
            waiting,
            Clock.systemUTC());
  }

  static NodeMedia of(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  MediaSettings settings() {
    return settings;
  }

  StoredMedia library() {
    return library;
  }
}
