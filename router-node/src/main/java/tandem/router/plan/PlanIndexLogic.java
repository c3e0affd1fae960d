package tandem.router.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.entity.Address.ToPlan;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;

/** How the index orders changes. */
public final class PlanIndexLogic
    implements EntityLogic<PlanIndex.Command, PlanIndex.Event, PlanIndexLogic.State> {

  /**
   * Every tenant once, the one that changed last at the end.
   *
   * @param version how many changes there were
   */
  public record State(long version, List<Entry> entries) implements RouterSerializable {
    static final State EMPTY = new State(0, List.of());

    public State {
      entries = List.copyOf(entries);
    }

    long stampOf(TenantId tenant) {
      return entries.stream()
          .filter(entry -> entry.tenant().equals(tenant))
          .mapToLong(Entry::stamp)
          .findFirst()
          .orElse(0);
    }
  }

  /** A tenant's last change, and which change of all it was. */
  public record Entry(TenantId tenant, long stamp, long at) {}

  @Override
  public State empty() {
    return State.EMPTY;
  }

  @Override
  public State evolve(State state, PlanIndex.Event event) {
    if (event instanceof PlanIndex.Noted e) {
      List<Entry> entries = new ArrayList<>(state.entries());
      entries.removeIf(entry -> entry.tenant().equals(e.tenant()));
      entries.add(new Entry(e.tenant(), e.stamp(), state.version() + 1));
      return new State(state.version() + 1, entries);
    }
    throw new IllegalStateException("the index of plans has no state after " + event);
  }

  @Override
  public PlanIndex.Command wake() {
    return PlanIndex.Wake.WAKE;
  }

  @Override
  public void decide(Turn<State, PlanIndex.Event> turn, PlanIndex.Command command) {
    if (command instanceof PlanIndex.Changed m) {
      if (m.stamp() > turn.state().stampOf(m.tenant())) {
        turn.persist(new PlanIndex.Noted(m.tenant(), m.stamp(), turn.now()));
      }
      turn.tell(new ToPlan(m.tenant()), new RoutingPlan.Heard(m.key()));
    } else if (command instanceof PlanIndex.Since m) {
      turn.reply(m.replyTo(), since(turn.state(), m.known()));
    } else if (command != PlanIndex.Wake.WAKE) {
      throw new IllegalStateException("the index of plans has no answer to " + command);
    }
  }

  private static PlanIndex.Changes since(State state, long known) {
    List<Entry> newer = state.entries().stream().filter(entry -> entry.at() > known).toList();
    boolean more = newer.size() > PlanIndex.Changes.PAGE;
    List<Entry> page = more ? newer.subList(0, PlanIndex.Changes.PAGE) : newer;
    return new PlanIndex.Changes(
        more ? page.get(page.size() - 1).at() : state.version(),
        page.stream().map(entry -> new PlanIndex.Stamp(entry.tenant(), entry.stamp())).toList(),
        more);
  }

  @Override
  public @Nullable Instant settle(Turn<State, PlanIndex.Event> turn) {
    return null;
  }
}
