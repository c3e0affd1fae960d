package tandem.router.domain.select;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tandem.router.domain.AgentId;
import tandem.router.domain.Strategy;
import tandem.router.domain.Traits;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Wants;
import tandem.router.domain.select.Picker.Choice;
import tandem.router.domain.select.Picker.Draw;
import tandem.router.domain.select.Picker.Need;

/**
 * Brings the callers of a queue and its agents together: the most urgent caller for whom there is
 * an agent, and the best agent for this caller. Works on what it was told, and keeps what follows
 * from it: a decision costs what changed, not the number of callers or agents.
 *
 * <p>Pure: time is passed in, and chance comes from a seed. Time never goes back: an instant before
 * one that was given already counts as that one. Written in place by its one owner.
 *
 * @param <W> what callers are told apart by; the lower goes first of two who came at the same time
 */
public final class Matcher<W extends Comparable<W>> {

  /**
   * What an agent is like at the moment.
   *
   * @param free slots for calls; reserves under way are taken off
   * @param idleSince since when it handled nothing
   * @param calls handled since it signed in
   * @param talk time it talked since it signed in
   * @param from it may be reserved only from this instant on: another queue goes first until then
   */
  public record Standing(
      Traits traits, int free, Instant idleSince, long calls, Duration talk, Instant from) {}

  /**
   * A caller who may be matched.
   *
   * @param priority 0 to 100, without what waiting adds
   * @param since when it began to wait
   * @param last the agent who served it before; only for {@link Strategy#LAST_AGENT}
   * @param tried agents it must not get, such as those who did not answer it
   */
  public record Waiter<W>(
      W id, Wants wants, int priority, Instant since, @Nullable AgentId last, Set<AgentId> tried) {
    public Waiter {
      tried = Set.copyOf(tried);
    }
  }

  /**
   * A caller and who is to be asked for it.
   *
   * @param agents best first; several only when all their phones ring
   */
  public record Match<W>(Waiter<W> waiter, List<AgentId> agents, Decision decision) {}

  private final Judge judge;
  private final long seed;

  /** Agents who may be reserved and could not before, or are different from before. */
  private final RoaringBitmap fresh = new RoaringBitmap();

  private final Agents agents = new Agents(this::becameReady);
  private final Fits fits;
  private QueueRule rule;
  private long planVersion;
  private Selection selection;
  private Picker picker;
  private Lines<W> lines;
  private Instant clock = Instant.MIN;
  private Draw draw = new Draw(null, 0);

  /** Nothing has happened since there was no match: there is none. */
  private boolean quiet;

  /**
   * A queue without callers and agents.
   *
   * @param queueName what expressions know it by
   * @param planVersion of the plan the rule is of, for decisions; 0 without one
   * @param seed of chance, for strategies that draw
   */
  public Matcher(QueueRule rule, String queueName, long planVersion, long seed) {
    this(rule, planVersion, seed, new ExpressionJudge(queueName));
  }

  Matcher(QueueRule rule, long planVersion, long seed, Judge judge) {
    this.judge = judge;
    this.seed = seed;
    this.fits = new Fits(agents, judge);
    this.rule = rule;
    this.planVersion = planVersion;
    this.selection = Selection.of(rule, seed);
    this.picker = new Picker(rule, agents, fits, selection);
    this.lines = new Lines<>(rule, agents, fits, clock);
    agents.order(selection, score());
  }

  /** Another rule, of this version of the plan: callers and agents stay. */
  public void rule(QueueRule newRule, long newPlanVersion) {
    Picker before = picker;
    Lines<W> callers = lines;
    rule = newRule;
    planVersion = newPlanVersion;
    selection = Selection.of(rule, seed);
    picker = new Picker(rule, agents, fits, selection);
    lines = new Lines<>(rule, agents, fits, clock);
    callers.waiters().forEach(lines::put);
    before.close();
    callers.close();
    agents.order(selection, score());
    quiet = false;
  }

  /** Adds an agent, or brings it up to date. Its reserves under way stay. */
  public void agent(AgentId id, Standing standing) {
    Slot slot = agents.find(id);
    if (slot == null) {
      fits.changed(agents.add(id, standing, clock).index);
      touched(id);
    } else {
      boolean changed = !slot.standing.traits().equals(standing.traits());
      agents.update(slot, standing, clock);
      if (changed) {
        fits.changed(slot.index);
        fresh.add(slot.index);
        touched(id);
      }
    }
  }

  /** The agent is no longer one of this queue. */
  public void forget(AgentId id) {
    Slot slot = agents.find(id);
    if (slot != null) {
      agents.forget(slot);
      fits.forgot(slot.index);
      fresh.remove(slot.index);
      touched(id);
    }
  }

  /** A reserve goes out: until it is answered the agent has one slot less. */
  public void asked(AgentId id) {
    Slot slot = agents.find(id);
    if (slot != null) {
      agents.ask(slot, 1, clock);
    }
    draw = new Draw(id, draw.count() + 1);
  }

  /** Who served a caller last, as far as the owner remembers: round-robin goes on behind it. */
  public void servedLast(@Nullable AgentId id) {
    draw = new Draw(id, draw.count());
    quiet = false;
  }

  /** A reserve is answered or given up. */
  public void answered(AgentId id) {
    Slot slot = agents.find(id);
    if (slot != null && slot.asked > 0) {
      agents.ask(slot, -1, clock);
    }
  }

  public boolean knows(AgentId id) {
    return agents.find(id) != null;
  }

  /**
   * This caller may be matched now. One with the same id is replaced.
   *
   * @throws IllegalArgumentException when what it wants is no expression; the plan's check finds
   *     such before
   */
  public void put(Waiter<W> waiter) {
    lines.put(waiter);
    quiet = false;
  }

  /** This caller may not be matched: it is offered to somebody, or has gone. */
  public void remove(W id) {
    lines.remove(id);
  }

  /**
   * The most urgent caller for whom there is an agent, with the best agent; empty when no caller
   * can be served now. Changes nothing: the owner removes the caller and says which agents it asked
   * before it looks for the next.
   */
  public Optional<Match<W>> next(Instant now) {
    advance(now);
    if (quiet || lines.size() == 0) {
      return Optional.empty();
    }
    if (!fresh.isEmpty()) {
      lines.fresh(fresh);
      fresh.clear();
    }
    Match<W> match = agents.ready().isEmpty() ? null : lines.find(clock, this::match);
    quiet = match == null;
    return Optional.ofNullable(match);
  }

  /**
   * One more agent for a caller whose phones ring already, where the strategy lets several ring.
   *
   * @param ringing agents whose phones ring for this caller
   */
  public Optional<AgentId> another(Waiter<W> waiter, Set<AgentId> ringing, Instant now) {
    advance(now);
    if (!rule.settings().strategy().ringsSeveral() || ringing.size() >= selection.atMost()) {
      return Optional.empty();
    }
    Wants wants = waiter.wants();
    Set<AgentId> not = new HashSet<>(waiter.tried());
    not.addAll(ringing);
    Fit require = fits.glance(Scope.REQUIREMENT, wants.require(), wants.call());
    Fit prefer = fits.glance(Scope.REQUIREMENT, wants.prefer(), wants.call());
    Choice choice =
        picker.choose(new Need(require, prefer, null, not, Lines.waited(waiter, clock)), 1, draw);
    return choice == null ? Optional.empty() : Optional.of(choice.best().get(0).id);
  }

  /**
   * When {@link #next} may answer differently through time alone: a tier opens, an agent's moment
   * comes, the wait for a last agent ends. Never later than that, though sometimes earlier. {@code
   * now} itself when a match is there already and ageing may put another in its place; null: never.
   */
  public @Nullable Instant nextChange(Instant now) {
    advance(now);
    if (lines.size() == 0) {
      return null;
    }
    if (!rule.ageing().points().isEmpty() && lines.levels() > 1 && next(clock).isPresent()) {
      return clock;
    }
    Instant wake = lines.nextWake();
    Instant from = agents.nextFrom();
    if (wake == null || from == null) {
      return wake == null ? from : wake;
    }
    return wake.isBefore(from) ? wake : from;
  }

  /** Callers who may be matched (count). */
  public int waiting() {
    return lines.size();
  }

  /** Agents with a slot that no reserve has taken (count); another queue may go first with some. */
  public int available() {
    return agents.free().getCardinality();
  }

  /** Agents this queue knows (count). */
  public int size() {
    return agents.size();
  }

  /** Agents who meet a requirement, free or not (count). */
  public int fitting(Wants wants) {
    Fit fit = fits.glance(Scope.REQUIREMENT, wants.require(), wants.call());
    return fit == null
        ? agents.size()
        : RoaringBitmap.andCardinality(fit.among(agents.known()), agents.known());
  }

  /** Who is next in line, whether or not there is an agent; empty without callers. */
  public Optional<W> first(Instant now) {
    advance(now);
    return Optional.ofNullable(lines.first(clock)).map(Waiter::id);
  }

  /**
   * Who is ahead of whom at a moment, whatever agents there are: the more urgent, ageing included;
   * of two who are alike, who came first.
   */
  public Comparator<Waiter<W>> order(Instant now) {
    Lines<W> callers = lines;
    return Comparator.<Waiter<W>>comparingDouble(waiter -> callers.urgency(waiter, now))
        .reversed()
        .thenComparing(Line::inOrder);
  }

  /** Bitmaps it keeps at the moment (count). */
  int bitmaps() {
    return fits.size();
  }

  private void advance(Instant now) {
    if (now.isAfter(clock)) {
      clock = now;
      agents.advance(clock);
      Instant wake = lines.nextWake();
      if (wake != null && !wake.isAfter(clock)) {
        quiet = false;
      }
      lines.advance(clock);
    }
  }

  private @Nullable Match<W> match(Line<W> line) {
    Waiter<W> waiter = line.head();
    int phones = selection.atFirst();
    Need need =
        new Need(
            line.require,
            line.prefer,
            line.awaited(agents),
            line.kind.tried(),
            Lines.waited(waiter, clock));
    Choice choice = picker.choose(need, Math.max(phones, Decision.ORDER_SHOWN), draw);
    if (choice == null) {
      return null;
    }
    List<AgentId> order = new ArrayList<>(choice.best().size());
    List<String> shown = new ArrayList<>(Decision.ORDER_SHOWN);
    for (Slot slot : choice.best()) {
      order.add(slot.id);
      if (shown.size() < Decision.ORDER_SHOWN) {
        shown.add(slot.id.name());
      }
    }
    Decision decision =
        new Decision(
            planVersion,
            rule.settings().strategy(),
            lines.size(),
            lines.urgency(waiter, clock),
            agents.size(),
            choice.excluded(),
            choice.preferred(),
            shown);
    List<AgentId> asked = List.copyOf(order.subList(0, Math.min(phones, order.size())));
    return new Match<>(waiter, asked, decision);
  }

  private void becameReady(Slot slot) {
    fresh.add(slot.index);
    touched(slot.id);
  }

  private void touched(AgentId id) {
    lines.touched(id);
    quiet = false;
  }

  private ToLongFunction<Slot> score() {
    if (!selection.scores()) {
      return slot -> 0;
    } else if (rule.score().isEmpty()) {
      return slot -> 1;
    }
    return judge.score(rule.score());
  }
}
