package tandem.edge.sim;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An extension's applications on one channel, one after the other, until the channel is parked or
 * gone, or taken elsewhere, with the events that a real switch was seen to send.
 */
final class DialplanRun {

  /** One application and what it is given. */
  record Step(String application, String data) {}

  private final SwitchCore core;
  private final Switch owner;
  private final SimChannel channel;
  private final ArrayDeque<Step> steps;
  private @Nullable Step current;
  private SimLoop.@Nullable Timer timer;
  private @Nullable SimChannel called;

  DialplanRun(SwitchCore core, Switch owner, SimChannel channel, List<Step> steps) {
    this.core = core;
    this.owner = owner;
    this.channel = channel;
    this.steps = new ArrayDeque<>(steps);
  }

  void start() {
    channel.run = this;
    next();
  }

  /** The channel is gone, or wanted elsewhere: ends the application under way. */
  void stop() {
    if (channel.run != this) {
      return;
    }
    channel.run = null;
    if (timer != null) {
      timer.cancel();
    }
    Step step = current;
    if (step != null && step.application.equals("record")) {
      owner.media().stopRecord(channel, step.data);
      completed(step);
    } else if (step != null && step.application.equals("bridge")) {
      SimChannel leg = called;
      if (leg != null && leg.bridge == null) {
        owner.hangups().hangup(leg, Causes.ORIGINATOR_CANCEL);
      }
      completed(step);
    }
  }

  private void next() {
    while (channel.run == this && !channel.hungUp()) {
      Step step = steps.poll();
      current = step;
      if (step == null) {
        channel.run = null;
        owner.hangups().hangup(channel, Causes.NORMAL_CLEARING);
      } else if (!atOnce(step)) {
        return;
      }
    }
  }

  /** Runs an application; whether it is over already. */
  private boolean atOnce(Step step) {
    if (step.application.equals("playback")) {
      owner.media().play(channel, step.data, this::next);
      return false;
    }
    core.events().execute(channel, step.application, step.data);
    switch (step.application) {
      case "set" -> {
        int equals = step.data.indexOf('=');
        channel.variables.put(step.data.substring(0, equals), step.data.substring(equals + 1));
      }
      case "answer" -> owner.arrivals().answer(channel);
      case "park" -> {
        channel.run = null;
        channel.parked = true;
        channel.parkExecuting = true;
        core.events().full(channel, "CHANNEL_PARK");
        return true;
      }
      case "record" -> {
        owner.media().record(channel, step.data);
        timer = core.loop().after(core.settings().timing().voicemail(), () -> recorded(step));
        return false;
      }
      case "bridge" -> {
        dial(step);
        return false;
      }
      case "hangup" -> {
        channel.run = null;
        owner.hangups().hangup(channel, Causes.named(step.data));
        return true;
      }
      default -> {
        // As the recorded switch does with an application that it does not have.
        channel.run = null;
        owner.hangups().hangup(channel, Causes.OUT_OF_ORDER);
        return true;
      }
    }
    completed(step);
    return true;
  }

  private void completed(Step step) {
    core.events().executed(channel, step.application, step.data, "_none_");
  }

  private void recorded(Step step) {
    owner.media().stopRecord(channel, step.data);
    completed(step);
    next();
  }

  private void dial(Step step) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(
        "origination_caller_id_number",
        channel.variables.getOrDefault("effective_caller_id_number", channel.callerNumber));
    String uuid = UUID.randomUUID().toString();
    variables.put("origination_uuid", uuid);
    owner
        .originator()
        .originate(
            Originate.dialled(
                step.data,
                variables,
                this::relayRinging,
                new ApiCall("originate", step.data, result -> dialled(step, uuid, result))));
    called = core.channels().locate(uuid);
  }

  /** Somebody who hears nothing yet hears that it rings. */
  private void relayRinging() {
    if (channel.run == this && !channel.hungUp()) {
      owner.arrivals().ring(channel);
    }
  }

  private void dialled(Step step, String uuid, String result) {
    SimChannel leg = core.channels().locate(uuid);
    if (channel.run != this || channel.hungUp()) {
      return;
    }
    if (leg != null && result.startsWith("+OK")) {
      owner.arrivals().answer(channel);
      owner.bridges().connect(channel, leg);
    } else {
      String cause = result.substring(result.indexOf(' ') + 1).trim();
      channel.run = null;
      completed(step);
      owner.hangups().hangup(channel, cause);
    }
  }
}
