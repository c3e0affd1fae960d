package tandem.router.numbers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Entry;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Turn;

/** How the number directory gives each number one owner. */
public final class NumbersLogic
    implements EntityLogic<Numbers.Command, Numbers.Event, NumbersLogic.State> {

  /**
   * All numbers; never written to after it was made.
   *
   * @param version how many events made it
   */
  public record State(long version, List<Numbers.Listed> numbers) implements RouterSerializable {
    static final State EMPTY = new State(0, List.of());

    public State {
      numbers = List.copyOf(numbers);
    }

    @Nullable Entry entry(PhoneNumber number) {
      return numbers.stream()
          .filter(listed -> listed.number().equals(number))
          .map(Numbers.Listed::entry)
          .findFirst()
          .orElse(null);
    }

    State with(PhoneNumber number, @Nullable Entry entry) {
      Map<PhoneNumber, Entry> all = new TreeMap<>();
      numbers.forEach(listed -> all.put(listed.number(), listed.entry()));
      if (entry == null) {
        all.remove(number);
      } else {
        all.put(number, entry);
      }
      return new State(
          version + 1,
          all.entrySet().stream().map(e -> new Numbers.Listed(e.getKey(), e.getValue())).toList());
    }
  }

  @Override
  public State empty() {
    return State.EMPTY;
  }

  @Override
  public State evolve(State state, Numbers.Event event) {
    if (event instanceof Numbers.Claimed e) {
      return state.with(e.number(), e.entry());
    } else if (event instanceof Numbers.Freed e) {
      return state.with(e.number(), null);
    }
    throw new IllegalStateException("the numbers have no state after " + event);
  }

  @Override
  public Numbers.Command wake() {
    return Numbers.Wake.WAKE;
  }

  @Override
  public void decide(Turn<State, Numbers.Event> turn, Numbers.Command command) {
    if (command instanceof Numbers.Claim m) {
      Entry known = turn.state().entry(m.number());
      if (known != null && !isOwner(known, m.tenant())) {
        turn.reply(m.replyTo(), Numbers.ClaimReply.TAKEN_BY_ANOTHER_TENANT);
      } else if (!isOwner(m.entry(), m.tenant())) {
        turn.reply(m.replyTo(), Numbers.ClaimReply.NOT_YOURS);
      } else {
        if (!m.entry().equals(known)) {
          turn.persist(new Numbers.Claimed(m.number(), m.entry(), turn.now()));
        }
        turn.reply(m.replyTo(), Numbers.ClaimReply.DONE);
      }
    } else if (command instanceof Numbers.Release m) {
      Entry known = turn.state().entry(m.number());
      if (known == null || !isOwner(known, m.tenant())) {
        turn.reply(m.replyTo(), Numbers.ClaimReply.NOT_YOURS);
      } else {
        turn.persist(new Numbers.Freed(m.number(), turn.now()));
        turn.reply(m.replyTo(), Numbers.ClaimReply.DONE);
      }
    } else if (command instanceof Numbers.Changes m) {
      State state = turn.state();
      turn.reply(
          m.replyTo(),
          new Numbers.Snapshot(
              state.version(), state.version() == m.knownVersion() ? List.of() : state.numbers()));
    } else if (command != Numbers.Wake.WAKE) {
      throw new IllegalStateException("the numbers have no answer to " + command);
    }
  }

  private static boolean isOwner(Entry entry, TenantId tenant) {
    return entry.queue().tenant().equals(tenant);
  }

  @Override
  public @Nullable Instant settle(Turn<State, Numbers.Event> turn) {
    return null;
  }
}
