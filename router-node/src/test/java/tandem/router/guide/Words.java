package tandem.router.guide;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.stream.Collectors;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.QueueNames;

/** How the guide writes things. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds > 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static String queue(String name) {
    return QueueNames.agentOf(name)
        .map(agent -> "agent " + agent)
        .or(() -> QueueNames.groupOf(name).map(group -> "group " + group))
        .orElse("queue " + name);
  }

  static String of(Action action) {
    if (action instanceof Action.Wait wait) {
      return wait.queues().stream().map(Words::queue).collect(Collectors.joining(" + "));
    } else if (action instanceof Action.Park park) {
      return "park " + park.lot() + " for " + of(park.timeout()) + ", then " + of(park.then());
    } else if (action instanceof Action.Callback callback) {
      return "callback" + callback(callback);
    } else if (action instanceof Action.Voicemail voicemail) {
      return "voicemail " + voicemail.box();
    } else if (action instanceof Action.Announce announce) {
      return "announce " + announce.file();
    } else if (action instanceof Action.HangUp end) {
      return "hangup " + end.cause();
    } else if (action instanceof Action.Transfer transfer) {
      return "transfer " + transfer.to();
    } else if (action instanceof Action.GoTo go) {
      return "flow " + go.flow();
    } else if (action instanceof Action.Interact interact) {
      return "ivr " + interact.ivr();
    }
    return "set " + ((Action.SetAttributes) action).attributes().values();
  }

  private static String callback(Action.Callback callback) {
    return callback.queues().isEmpty()
        ? ""
        : " in " + callback.queues().stream().map(Words::queue).collect(Collectors.joining(" + "));
  }

  /** {@code 2026-11-20 10:00} on a zone's clock, or with an offset behind it. */
  static Instant time(String text, ZoneId zone) {
    String iso = text.replace(' ', 'T');
    return iso.matches(".*T.*([+-][0-9:]+|Z)$")
        ? OffsetDateTime.parse(iso).toInstant()
        : ZonedDateTime.of(LocalDateTime.parse(iso), zone).toInstant();
  }

  static String time(Instant at, ZoneId zone) {
    return LocalDateTime.ofInstant(at, zone).toString().replace('T', ' ');
  }
}
