package tandem.router.directory;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tandem.router.agent.Agent;
import tandem.router.domain.AgentId;
import tandem.router.domain.LotId;
import tandem.router.domain.QueueId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.entity.Address.ToAgent;
import tandem.router.entity.Address.ToLot;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;
import tandem.router.lot.ParkingLot;
import tandem.router.queue.Queue;

/** How a tenant's directory learns who is there. */
public final class DirectoryLogic
    implements EntityLogic<Directory.Command, Directory.Event, DirectoryLogic.State> {

  /** The names there are; never written to after it was made. */
  public record State(SortedSet<String> agents, SortedSet<String> queues, SortedSet<String> lots)
      implements RouterSerializable {
    static final State EMPTY = new State(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public State {
      // There were none in older snapshots.
      lots = lots == null ? new TreeSet<>() : lots;
    }

    boolean has(Directory.Kind kind, String name) {
      return of(kind).contains(name);
    }

    State with(Directory.Kind kind, String name) {
      State now = new State(new TreeSet<>(agents), new TreeSet<>(queues), new TreeSet<>(lots));
      now.of(kind).add(name);
      return now;
    }

    private SortedSet<String> of(Directory.Kind kind) {
      return switch (kind) {
        case AGENT -> agents;
        case QUEUE -> queues;
        case LOT -> lots;
      };
    }
  }

  private final TenantId tenant;

  public DirectoryLogic(TenantId tenant) {
    this.tenant = tenant;
  }

  @Override
  public State empty() {
    return State.EMPTY;
  }

  @Override
  public State evolve(State state, Directory.Event event) {
    if (event instanceof Directory.Registered e) {
      return state.with(e.kind(), e.name());
    }
    throw new IllegalStateException("a directory has no state after " + event);
  }

  @Override
  public Directory.Command wake() {
    return Directory.Wake.WAKE;
  }

  @Override
  public void decide(Turn<State, Directory.Event> turn, Directory.Command command) {
    if (command instanceof Directory.Register m) {
      if (!turn.state().has(m.kind(), m.name())) {
        turn.persist(new Directory.Registered(m.kind(), m.name(), turn.now()));
      }
      switch (m.kind()) {
        case AGENT ->
            turn.tell(new ToAgent(new AgentId(tenant, m.name())), new Agent.Heard(m.key()));
        case QUEUE ->
            turn.tell(new ToQueue(new QueueId(tenant, m.name())), new Queue.Heard(m.key()));
        case LOT ->
            turn.tell(new ToLot(new LotId(tenant, m.name())), new ParkingLot.Heard(m.key()));
      }
    } else if (command instanceof Directory.List m) {
      State state = turn.state();
      turn.reply(m.replyTo(), new Directory.Listing(state.agents(), state.queues(), state.lots()));
    } else if (command != Directory.Wake.WAKE) {
      throw new IllegalStateException("a directory has no answer to " + command);
    }
  }

  @Override
  public @Nullable Instant settle(Turn<State, Directory.Event> turn) {
    return null;
  }
}
