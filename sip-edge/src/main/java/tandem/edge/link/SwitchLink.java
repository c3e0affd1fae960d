package tandem.edge.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tandem.cluster.LivenessGate;
import tandem.edge.esl.EslClient;
import tandem.edge.esl.EslConnection;
import tandem.edge.esl.EslException;
import tandem.edge.esl.EslJob;
import tandem.edge.esl.EslReply;
import tandem.edge.esl.EslSettings;
import tandem.edge.esl.EslSignal;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.LinkMessage;
import tandem.router.edge.LinkQuery;
import tandem.router.edge.LinkQuery.LinkStatus;
import tandem.router.edge.SwitchCommand;

/**
 * One switch's link as an actor: runs {@link LinkLogic} with a real connection, journal and clock.
 * Decides nothing. Takes {@link LinkMessage}s; what else it hears comes from its own children. When
 * one of these stops, so does the link: it is remembered, and sharding starts it anew.
 */
public final class SwitchLink extends AbstractBehavior<Object> {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PACING_TICK = Duration.ofMillis(10);
  private static final int STASH = 100_000;

  /**
   * What a link needs of its node.
   *
   * @param esl of the switch's connection
   * @param tellCall delivers a fact
   */
  record Parts(
      SwitchSettings home,
      LinkSettings settings,
      EslSettings esl,
      Entries entries,
      BiConsumer<CallId, CallFact> tellCall,
      LivenessGate gate,
      Nudger nudger,
      InstantSource clock) {}

  private enum Tick {
    REGULAR,
    PACING
  }

  private record FromSwitch(EslSignal signal, Runnable taken) {}

  private record Replied(
      EslConnection of, Purpose purpose, @Nullable EslReply reply, @Nullable Throwable failure) {}

  /** The outcome of an originate did not come in its time. */
  private record JobLost(EslConnection of, LegId leg) {}

  private final Parts parts;
  private final TimerScheduler<Object> timers;
  private final StashBuffer<Object> early;
  private final EventReader reader = new EventReader();
  private final LinkLogic logic;
  private final ActorRef<LinkJournal.Write> journal;

  private boolean recovered;
  private final List<LinkEvent> toWrite = new ArrayList<>();
  private List<LinkEvent> beingWritten = List.of();
  private @Nullable EslConnection connection;
  private Nudger.@Nullable Nudging nudging;

  private SwitchLink(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      StashBuffer<Object> early,
      Parts parts) {
    super(context);
    this.parts = parts;
    this.timers = timers;
    this.early = early;
    this.logic =
        new LinkLogic(
            parts.home(),
            parts.settings(),
            parts.clock(),
            new Random(),
            parts.entries(),
            new Acts());
    this.journal =
        context.spawn(
            LinkJournal.create(
                parts.home().id(),
                context.getSelf().narrow(),
                parts.gate(),
                parts.settings().snapshotEvery()),
            "journal");
    // Without its journal or its connection a link would look alive and do nothing: with either of
    // them it stops, unhandled, and sharding starts it anew.
    context.watch(journal);
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(context.getSelf().narrow(), MemberRemoved.class));
  }

  static Behavior<LinkMessage> create(Parts parts) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers ->
                        Behaviors.withStash(
                            STASH, early -> new SwitchLink(context, timers, early, parts))))
        .narrow();
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(LinkJournal.Recovered.class, this::onRecovered)
        .onMessage(Object.class, message -> !recovered, this::onEarly)
        .onMessage(SwitchCommand.class, command -> then(() -> logic.command(command)))
        .onMessage(Replied.class, this::onReplied)
        .onMessage(JobLost.class, this::onJobLost)
        .onMessage(FromSwitch.class, this::onFromSwitch)
        .onMessage(LinkJournal.Written.class, this::onWritten)
        .onMessage(Tick.class, this::onTick)
        .onMessage(LinkQuery.class, this::onQuery)
        .onMessage(MemberRemoved.class, removed -> then(logic::memberLeft))
        .onSignal(PostStop.class, stop -> onStop())
        .build();
  }

  private Behavior<Object> onEarly(Object message) {
    if (early.isFull()) {
      getContext().getLog().warn("{}: dropped a message before recovery", parts.home());
    } else {
      early.stash(message);
    }
    return this;
  }

  /** Says who the link is, then lets it act; after a failed write it is said again. */
  private Behavior<Object> onRecovered(LinkJournal.Recovered journalSays) {
    if (recovered) {
      write(beingWritten);
      return this;
    }
    recovered = true;
    logic.recovered(journalSays.book());
    ActorRef<Object> self = getContext().getSelf();
    getContext()
        .watch(
            getContext()
                .spawn(
                    EslClient.create(
                        parts.esl(),
                        (signal, taken) -> self.tell(new FromSwitch(signal, taken)),
                        new Random()),
                    "esl"));
    timers.startTimerWithFixedDelay(Tick.REGULAR, TICK);
    return early.unstashAll(this);
  }

  private Behavior<Object> onFromSwitch(FromSwitch from) {
    then(() -> onSignal(from.signal()));
    from.taken().run();
    return this;
  }

  private void onSignal(EslSignal signal) {
    if (signal instanceof EslSignal.Ready ready) {
      connection = ready.connection();
      reader.startOver();
      logic.connected(UUID.randomUUID().toString());
    } else if (signal instanceof EslSignal.EventArrived arrived) {
      reader.read(arrived.event()).ifPresent(logic::happened);
    } else if (signal instanceof EslSignal.Closed closed) {
      connection = null;
      logic.disconnected(closed.reason().text());
    }
  }

  private Behavior<Object> onReplied(Replied replied) {
    if (replied.of() != connection) {
      return this;
    }
    return then(
        () -> {
          EslReply reply = replied.reply();
          Throwable failure = replied.failure();
          if (reply != null) {
            logic.reply(replied.purpose(), reply.ok(), reply.text());
          } else if (failure instanceof EslException.Overloaded) {
            logic.notWritten(replied.purpose(), failure.toString());
          } else if (!(failure instanceof EslException.Closed)) {
            logic.noReply(replied.purpose(), String.valueOf(failure));
          }
        });
  }

  private Behavior<Object> onJobLost(JobLost lost) {
    return lost.of() == connection ? then(() -> logic.jobLost(lost.leg())) : this;
  }

  private Behavior<Object> onTick(Tick tick) {
    parts.gate().check();
    return then(tick == Tick.PACING ? logic::flush : logic::tick);
  }

  private Behavior<Object> onWritten(LinkJournal.Written written) {
    beingWritten = List.of();
    return then(() -> written.events().forEach(logic::written));
  }

  private Behavior<Object> onQuery(LinkQuery query) {
    if (query instanceof LinkQuery.GetStatus get) {
      get.replyTo().tell(logic.status());
    } else if (query instanceof LinkQuery.ListCalls list) {
      list.replyTo().tell(new LinkQuery.LinkCalls(parts.home().id(), logic.callsOf(list.tenant())));
    } else if (query instanceof LinkQuery.Drain drain) {
      drain(true, drain.replyTo());
    } else if (query instanceof LinkQuery.Resume resume) {
      drain(false, resume.replyTo());
    }
    return this;
  }

  private void drain(boolean on, ActorRef<LinkStatus> replyTo) {
    then(() -> logic.drain(on));
    replyTo.tell(logic.status());
  }

  /** Runs a piece of logic, then writes what it gave to write. */
  private Behavior<Object> then(Runnable turn) {
    turn.run();
    if (beingWritten.isEmpty() && !toWrite.isEmpty()) {
      List<LinkEvent> batch = List.copyOf(toWrite);
      toWrite.clear();
      write(batch);
    }
    if (logic.isPacing() && !timers.isTimerActive(Tick.PACING)) {
      timers.startSingleTimer(Tick.PACING, PACING_TICK);
    }
    return this;
  }

  private void write(List<LinkEvent> batch) {
    beingWritten = batch;
    if (!batch.isEmpty()) {
      journal.tell(new LinkJournal.Write(batch));
    }
  }

  private Behavior<Object> onStop() {
    logic.stopped();
    return this;
  }

  /** Carries out what the logic decides. */
  private final class Acts implements LinkActs {
    @Override
    public void api(String command, Purpose purpose) {
      EslConnection now = connection;
      if (now != null) {
        parts.gate().check();
        replyTo(now, purpose, now.api(command));
      }
    }

    @Override
    public void originate(LegId leg, String command, Duration patience, Purpose purpose) {
      EslConnection now = connection;
      if (now != null) {
        parts.gate().check();
        EslJob job = now.bgapi(leg.value(), command, patience);
        replyTo(now, purpose, job.accepted());
        // The outcome is read from the event BACKGROUND_JOB, which also tells of others' jobs; here
        // it matters only that none came.
        ActorRef<Object> self = getContext().getSelf();
        var unused =
            job.result()
                .whenComplete(
                    (result, failure) -> {
                      if (failure instanceof EslException.TimedOut) {
                        self.tell(new JobLost(now, leg));
                      }
                    });
      }
    }

    private void replyTo(EslConnection of, Purpose purpose, CompletionStage<EslReply> coming) {
      ActorRef<Object> self = getContext().getSelf();
      var unused =
          coming.whenComplete(
              (reply, failure) -> self.tell(new Replied(of, purpose, reply, failure)));
    }

    @Override
    public void tell(CallId call, CallFact fact) {
      parts.tellCall().accept(call, fact);
    }

    @Override
    public void persist(LinkEvent event) {
      toWrite.add(event);
    }

    @Override
    public void reconnect(String why) {
      EslConnection now = connection;
      if (now != null) {
        getContext().getLog().warn("{}: giving the connection up: {}", parts.home(), why);
        now.close();
      }
    }

    @Override
    public void nudge(boolean on) {
      if (nudging != null) {
        nudging.close();
        nudging = null;
      }
      EslConnection now = connection;
      if (on && now != null) {
        nudging = parts.nudger().start(now::nudge);
      }
    }
  }
}
