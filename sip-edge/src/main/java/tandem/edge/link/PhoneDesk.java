package tandem.edge.link;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.domain.Prompt;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.Sound;

/**
 * Small things that are done once with a leg and that nobody waits for: digits, picking up, and
 * what is said to those who wait. An order that comes too late, or for a leg that is not as it
 * thinks, is dropped.
 */
final class PhoneDesk {
  private static final Pattern DIGITS = Pattern.compile("[0-9A-D*#]{1,64}");

  private final LinkContext link;
  private final Questions questions;

  /** What is said once the music can be ended that has been ordered and has not begun. */
  private final Map<LegId, SwitchCommand.Say> later = new HashMap<>();

  PhoneDesk(LinkContext link, Questions questions) {
    this.link = link;
    this.questions = questions;
  }

  void sendDigits(SwitchCommand.SendDigits order) {
    Leg leg = leg(order.call(), order.leg(), order.notAfter(), order.incarnation());
    if (leg == null || !leg.answered || !DIGITS.matcher(order.digits()).matches()) {
      LinkContext.log.debug("{}: dropped digits {} for {}", link.home, order.order(), order.leg());
    } else if (leg.firstTime(order.order())) {
      link.acts.api("uuid_send_dtmf " + leg.id + " " + order.digits(), new Purpose.Unwatched());
    }
  }

  void pickUp(SwitchCommand.PickUpPhone order) {
    Leg leg = leg(order.call(), order.leg(), order.notAfter(), order.incarnation());
    if (leg != null && leg.ordered && !leg.answered && leg.seen) {
      link.acts.api("uuid_phone_event " + leg.id + " talk", new Purpose.Unwatched());
    }
  }

  /** Over music alone: what was begun is ended, and the music waits behind what is said. */
  void say(SwitchCommand.Say order) {
    Leg leg = leg(order.call(), order.leg(), order.notAfter(), order.incarnation());
    if (leg == null || order.number() <= leg.said) {
      return;
    }
    if (isWaiting(leg) && !link.hasBegun(leg)) {
      later.put(leg.id, order);
      return;
    }
    boolean otherMusic = takesMusic(order);
    Prompts prompts = Prompts.of(order.call().tenant(), "prompts", order.prompts());
    if (prompts.list() == null) {
      LinkContext.log.warn("{}: nothing is said to {}: {}", link.home, leg.id, prompts.wrong());
    } else if (isWaiting(leg) && !order.prompts().isEmpty()) {
      leg.said = order.number();
      leg.playedAt = link.now();
      link.acts.api("uuid_break " + leg.id + " all", new Purpose.Unwatched());
      play(leg, order, prompts);
    } else if (isWaiting(leg) && otherMusic) {
      leg.said = order.number();
      leg.playedAt = link.now();
      link.acts.api("uuid_break " + leg.id + " all", new Purpose.Unwatched());
      link.acts.api(
          "uuid_broadcast " + leg.id + " playback::" + link.musicOf(leg) + " aleg",
          new Purpose.Sounding(leg.id));
    }
  }

  void tick() {
    List<SwitchCommand.Say> due = List.copyOf(later.values());
    later.clear();
    due.forEach(this::say);
  }

  void disconnected() {
    later.clear();
  }

  /** Whether the call's people hear other music from now on. */
  private boolean takesMusic(SwitchCommand.Say order) {
    OpenCall call = link.calls.get(order.call());
    String music = order.music();
    if (call == null || Objects.equals(call.music, music)) {
      return false;
    } else if (music != null && !Prompts.isMusic(order.call().tenant(), music)) {
      LinkContext.log.warn("{}: no music: {}", link.home, EventReader.printable(music));
      return false;
    }
    call.music = music;
    return true;
  }

  /**
   * Files and the music are one thing to play, which a bridge ends. Speech cannot be part of that:
   * the music waits behind it, and is to be dropped before a bridge.
   */
  private void play(Leg leg, SwitchCommand.Say order, Prompts prompts) {
    if (order.prompts().stream().allMatch(Prompt.File.class::isInstance)) {
      link.acts.api(
          "uuid_broadcast "
              + leg.id
              + " 'playback::file_string://"
              + prompts.list()
              + Prompts.DELIMITER
              + link.musicOf(leg)
              + "' aleg",
          new Purpose.Sounding(leg.id));
    } else {
      leg.queued = true;
      link.acts.api(
          "uuid_setvar_multi "
              + leg.id
              + " playback_delimiter="
              + Prompts.DELIMITER
              + ";language="
              + prompts.language(),
          new Purpose.Unwatched());
      link.acts.api(
          "uuid_broadcast " + leg.id + " 'playback::" + prompts.list() + "' aleg",
          new Purpose.Unwatched());
      link.acts.api(
          "uuid_broadcast " + leg.id + " playback::" + link.musicOf(leg) + " aleg",
          new Purpose.Sounding(leg.id));
    }
  }

  private static boolean isWaiting(Leg leg) {
    return leg.parked
        && !leg.bridging
        && !leg.isAway()
        && leg.sound == Sound.MUSIC
        && leg.seat.move == null;
  }

  private @Nullable Leg leg(CallId call, LegId id, Instant notAfter, String incarnation) {
    Leg leg = link.legs.get(id);
    if (!link.isCurrent(incarnation)) {
      questions.sayHowItStands(call);
    } else if (leg == null) {
      questions.missing(call, id);
    } else if (leg.killCause == null && !notAfter.isBefore(link.now())) {
      return leg;
    }
    return null;
  }
}
