package tandem.router.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.QueueId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.TenantId;
import tandem.router.domain.time.Manual;
import tandem.router.entity.Address.ToPlanArchive;
import tandem.router.entity.Address.ToPlanIndex;
import tandem.router.entity.Address.ToQueue;
import tandem.router.entity.EntityLogic;
import tandem.router.entity.Outbox;
import tandem.router.entity.Turn;
import tandem.router.queue.Queue;

/** How a tenant's plan is written by several authors and made known. */
public final class RoutingPlanLogic
    implements EntityLogic<RoutingPlan.Command, RoutingPlan.Event, RoutingPlanLogic.State> {

  /**
   * The plan as its journal tells it.
   *
   * @param stamp how many events changed what is in force
   * @param unarchived texts of versions that the archive has not confirmed, by version
   */
  public record State(
      long stamp,
      RoutingPlan.@Nullable Draft draft,
      List<RoutingPlan.Version> versions,
      @Nullable String text,
      SortedMap<Long, String> unarchived,
      SortedMap<String, Manual> manuals)
      implements RouterSerializable {
    static final State EMPTY =
        new State(0, null, List.of(), null, new TreeMap<>(), new TreeMap<>());

    public State {
      versions = List.copyOf(versions);
    }

    RoutingPlan.@Nullable Version current() {
      return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    long currentNumber() {
      RoutingPlan.Version current = current();
      return current == null ? 0 : current.version();
    }

    RoutingPlan.InForce inForce(TenantId tenant) {
      return new RoutingPlan.InForce(tenant, stamp, current(), text, manuals);
    }
  }

  private final TenantId tenant;
  private final Outbox outbox = new Outbox();

  public RoutingPlanLogic(TenantId tenant) {
    this.tenant = tenant;
  }

  @Override
  public State empty() {
    return State.EMPTY;
  }

  @Override
  public State evolve(State state, RoutingPlan.Event event) {
    if (event instanceof RoutingPlan.DraftSaved e) {
      return new State(
          state.stamp(),
          new RoutingPlan.Draft(e.text(), e.revision(), e.author(), e.at()),
          state.versions(),
          state.text(),
          state.unarchived(),
          state.manuals());
    } else if (event instanceof RoutingPlan.Published e) {
      return published(state, e);
    } else if (event instanceof RoutingPlan.Archived e) {
      SortedMap<Long, String> left = new TreeMap<>(state.unarchived());
      left.remove(e.version());
      return new State(
          state.stamp(), state.draft(), state.versions(), state.text(), left, state.manuals());
    } else if (event instanceof RoutingPlan.ManualSet e) {
      SortedMap<String, Manual> manuals = new TreeMap<>(state.manuals());
      if (e.manual() == null) {
        manuals.remove(e.calendar());
      } else {
        manuals.put(e.calendar(), e.manual());
      }
      return new State(
          state.stamp() + 1,
          state.draft(),
          state.versions(),
          state.text(),
          state.unarchived(),
          manuals);
    }
    throw new IllegalStateException("a plan has no state after " + event);
  }

  private static State published(State state, RoutingPlan.Published e) {
    String text = e.text() == null ? Objects.requireNonNull(state.draft()).text() : e.text();
    List<RoutingPlan.Version> versions = new ArrayList<>(state.versions());
    versions.add(new RoutingPlan.Version(e.version(), e.author(), e.comment(), e.from(), e.at()));
    SortedMap<Long, String> unarchived = new TreeMap<>(state.unarchived());
    unarchived.put(e.version(), text);
    int archived = (int) (unarchived.firstKey() - versions.get(0).version());
    int tooMany = Math.min(archived, Math.max(0, versions.size() - RoutingPlan.VERSIONS_LISTED));
    return new State(
        state.stamp() + 1,
        draft(state, e),
        versions.subList(tooMany, versions.size()),
        text,
        unarchived,
        state.manuals());
  }

  /** A rollback makes drafts that were begun before it old: to publish one would undo it unseen. */
  private static RoutingPlan.@Nullable Draft draft(State state, RoutingPlan.Published e) {
    RoutingPlan.Draft draft = state.draft();
    return draft == null || e.from() == null
        ? draft
        : new RoutingPlan.Draft(draft.text(), draft.revision() + 1, draft.author(), draft.at());
  }

  @Override
  public RoutingPlan.Command wake() {
    return RoutingPlan.Wake.WAKE;
  }

  @Override
  public void decide(Turn<State, RoutingPlan.Event> turn, RoutingPlan.Command command) {
    if (command instanceof RoutingPlan.SaveDraft m) {
      onSaveDraft(turn, m);
    } else if (command instanceof RoutingPlan.GetDraft m) {
      RoutingPlan.Draft draft = turn.state().draft();
      turn.reply(m.replyTo(), draft == null ? RoutingPlan.NoDraft.NO_DRAFT : draft);
    } else if (command instanceof RoutingPlan.Publish m) {
      onPublish(turn, m);
    } else if (command instanceof RoutingPlan.RollBack m) {
      if (turn.state().currentNumber() != m.current()) {
        turn.reply(m.replyTo(), new RoutingPlan.Overtaken(turn.state().currentNumber()));
      } else {
        publish(turn, m.text(), m.author(), m.comment(), m.to(), m.queues());
        turn.reply(m.replyTo(), done(turn.state()));
      }
    } else if (command instanceof RoutingPlan.GetCurrent m) {
      turn.reply(m.replyTo(), turn.state().inForce(tenant));
    } else if (command instanceof RoutingPlan.ListVersions m) {
      turn.reply(m.replyTo(), page(turn.state(), m));
    } else if (command instanceof RoutingPlan.SetManual m) {
      if (!Objects.equals(turn.state().manuals().get(m.calendar()), m.manual())) {
        turn.persist(new RoutingPlan.ManualSet(m.calendar(), m.manual(), m.author(), turn.now()));
      }
      turn.reply(m.replyTo(), turn.state().inForce(tenant));
    } else if (command instanceof RoutingPlan.Heard m) {
      onHeard(turn, m.key());
    } else if (command != RoutingPlan.Wake.WAKE) {
      throw new IllegalStateException("a plan has no answer to " + command);
    }
  }

  private void onSaveDraft(Turn<State, RoutingPlan.Event> turn, RoutingPlan.SaveDraft m) {
    long revision = revision(turn.state());
    if (revision != m.revision()) {
      turn.reply(m.replyTo(), new RoutingPlan.Overtaken(revision));
      return;
    }
    RoutingPlan.Draft before = turn.state().draft();
    if (before == null || !before.text().equals(m.text())) {
      turn.persist(new RoutingPlan.DraftSaved(revision + 1, m.text(), m.author(), turn.now()));
    }
    turn.reply(m.replyTo(), Objects.requireNonNull(turn.state().draft()));
  }

  private void onPublish(Turn<State, RoutingPlan.Event> turn, RoutingPlan.Publish m) {
    if (revision(turn.state()) != m.revision()) {
      turn.reply(m.replyTo(), new RoutingPlan.Overtaken(revision(turn.state())));
      return;
    }
    RoutingPlan.Draft draft = turn.state().draft();
    if (draft == null) {
      turn.reply(m.replyTo(), new RoutingPlan.Overtaken(0));
      return;
    }
    // Asked again, perhaps since the answer was lost: it is in force already.
    if (!draft.text().equals(turn.state().text())) {
      publish(turn, null, m.author(), m.comment(), null, m.queues());
    }
    turn.reply(m.replyTo(), done(turn.state()));
  }

  private void publish(
      Turn<State, RoutingPlan.Event> turn,
      @Nullable String text,
      String author,
      String comment,
      @Nullable Long from,
      List<String> queues) {
    long version = turn.state().currentNumber() + 1;
    turn.persist(new RoutingPlan.Published(version, text, author, comment, from, turn.now()));
    // Wakes queues that are new, so that they are listed before anybody waits in them.
    for (String queue : queues) {
      turn.tell(new ToQueue(new QueueId(tenant, queue)), Queue.PlanChanged.PLAN_CHANGED);
    }
  }

  private static long revision(State state) {
    return state.draft() == null ? 0 : state.draft().revision();
  }

  private static RoutingPlan.Done done(State state) {
    return new RoutingPlan.Done(Objects.requireNonNull(state.current()));
  }

  private static RoutingPlan.Versions page(State state, RoutingPlan.ListVersions m) {
    List<RoutingPlan.Version> page = new ArrayList<>();
    for (int i = state.versions().size() - 1; i >= 0; i--) {
      RoutingPlan.Version version = state.versions().get(i);
      if (m.before() != null && version.version() >= m.before()) {
        continue;
      }
      if (page.size() == m.most()) {
        return new RoutingPlan.Versions(page, true);
      }
      page.add(version);
    }
    return new RoutingPlan.Versions(page, false);
  }

  private void onHeard(Turn<State, RoutingPlan.Event> turn, String key) {
    outbox.heard(key);
    for (Long version : turn.state().unarchived().keySet()) {
      if (new PlanArchive.Keep(info(turn.state(), version), "").key().equals(key)) {
        turn.persist(new RoutingPlan.Archived(version, turn.now()));
      }
    }
  }

  private static RoutingPlan.Version info(State state, long version) {
    return state.versions().stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("version " + version + " is not listed"));
  }

  @Override
  public @Nullable Instant settle(Turn<State, RoutingPlan.Event> turn) {
    State state = turn.state();
    List<Outbox.Owed> owed = new ArrayList<>();
    for (Map.Entry<Long, String> kept : state.unarchived().entrySet()) {
      PlanArchive.Keep word = new PlanArchive.Keep(info(state, kept.getKey()), kept.getValue());
      owed.add(new Outbox.Owed(word.key(), new ToPlanArchive(tenant, kept.getKey()), word));
    }
    if (state.stamp() > 0) {
      PlanIndex.Changed word = new PlanIndex.Changed(tenant, state.stamp());
      owed.add(new Outbox.Owed(word.key(), new ToPlanIndex(), word));
    }
    return outbox.settle(owed, turn);
  }
}
