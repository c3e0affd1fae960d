package tandem.edge.sim;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who hears whom, by bridges, conferences, supervisors and mutes: the truth, whoever asks. */
final class Hearing {

  private final Eavesdrops eavesdrops;

  Hearing(Eavesdrops eavesdrops) {
    this.eavesdrops = eavesdrops;
  }

  /** The channels whose voices a channel hears now. */
  Set<SimChannel> heardBy(SimChannel ear) {
    Set<SimChannel> voices = new LinkedHashSet<>();
    if (ear.hungUp() || ear.writeMuted) {
      return voices;
    }
    voices.addAll(together(ear));
    supervisors(ear, voices);
    for (Applications.Running running : ear.applications) {
      if (running.application() instanceof Eavesdrop eavesdrop) {
        SimChannel target = eavesdrop.target();
        if (target != null) {
          voices.add(target);
          voices.addAll(together(target));
        }
      }
    }
    voices.remove(ear);
    voices.removeIf(voice -> voice.readMuted || voice.hungUp());
    return voices;
  }

  /** Whom a channel shares a bridge or a conference with, and can hear there. */
  private static List<SimChannel> together(SimChannel channel) {
    Bridge bridge = channel.bridge;
    if (bridge != null && bridge.phase == Bridge.Phase.UP) {
      return List.of(bridge.partnerOf(channel));
    }
    ConferenceMember member = channel.member;
    ConferenceRoom room = member == null ? null : member.room();
    if (member == null || room == null || member.deaf()) {
      return List.of();
    }
    return room.members.stream()
        .filter(other -> other != member && !other.muted())
        .map(ConferenceMember::channel)
        .toList();
  }

  private static boolean hasSound(SimChannel channel) {
    SimChannel.Playback playback = channel.playbacks.peek();
    return !together(channel).isEmpty()
        || channel.member != null
        || (playback != null && playback.started);
  }

  private void supervisors(SimChannel ear, Set<SimChannel> voices) {
    for (Eavesdrop eavesdrop : eavesdrops.on(ear)) {
      // To a leg that gets no sound at all a whisper is not sent either.
      if (eavesdrop.toTarget() && hasSound(ear)) {
        voices.add(eavesdrop.supervisor());
      }
    }
    for (SimChannel partner : together(ear)) {
      for (Eavesdrop eavesdrop : eavesdrops.on(partner)) {
        if (eavesdrop.toPartner()) {
          voices.add(eavesdrop.supervisor());
        }
      }
    }
  }
}
