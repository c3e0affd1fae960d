package tandem.router.directory;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import tandem.router.domain.RouterSerializable;
import tandem.router.entity.Word;

/** A tenant's directory: the single owner of the lists of its agents, queues and lots. */
public final class Directory {
  private Directory() {}

  public sealed interface Command extends RouterSerializable {}

  /** An agent, queue or park lot that has come to be lists itself, until it is heard. */
  public record Register(Kind kind, String name) implements Command, Word {
    @Override
    public String key() {
      return "register";
    }
  }

  public record List(ActorRef<Listing> replyTo) implements Command {}

  public enum Wake implements Command {
    WAKE
  }

  public enum Kind {
    AGENT,
    QUEUE,
    LOT
  }

  /** The names in the directory, sorted. */
  public record Listing(SortedSet<String> agents, SortedSet<String> queues, SortedSet<String> lots)
      implements RouterSerializable {
    public Listing {
      // A node of the version before does not say.
      lots = lots == null ? Collections.emptySortedSet() : lots;
    }
  }

  public sealed interface Event extends RouterSerializable {
    Instant at();
  }

  public record Registered(Kind kind, String name, Instant at) implements Event {}
}
