package tandem.router.numbers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
   * @param numbers sorted, so that one is found by halving and a page is a slice
   */
  public record State(long version, List<Numbers.Listed> numbers) implements RouterSerializable {
    static final State EMPTY = new State(0, List.of());

    public State {
      numbers = List.copyOf(numbers);
    }

    @Nullable Entry entry(PhoneNumber number) {
      int at = placeOf(number);
      return isAt(at, number) ? numbers.get(at).entry() : null;
    }

    State with(PhoneNumber number, @Nullable Entry entry) {
      List<Numbers.Listed> all = new ArrayList<>(numbers);
      int at = placeOf(number);
      if (isAt(at, number)) {
        all.remove(at);
      }
      if (entry != null) {
        all.add(at, new Numbers.Listed(number, entry));
      }
      return new State(version + 1, all);
    }

    /** The page of all numbers after one, or the first. */
    Numbers.Snapshot page(@Nullable PhoneNumber after) {
      return page(after, Numbers.Snapshot.PAGE, rest(after));
    }

    /** The same of one tenant's numbers. */
    Numbers.Snapshot page(TenantId tenant, @Nullable PhoneNumber after, int most) {
      List<Numbers.Listed> own =
          rest(after).stream()
              .filter(listed -> isOwner(listed.entry(), tenant))
              .limit(most + 1L)
              .toList();
      return page(after, most, own);
    }

    private Numbers.Snapshot page(
        @Nullable PhoneNumber after, int most, List<Numbers.Listed> rest) {
      boolean more = rest.size() > most;
      return new Numbers.Snapshot(version, after, more ? rest.subList(0, most) : rest, more);
    }

    private List<Numbers.Listed> rest(@Nullable PhoneNumber after) {
      if (after == null) {
        return numbers;
      }
      int at = placeOf(after);
      return numbers.subList(isAt(at, after) ? at + 1 : at, numbers.size());
    }

    private boolean isAt(int place, PhoneNumber number) {
      return place < numbers.size() && numbers.get(place).number().equals(number);
    }

    /** Where the number is, or would be put. */
    private int placeOf(PhoneNumber number) {
      int low = 0;
      int high = numbers.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (numbers.get(middle).number().compareTo(number) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
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
          state.version() == m.knownVersion()
              ? new Numbers.Snapshot(state.version(), m.afterNumber(), List.of(), false)
              : state.page(m.afterNumber()));
    } else if (command instanceof Numbers.Find m) {
      Entry known = turn.state().entry(m.number());
      turn.reply(
          m.replyTo(),
          new Numbers.Found(known != null && isOwner(known, m.tenant()) ? known : null));
    } else if (command instanceof Numbers.Of m) {
      turn.reply(m.replyTo(), turn.state().page(m.tenant(), m.afterNumber(), m.most()));
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
