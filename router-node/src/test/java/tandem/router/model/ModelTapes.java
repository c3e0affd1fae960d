package tandem.router.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tandem.router.domain.CallId;
import tandem.router.domain.LegId;
import tandem.router.edge.CallFact;
import tandem.router.edge.SwitchCommand;
import tandem.router.edge.SwitchCommand.TapeMode;
import tandem.router.model.ModelSwitch.Channel;

/** The recordings that run on the switch. */
final class ModelTapes {
  private record Running(CallId call, LegId leg, TapeMode mode, int version) {}

  private final ModelWorld world;
  private final ModelLink link;
  private final Map<String, Running> running = new LinkedHashMap<>();

  ModelTapes(ModelWorld world, ModelLink link) {
    this.world = world;
    this.link = link;
  }

  void take(SwitchCommand.Tape order) {
    Running now = running.get(order.recording());
    if (!world.freeSwitch.channels.containsKey(order.leg())) {
      link.missing(order.call(), order.leg());
      return;
    } else if (now != null && order.version() < now.version()) {
      return;
    } else if (world.faults.switchFault(0.1)) {
      link.fact(
          order.call(),
          new CallFact.TapeRefused(
              order.recording(), order.version(), "-ERR full", world.clock.now()));
      return;
    }
    running.put(
        order.recording(), new Running(order.call(), order.leg(), order.mode(), order.version()));
    link.fact(
        order.call(),
        new CallFact.Taped(order.recording(), order.mode(), order.version(), world.clock.now()));
    if (order.mode() == TapeMode.STOPPED) {
      over(order.recording(), order.call());
    }
  }

  private void over(String recording, CallId call) {
    if (link.up) {
      link.fact(call, new CallFact.TapeEnded(recording, Duration.ofSeconds(1), world.clock.now()));
    }
  }

  void gone(Channel channel) {
    for (Map.Entry<String, Running> one : List.copyOf(running.entrySet())) {
      if (one.getValue().leg().equals(channel.id)) {
        running.remove(one.getKey());
        if (one.getValue().mode() != TapeMode.STOPPED) {
          over(one.getKey(), channel.call);
        }
      }
    }
  }

  /** How the recording is; null when there is none. */
  TapeMode mode(String recording) {
    Running now = running.get(recording);
    return now == null ? null : now.mode();
  }
}
