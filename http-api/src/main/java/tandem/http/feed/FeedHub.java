package tandem.http.feed;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.http.javadsl.model.ws.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.cluster.Metrics;
import tandem.http.feed.FeedLog.Change;
import tandem.http.feed.FeedSession.Close;
import tandem.http.feed.FeedSweep.As;
import tandem.http.feed.FeedSweep.Said;
import tandem.http.feed.FeedSweep.Unknown;
import tandem.router.domain.TenantId;
import tandem.router.feed.FeedItem;

/**
 * One tenant's feed on this node: subscribes, takes a snapshot, then tells each change to every
 * session. Single owner of the tenant's {@link FeedLog}, so the order is the same for all clients.
 *
 * <p>It starts silent: until the first sweep is through, items and answers are only gathered, and
 * who wants to join waits.
 */
final class FeedHub extends AbstractBehavior<FeedHub.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(FeedHub.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  sealed interface Command {}

  record Join(FeedSession session, Optional<Cursor> cursor) implements Command {}

  record Leave(FeedSession session) implements Command {}

  private record Published(FeedItem item) implements Command {}

  private record Swept(Said said) implements Command {}

  private record SweepDone(boolean listed) implements Command {}

  private enum Tick implements Command {
    SWEEP,
    START_TIMEOUT,
    UNUSED
  }

  /**
   * Told to the parent, with how many joins this hub has seen: a join on its way must not be lost.
   */
  @FunctionalInterface
  interface Unused {
    void unused(ActorRef<Command> hub, long joins);
  }

  private final TenantId tenant;
  private final FeedSettings settings;
  private final FeedSource source;
  private final FeedSweep sweep;
  private final Openings openings;
  private final Unused parent;
  private final TimerScheduler<Command> timers;
  private final ActorRef<FeedItem> reader;
  private final FeedLog log;
  private final Set<FeedSession> sessions = new LinkedHashSet<>();
  private final Map<FeedSession, Optional<Cursor>> waiting = new LinkedHashMap<>();
  private boolean live;
  private long joins;

  static Behavior<Command> create(
      TenantId tenant,
      FeedSettings settings,
      FeedSource source,
      FeedSweep sweep,
      Openings openings,
      Unused parent) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new FeedHub(
                        context, timers, tenant, settings, source, sweep, openings, parent)));
  }

  private FeedHub(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      TenantId tenant,
      FeedSettings settings,
      FeedSource source,
      FeedSweep sweep,
      Openings openings,
      Unused parent) {
    super(context);
    this.tenant = tenant;
    this.settings = settings;
    this.source = source;
    this.sweep = sweep;
    this.openings = openings;
    this.parent = parent;
    this.timers = timers;
    String epoch = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    this.log = new FeedLog(epoch, settings.ring());
    this.reader = context.messageAdapter(FeedItem.class, Published::new);
    source.subscribe(tenant, reader);
    sweep();
    timers.startSingleTimer(Tick.UNUSED, settings.unused());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Published.class, this::onPublished)
        .onMessage(Swept.class, this::onSwept)
        .onMessage(SweepDone.class, this::onSweepDone)
        .onMessage(Join.class, this::onJoin)
        .onMessage(Leave.class, this::onLeave)
        .onMessageEquals(Tick.SWEEP, this::onSweepTick)
        .onMessageEquals(Tick.START_TIMEOUT, this::onStartTimeout)
        .onMessageEquals(Tick.UNUSED, this::onUnused)
        .onSignal(PostStop.class, stop -> onStop())
        .build();
  }

  private Behavior<Command> onPublished(Published published) {
    FeedItem item = published.item();
    if (item.tenant().equals(tenant)) {
      log.take(item.view(), item.seq(), Instant.now()).ifPresent(this::tell);
    }
    return this;
  }

  private Behavior<Command> onSwept(Swept swept) {
    Optional<Change> change =
        swept.said() instanceof As as
            ? log.take(as.view(), as.seq(), Instant.now())
            : log.forget(((Unknown) swept.said()).call(), Instant.now());
    if (live && change.isPresent()) {
      Metrics.counter("tandem_feed_repairs_total", "Changes the topic lost and a sweep found.")
          .inc();
    }
    change.ifPresent(this::tell);
    return this;
  }

  private void tell(Change change) {
    if (sessions.isEmpty()) {
      return;
    }
    TextMessage message = TextMessage.create(change.text());
    Cursor at = log.cursor();
    for (FeedSession session : sessions) {
      session.tell(message, at);
    }
  }

  private Behavior<Command> onJoin(Join join) {
    joins++;
    timers.cancel(Tick.UNUSED);
    if (live) {
      open(join.session(), join.cursor());
    } else {
      waiting.put(join.session(), join.cursor());
      if (!timers.isTimerActive(Tick.START_TIMEOUT)) {
        timers.startSingleTimer(Tick.START_TIMEOUT, settings.startTimeout());
      }
    }
    return this;
  }

  private void open(FeedSession session, Optional<Cursor> cursor) {
    openings
        .of(opening(cursor, Instant.now()))
        .ifPresentOrElse(
            opening -> {
              session.open(opening, log.cursor());
              sessions.add(session);
            },
            () -> session.close(Close.TRY_LATER, "too many clients are opening; try again"));
  }

  private List<String> opening(Optional<Cursor> cursor, Instant now) {
    Optional<List<String>> missed = cursor.flatMap(log::since);
    if (missed.isEmpty()) {
      return log.snapshot(settings.snapshotPart(), now);
    }
    List<String> texts = new ArrayList<>(List.of(log.resumed(now)));
    texts.addAll(missed.get());
    return texts;
  }

  private Behavior<Command> onLeave(Leave leave) {
    sessions.remove(leave.session());
    waiting.remove(leave.session());
    if (sessions.isEmpty() && waiting.isEmpty()) {
      timers.startSingleTimer(Tick.UNUSED, settings.unused());
    }
    return this;
  }

  private Behavior<Command> onSweepDone(SweepDone done) {
    if (!live && done.listed()) {
      live = true;
      timers.cancel(Tick.START_TIMEOUT);
      waiting.forEach(this::open);
      waiting.clear();
    }
    timers.startSingleTimer(Tick.SWEEP, pause(done.listed()));
    return this;
  }

  /** A sweep that could not list is no reason to ask a cluster in trouble more often. */
  private Duration pause(boolean listed) {
    if (!live) {
      return RETRY;
    }
    return listed ? settings.repair().dividedBy(10) : settings.repair();
  }

  private Behavior<Command> onSweepTick() {
    sweep();
    return this;
  }

  private void sweep() {
    ActorRef<Command> self = getContext().getSelf();
    CompletionStage<?> sweeping =
        live
            ? sweep.slowly(
                log.livingCalls(),
                settings.repair().multipliedBy(9).dividedBy(10),
                settings.repairBatch(),
                said -> self.tell(new Swept(said)))
            : sweep.all(said -> self.tell(new Swept(said)));
    getContext()
        .pipeToSelf(
            sweeping,
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("Feed of {} could not list: {}", tenant, failure.toString());
              }
              return new SweepDone(failure == null);
            });
  }

  private Behavior<Command> onStartTimeout() {
    waiting.keySet().forEach(s -> s.close(Close.TRY_LATER, "the feed is starting; try again"));
    waiting.clear();
    return this;
  }

  private Behavior<Command> onUnused() {
    if (sessions.isEmpty() && waiting.isEmpty()) {
      parent.unused(getContext().getSelf(), joins);
      // Still here in a while: a join was on its way, and may have left again.
      timers.startSingleTimer(Tick.UNUSED, settings.unused());
    }
    return this;
  }

  private Behavior<Command> onStop() {
    source.unsubscribe(tenant, reader);
    sessions.forEach(session -> session.close(Close.GOING_AWAY, "the feed stops; come back"));
    waiting.keySet().forEach(s -> s.close(Close.GOING_AWAY, "the feed stops; come back"));
    return this;
  }
}
