package tandem.persistence.media;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a switch's files on its node: stores what was recorded, brings what was uploaded, and
 * removes what need not be kept any longer. It keeps nothing that a look at the folder and the
 * catalogue would not tell it again.
 */
final class MediaKeeper extends AbstractBehavior<MediaKeeper.Command> {
  private static final Logger log = LoggerFactory.getLogger(MediaKeeper.class);

  /** What a keeper hears: only its own clock, and what came of its own work. */
  sealed interface Command {}

  private enum Tick implements Command {
    SCAN,
    SWEEP
  }

  private record Looked(List<Spool.Found> found, @Nullable Throwable failure) implements Command {}

  private record Taken(
      Spool.Due file, SpoolFolder.@Nullable Outcome outcome, @Nullable Throwable failure)
      implements Command {}

  private record Swept(int removed, @Nullable Throwable failure) implements Command {}

  private record Synced(int failures, @Nullable Throwable failure) implements Command {}

  private final MediaSettings settings;
  private final StoredMedia media;
  private final Clock clock;
  private final Spool spool;
  private final Optional<SpoolFolder> folder;
  private final Optional<SoundsFolder> sounds;
  private boolean looking;
  private boolean sweeping;
  private boolean syncing;

  private MediaKeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      MediaSettings settings,
      StoredMedia media,
      Clock clock) {
    super(context);
    this.settings = settings;
    this.media = media;
    this.clock = clock;
    this.spool = new Spool(settings.settledAfter());
    this.folder = settings.spool().map(path -> new SpoolFolder(path, settings, media));
    this.sounds = settings.sounds().map(path -> new SoundsFolder(path, media));
    timers.startTimerWithFixedDelay(Tick.SCAN, Duration.ZERO, settings.scanEvery());
    if (folder.isPresent()) {
      timers.startTimerWithFixedDelay(Tick.SWEEP, settings.scanEvery(), settings.sweepEvery());
    }
  }

  static Behavior<Command> create(MediaSettings settings, StoredMedia media, Clock clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new MediaKeeper(context, timers, settings, media, clock)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Tick.SCAN, this::onScan)
        .onMessageEquals(Tick.SWEEP, this::onSweep)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(Taken.class, this::onTaken)
        .onMessage(Swept.class, this::onSwept)
        .onMessage(Synced.class, this::onSynced)
        .build();
  }

  private Behavior<Command> onScan() {
    if (folder.isPresent() && !looking) {
      looking = true;
      getContext()
          .pipeToSelf(
              folder.get().look(),
              (found, failure) -> new Looked(failure == null ? found : List.of(), failure));
    }
    if (sounds.isPresent() && !syncing) {
      syncing = true;
      getContext()
          .pipeToSelf(
              sounds.get().sync(),
              (failures, failure) -> new Synced(failure == null ? failures : 0, failure));
    }
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    looking = false;
    if (looked.failure() != null) {
      MediaMetrics.failed(MediaMetrics.Work.LISTING);
      log.warn(
          "The spool {} cannot be looked into: {}",
          settings.spool().orElseThrow(),
          Stages.cause(looked.failure()).toString());
      return this;
    }
    Instant now = clock.instant();
    List<String> strangers = spool.look(looked.found(), now);
    if (!strangers.isEmpty()) {
      log.warn(
          "{} files in the spool are none of ours and stay there, {} first",
          strangers.size(),
          strangers.get(0));
    }
    MediaMetrics.spool(spool);
    take(now);
    return this;
  }

  private void take(Instant now) {
    for (Spool.Due file : spool.take(now, settings.atOnce())) {
      getContext()
          .pipeToSelf(
              folder.orElseThrow().take(file),
              (outcome, failure) -> new Taken(file, outcome, failure));
    }
  }

  private Behavior<Command> onTaken(Taken taken) {
    String name = taken.file().file().name();
    Instant now = clock.instant();
    if (taken.failure() != null || taken.outcome() == null) {
      MediaMetrics.failed(MediaMetrics.Work.SPOOL);
      Duration pause = spool.failed(name, now);
      log.warn(
          "{} cannot be stored; it stays in the spool and is tried again in {} s: {}",
          name,
          pause.toSeconds(),
          String.valueOf(taken.failure() == null ? null : Stages.cause(taken.failure())));
    } else {
      switch (taken.outcome()) {
        case STORED -> {
          MediaMetrics.stored(taken.file().name().kind());
          spool.done(name);
          log.info("Stored {}, {} bytes", name, taken.file().file().size());
        }
        case GONE -> spool.done(name);
        case NOT_YET -> spool.later(name, now);
      }
    }
    MediaMetrics.spool(spool);
    take(now);
    return this;
  }

  private Behavior<Command> onSweep() {
    if (!sweeping) {
      sweeping = true;
      getContext()
          .pipeToSelf(
              media
                  .catalogue()
                  .expire(
                      clock.instant(),
                      item -> media.delete(item).handle((done, failure) -> removed(item, failure))),
              (removed, failure) -> new Swept(failure == null ? removed : 0, failure));
    }
    return this;
  }

  /** One that cannot be removed does not keep the others from it. */
  private static boolean removed(MediaItem item, @Nullable Throwable failure) {
    if (failure == null) {
      return true;
    }
    MediaMetrics.failed(MediaMetrics.Work.EXPIRY);
    log.warn(
        "{} is to be removed and cannot be: {}", item.place(), Stages.cause(failure).toString());
    return false;
  }

  private Behavior<Command> onSwept(Swept swept) {
    sweeping = false;
    MediaMetrics.expired(swept.removed());
    if (swept.failure() != null) {
      MediaMetrics.failed(MediaMetrics.Work.EXPIRY);
      log.warn(
          "What is to be removed cannot be looked for: {}",
          Stages.cause(swept.failure()).toString());
    } else if (swept.removed() > 0) {
      log.info("Removed {} recordings and messages whose time was over", swept.removed());
    }
    return this;
  }

  private Behavior<Command> onSynced(Synced synced) {
    syncing = false;
    if (synced.failure() != null) {
      MediaMetrics.failed(MediaMetrics.Work.SOUNDS);
      log.warn(
          "The switch's sounds cannot be looked after: {}",
          Stages.cause(synced.failure()).toString());
    }
    for (int i = 0; i < synced.failures(); i++) {
      MediaMetrics.failed(MediaMetrics.Work.SOUNDS);
    }
    return this;
  }
}
