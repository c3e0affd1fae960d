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
  private final Questions questions;
  private final AdoptionDesk adoption;
  private final Trunk trunk;
  private final Greeter greeter;
  private final Originates originates;
  private final BridgeDesk bridges;
  private final Errands errands;
  private final Kills kills;
  private final Drops drops;
  private final GiveUp giveUp;
  private final Reconciler reconciler;
  private final EventDesk events;

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
    this.questions = new Questions(link);
    this.adoption = new AdoptionDesk(link, entries);
    this.trunk = new Trunk(acts);
    this.greeter = new Greeter(link, questions);
    this.originates = new Originates(link, questions, trunk);
    this.bridges = new BridgeDesk(link, questions, greeter);
    this.errands = new Errands(link, questions);
    this.kills = new Kills(link, questions, originates);
    this.drops = new Drops(link, questions);
    this.giveUp = new GiveUp(link, originates);
    this.reconciler = new Reconciler(link, questions, adoption);
    this.events = new EventDesk(link, questions, adoption, greeter, errands, originates, bridges);
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
      if (!call.isCallback()) {
        link.add(info.leg(), info.call()).unproven = true;
      }
    }
    if (link.dead) {
      giveUp.recovered();
    }
  }

  void written(LinkEvent event) {
    if (event instanceof LinkEvent.Carried carried) {
      adoption.written(carried.call().call());
    } else if (event instanceof LinkEvent.Dropped dropped) {
      drops.written(dropped);
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
    reconciler.start();
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
    originates.disconnected();
    trunk.disconnected();
    adoption.disconnected();
    questions.disconnected();
    reconciler.disconnected();
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
      reconciler.coreChanged();
    }
    if (downSince != null || !core.equals(coreUuid)) {
      link.acts.persist(new LinkEvent.SwitchSeen(core, now));
    }
    coreUuid = core;
    downSince = null;
    link.dead = false;
    reconciler.compare();
  }

  private void compared() {
    if (state == LinkState.CONNECTING) {
      link.returning = false;
      become(draining ? LinkState.DRAINING : LinkState.READY, "compared with the switch");
      questions.remindAll();
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
    events.take(happening, draining);
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
    if (purpose instanceof Purpose.Killing kill) {
      kills.notWritten(kill);
    } else if (purpose instanceof Purpose.Greeting step) {
      greeter.notWritten(step);
    } else if (purpose instanceof Purpose.Erranding step) {
      errands.notWritten(step);
    } else if (purpose instanceof Purpose.Partner partner) {
      reconciler.notAsked(partner.leg());
    } else if (purpose instanceof Purpose.WhichTrunk) {
      trunk.notAsked();
    } else if (purpose instanceof Purpose.Compared) {
      comparedOwed = true;
    } else {
      take(purpose, false, why);
    }
  }

  private void take(Purpose purpose, boolean ok, String text) {
    if (purpose instanceof Purpose.WhichCore) {
      coreReply(ok, text);
    } else if (purpose instanceof Purpose.WhichTrunk) {
      trunk.said(ok, text);
      originates.flush();
    } else if (purpose instanceof Purpose.List) {
      listReply(ok, text);
    } else if (purpose instanceof Purpose.Exists exists) {
      questions.existsReply(exists.leg(), text);
    } else if (purpose instanceof Purpose.Owner owner) {
      reconciler.owned(owner.row(), ok, text);
    } else if (purpose instanceof Purpose.Partner partner) {
      reconciler.partner(partner.leg(), ok, text);
    } else if (purpose instanceof Purpose.Greeting step) {
      greeter.stepDone(step, ok);
    } else if (purpose instanceof Purpose.Erranding step) {
      errands.stepDone(step, ok, text);
    } else if (purpose instanceof Purpose.Answering answering) {
      bridges.answerReply(answering.before(), ok, text);
    } else if (purpose instanceof Purpose.Ordering ordering) {
      originates.taken(ordering, ok);
    } else if (purpose instanceof Purpose.Bridging bridge) {
      bridges.reply(bridge, ok, text);
    } else if (purpose instanceof Purpose.Killing kill) {
      kills.reply(kill, ok, text);
    } else if (purpose instanceof Purpose.Parking park) {
      greeter.parkReply(park, ok);
    } else if (purpose instanceof Purpose.Compared) {
      compared();
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
    if (!ok || !reconciler.listed(text, draining)) {
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
    originates.lost(leg);
  }

  // ---- Orders and questions

  void command(SwitchCommand command) {
    if (command instanceof SwitchCommand.Taken taken) {
      adoption.taken(taken);
    } else if (command instanceof SwitchCommand.Unknown unknown) {
      adoption.unknown(unknown);
    } else if (command instanceof SwitchCommand.Greet greet) {
      greeter.greet(greet);
    } else if (command instanceof SwitchCommand.Originate originate) {
      originates.order(originate);
    } else if (command instanceof SwitchCommand.Dial dial) {
      originates.dial(dial);
    } else if (command instanceof SwitchCommand.CallBack callBack) {
      adoption.callBack(callBack);
    } else if (command instanceof SwitchCommand.Bridge bridge) {
      bridges.bridge(bridge);
    } else if (command instanceof SwitchCommand.Kill kill) {
      kills.kill(kill);
    } else if (command instanceof SwitchCommand.Repark repark) {
      greeter.repark(repark);
    } else if (command instanceof SwitchCommand.HandOver handOver) {
      errands.handOver(handOver);
    } else if (command instanceof SwitchCommand.Ask ask) {
      questions.ask(ask);
    } else if (command instanceof SwitchCommand.Drop drop) {
      drops.drop(drop.call());
    }
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
    questions.remindAll();
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
        originates.rate(),
        originates.waitingCount(),
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
      originates.flush();
      kills.tick(now);
      greeter.tick(now);
      reconciler.tick(now);
      trunk.tick();
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
    adoption.tick(now, draining);
    questions.tick(now);
    drops.tick();
    link.metrics.calls(link.calls.size());
    link.metrics.rate(originates.rate());
  }

  /** What pacing lets through by now; said often while {@link #isPacing()}. */
  void flush() {
    if (link.isConnected()) {
      originates.flush();
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
    return link.isConnected() && originates.isPacing();
  }

  void stopped() {
    link.nothingSetUp();
    link.metrics.stopped();
  }
}
