package tandem.edge.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.TenantId;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkQuery.LinkState;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.edge.SwitchCommand;

/**
 * What a switch link does, without sockets, actors or a clock of its own: events, replies, orders
 * and ticks come in, and {@link LinkActs} go out. Single owner of the link's state, one of
 * connecting, ready, draining, lost. Not thread-safe.
 */
final class LinkLogic {
  private final LinkContext link;
  private final Desks desks;
  private final GiveUp giveUp;

  private LinkState state = LinkState.CONNECTING;
  private Instant since;
  private boolean draining;
  private @Nullable String coreUuid;
  private @Nullable Instant downSince;
  private Instant heardAt;
  private boolean pinged;
  private boolean comparedOwed;

  LinkLogic(
      SwitchSettings home,
      LinkSettings settings,
      InstantSource clock,
      RandomGenerator random,
      Entries entries,
      LinkActs acts) {
    this.link = new LinkContext(home, settings, clock, random, acts);
    this.desks = new Desks(link, entries);
    this.giveUp = new GiveUp(link, desks.originates);
    this.since = link.now();
    this.heardAt = since;
    link.metrics.state(state);
  }

  // ---- The journal

  /** What was written before; said once, before anything else. */
  void recovered(LinkBook book) {
    coreUuid = book.coreUuid();
    downSince = book.downSince();
    draining = book.draining();
    link.dead = book.dead();
    for (CarriedCall info : book.calls()) {
      OpenCall call = new OpenCall(info, link.now());
      call.written = true;
      // Most have been taken; one that has not answers the first StillUp with Unknown.
      call.taken = true;
      link.calls.put(info.call(), call);
      if (!call.isVirtual()) {
        link.add(info.leg(), info.call()).unproven = true;
      }
    }
    if (link.dead) {
      giveUp.recovered();
    }
  }

  void written(LinkEvent event) {
    if (event instanceof LinkEvent.Carried carried) {
      desks.adoption.written(carried.call().call());
    } else if (event instanceof LinkEvent.Dropped dropped) {
      desks.drops.written(dropped);
    } else if (event instanceof LinkEvent.DeclaredDead) {
      giveUp.written();
    }
  }

  // ---- The connection

  /** Connected and subscribed; orders are taken after the comparison. */
  void connected(String incarnation) {
    link.incarnation = incarnation;
    link.connectedAt = link.now();
    heardAt = link.connectedAt;
    pinged = false;
    comparedOwed = false;
    link.returning |= link.dead;
    become(LinkState.CONNECTING, "connected");
    desks.reconciler.start();
  }

  /** The connection is gone, or could not be made. */
  void disconnected(String why) {
    boolean hadOne = link.isConnected();
    link.incarnation = null;
    link.nothingSetUp();
    if (downSince == null) {
      downSince = link.now();
      link.acts.persist(new LinkEvent.WentDown(downSince));
    }
    desks.disconnected();
    link.legs.all().forEach(Leg::disconnected);
    become(LinkState.LOST, why);
    if (hadOne) {
      for (OpenCall call : link.calls.values()) {
        if (call.written) {
          link.tell(call.info.call(), new CallFact.LinkLost(link.home.id(), link.now()));
        }
      }
    }
  }

  private void coreIs(String core) {
    Instant now = link.now();
    if (coreUuid != null && !coreUuid.equals(core)) {
      LinkContext.log.warn("{}: started anew, all its legs are over", link.home);
      desks.reconciler.coreChanged();
    }
    if (downSince != null || !core.equals(coreUuid)) {
      link.acts.persist(new LinkEvent.SwitchSeen(core, now));
    }
    coreUuid = core;
    downSince = null;
    link.dead = false;
    desks.reconciler.compare();
  }

  private void compared() {
    if (state == LinkState.CONNECTING) {
      link.returning = false;
      become(draining ? LinkState.DRAINING : LinkState.READY, "compared with the switch");
      desks.questions.remindAll();
    }
  }

  private void become(LinkState next, String why) {
    if (state != next) {
      LinkContext.log.info("{}: {} -> {} ({})", link.home, state, next, why);
      state = next;
      since = link.now();
      link.metrics.state(next);
    }
  }

  // ---- What the switch says

  void happened(Happening happening) {
    heard();
    desks.events.take(happening, draining);
  }

  private void heard() {
    heardAt = link.now();
    pinged = false;
  }

  // ---- Replies

  void reply(Purpose purpose, boolean ok, String raw) {
    heard();
    take(purpose, ok, raw.strip());
  }

  /** Too much was unanswered already: it has not happened, and the switch has said nothing. */
  void notWritten(Purpose purpose, String why) {
    if (purpose instanceof Purpose.Compared) {
      comparedOwed = true;
    } else if (!desks.notWritten(purpose)) {
      take(purpose, false, why);
    }
  }

  private void take(Purpose purpose, boolean ok, String text) {
    if (purpose instanceof Purpose.WhichCore) {
      coreReply(ok, text);
    } else if (purpose instanceof Purpose.List) {
      listReply(ok, text);
    } else if (purpose instanceof Purpose.Compared) {
      compared();
    } else {
      desks.reply(purpose, ok, text);
    }
  }

  private void coreReply(boolean ok, String text) {
    if (ok && EventReader.leg(text).isPresent()) {
      coreIs(text);
    } else {
      link.acts.reconnect("it does not say its Core-UUID: " + text);
    }
  }

  private void listReply(boolean ok, String text) {
    if (!ok || !desks.reconciler.listed(text, draining)) {
      if (state == LinkState.CONNECTING) {
        link.acts.reconnect("its list of channels cannot be read");
      }
      return;
    }
    if (state == LinkState.CONNECTING) {
      askCompared();
    }
  }

  /** Replies come in order: with this one all questions about the list are answered. */
  private void askCompared() {
    comparedOwed = false;
    link.acts.api("global_getvar core_uuid", new Purpose.Compared());
  }

  /** No reply came in time on a living connection: those behind it would be late as well. */
  void noReply(Purpose purpose, String why) {
    link.acts.reconnect("no reply for " + purpose.getClass().getSimpleName() + ": " + why);
  }

  /** The outcome of the leg's originate did not come in its time. */
  void jobLost(LegId leg) {
    desks.originates.lost(leg);
  }

  // ---- Orders and questions

  void command(SwitchCommand command) {
    desks.command(command);
  }

  void drain(boolean on) {
    if (draining != on) {
      draining = on;
      link.acts.persist(new LinkEvent.DrainSet(on, link.now()));
      if (state == LinkState.READY || state == LinkState.DRAINING) {
        become(on ? LinkState.DRAINING : LinkState.READY, on ? "drained" : "resumed");
      }
    }
  }

  /** A node left the cluster: calls that woke elsewhere want to know. */
  void memberLeft() {
    desks.questions.remindAll();
  }

  LinkStatus status() {
    return new LinkStatus(
        link.home.id(),
        state,
        since,
        link.incarnation,
        coreUuid,
        link.legs.count(leg -> !leg.unproven && !leg.waiting),
        link.calls.size(),
        desks.originates.rate(),
        desks.originates.waitingCount(),
        link.legs.count(leg -> leg.jobPending));
  }

  List<CallId> callsOf(TenantId tenant) {
    return link.calls.keySet().stream().filter(id -> id.tenant().equals(tenant)).toList();
  }

  // ---- Time

  /** Ten times a second. */
  void tick() {
    Instant now = link.now();
    if (link.isConnected()) {
      desks.tick(now);
      if (comparedOwed) {
        askCompared();
      }
      watch(now);
    } else if (downSince != null
        && !link.dead
        && !now.isBefore(downSince.plus(link.settings.lostAfter()))) {
      LinkContext.log.error("{}: out of reach since {}, given up", link.home, downSince);
      giveUp.declare(now);
    }
    desks.adoption.tick(now, draining);
    desks.questions.tick(now);
    desks.drops.tick();
    link.metrics.calls(link.calls.size());
    link.metrics.rate(desks.originates.rate());
  }

  /** What pacing lets through by now; said often while {@link #isPacing()}. */
  void flush() {
    if (link.isConnected()) {
      desks.originates.flush();
    }
  }

  private void watch(Instant now) {
    Duration silent = Duration.between(heardAt, now);
    if (!pinged && silent.compareTo(link.settings.pingAfter()) > 0) {
      pinged = true;
      link.acts.api("status", new Purpose.Ping());
    }
  }

  boolean isPacing() {
    return link.isConnected() && desks.originates.isPacing();
  }

  void stopped() {
    link.nothingSetUp();
    link.metrics.stopped();
  }
}
