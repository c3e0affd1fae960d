package tandem.edge.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single owner of channels that a bridge order has left behind: two orders for one partner before
 * either bridge was up, and one wins. The loser sits in CS_SOFT_EXECUTE without an event, does
 * nothing that it is told but to hang up, takes the partner in its next bridge, and after 20 s
 * tears it down with itself. Measured on FreeSWITCH 1.10.12.
 */
final class Lurkers {

  private static final Duration PATIENCE = Duration.ofMillis(19_800);

  private final SwitchCore core;
  private final Hangups hangups;
  private final BridgeEnds ends;
  private final Map<String, SimChannel> byPartner = new HashMap<>();

  Lurkers(SwitchCore core, Hangups hangups, BridgeEnds ends) {
    this.core = core;
    this.hangups = hangups;
    this.ends = ends;
  }

  static boolean lurks(SimChannel channel) {
    return channel.lurksFor != null;
  }

  /** It has lost: leaves park up to 20 ms later, and is not heard of again. */
  void add(SimChannel loser, SimChannel partner) {
    core.loop()
        .after(
            soon(),
            () -> {
              if (!loser.hungUp() && !partner.hungUp()) {
                ends.reset(loser);
                core.events().state(loser, ChannelState.CS_SOFT_EXECUTE);
                loser.lurksFor = partner;
                loser.bridge = null;
                byPartner.put(partner.uuid, loser);
                core.loop().after(PATIENCE, () -> tear(loser, partner));
              }
            });
  }

  private Duration soon() {
    return core.upTo(core.settings().timing().bridgeMax().dividedBy(3));
  }

  private void tear(SimChannel lurker, SimChannel partner) {
    if (lurker.lurksFor == partner && !lurker.hungUp() && !partner.hungUp()) {
      remove(lurker);
      hangups.hangup(partner, Causes.OUT_OF_ORDER);
      hangups.hangup(lurker, Causes.OUT_OF_ORDER);
    }
  }

  /** Who lurks for a channel, and no longer does. */
  @Nullable SimChannel take(SimChannel partner) {
    SimChannel lurker = byPartner.remove(partner.uuid);
    if (lurker == null || lurker.hungUp()) {
      return null;
    }
    lurker.lurksFor = null;
    return lurker;
  }

  private void remove(SimChannel lurker) {
    SimChannel partner = lurker.lurksFor;
    if (partner != null) {
      lurker.lurksFor = null;
      byPartner.remove(partner.uuid, lurker);
    }
  }

  /** A channel has hung up: who lurked for it comes back to park. */
  void forget(SimChannel channel) {
    remove(channel);
    SimChannel lurker = take(channel);
    if (lurker != null) {
      core.loop().after(soon(), () -> comeBack(lurker));
    }
  }

  private void comeBack(SimChannel lurker) {
    if (lurker.hungUp() || lurker.bridge != null) {
      return;
    }
    if (lurker.parksOnCancel()) {
      ends.park(lurker);
    } else {
      hangups.hangup(lurker, Causes.ORIGINATOR_CANCEL);
    }
  }
}
