package tandem.router.lookup;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import java.time.Clock;
import tandem.router.Shards;
import tandem.router.call.Call;

/** This node's way to other systems, for the calls that live here. */
public final class Lookups implements Extension {
  private static final ExtensionId<Lookups> ID =
      new ExtensionId<>() {
        @Override
        public Lookups createExtension(ActorSystem<?> system) {
          return new Lookups(system);
        }
      };

  private final LookupClient client;

  private Lookups(ActorSystem<?> system) {
    Shards shards = new Shards(system);
    this.client =
        new LookupClient(
            LookupSettings.of(system.settings().config().getConfig("tandem.router.lookups")),
            system
                .dispatchers()
                .lookup(DispatcherSelector.fromConfig("tandem.router.lookup-dispatcher")),
            Clock.systemUTC(),
            (lookUp, answer) ->
                shards
                    .call(lookUp.call())
                    .tell(new Call.LookedUp(lookUp.number(), answer.found(), answer.values())));
  }

  /** That of this node. */
  public static Lookups get(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** Asks, and tells the call what came of it; while it is asked a repeat changes nothing. */
  public void ask(LookUp lookUp) {
    client.ask(lookUp);
  }
}
