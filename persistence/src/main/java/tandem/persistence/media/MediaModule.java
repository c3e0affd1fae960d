package tandem.persistence.media;

import akka.actor.typed.Props;
import java.time.Clock;
import tandem.cluster.NodeContext;
import tandem.cluster.NodeModule;
import tandem.cluster.NodeRoles;

/** Starts the keeper on nodes beside a switch, where they are told of its folders. */
public final class MediaModule implements NodeModule {
  private static final int ORDER = 150;

  @Override
  public String name() {
    return "media";
  }

  @Override
  public String role() {
    return NodeRoles.EDGE;
  }

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public void onRole(NodeContext node) {
    MediaSettings settings = MediaSettings.of(node.config());
    if (settings.spool().isEmpty() && settings.sounds().isEmpty()) {
      return;
    }
    NodeMedia media = NodeMedia.of(node.system());
    var unused =
        node.system()
            .systemActorOf(
                MediaKeeper.create(media.settings(), media.library(), Clock.systemUTC()),
                "media-keeper",
                Props.empty());
  }
}
