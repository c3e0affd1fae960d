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
  private final ArrayDeque<String> targets = new ArrayDeque<>();
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
    Step step = current;
    if (step != null && step.application.equals("bridge")) {
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
      } else {
        Step expanded =
            new Step(step.application, owner.dialplan().xml().expand(step.data, channel));
        current = expanded;
        if (!atOnce(expanded)) {
          return;
        }
      }
    }
  }

  /** Runs an application; whether it is over already. */
  private boolean atOnce(Step step) {
    if (step.application.equals("playback")) {
      owner.media().play(channel, step.data, this::next);
      return false;
    }
    if (Applications.has(step.application)) {
      owner.applications().start(channel, step.application, step.data, this::next);
      return false;
    }
    core.events().execute(channel, step.application, step.data);
    switch (step.application) {
      case "set", "export" -> set(channel, step.data);
      case "unset" -> channel.variables.remove(step.data);
      case "multiset" -> multiset(step.data);
      case "answer" -> owner.arrivals().answer(channel);
      case "pre_answer" -> owner.media().early(channel);
      case "sched_hangup" -> schedule(step.data);
      case "log" -> {
        // Nobody reads the simulator's log for it.
      }
      case "park" -> {
        channel.run = null;
        channel.parked = true;
        channel.parkExecuting = true;
        core.events().full(channel, "CHANNEL_PARK");
        return true;
      }
      case "bridge" -> {
        targets.clear();
        targets.addAll(List.of(step.data.split("\\|", -1)));
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

  /** {@code name=value}; without a value the variable goes. */
  static void set(SimChannel channel, String data) {
    int equals = data.indexOf('=');
    String name = equals < 0 ? data : data.substring(0, equals);
    String value = equals < 0 ? "" : data.substring(equals + 1);
    if (value.isEmpty() || value.equals("_undef_")) {
      channel.variables.remove(name);
    } else {
      channel.variables.put(name, value);
    }
  }

  /** {@code a=1 b=2}, or with another separator {@code ^^;a=1;b=2}. */
  private void multiset(String data) {
    boolean named = data.length() > 3 && data.startsWith("^^");
    String separator = named ? data.substring(2, 3) : " ";
    for (String pair :
        (named ? data.substring(3) : data).split(java.util.regex.Pattern.quote(separator), -1)) {
      if (!pair.isEmpty()) {
        set(channel, pair);
      }
    }
  }

  private void schedule(String data) {
    String[] words = data.trim().split(" +", 2);
    String seconds = words[0].startsWith("+") ? words[0].substring(1) : words[0];
    if (seconds.matches("[0-9]{1,6}")) {
      owner
          .schedules()
          .hangupIn(
              channel.uuid,
              Long.parseLong(seconds),
              words.length > 1 ? words[1] : "ALLOTTED_TIMEOUT");
    }
  }

  private void completed(Step step) {
    core.events().executed(channel, step.application, step.data, "_none_");
  }

  private void dial(Step step) {
    String target = targets.poll();
    if (target == null) {
      return;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(
        "origination_caller_id_number",
        channel.variables.getOrDefault("effective_caller_id_number", channel.callerNumber));
    String limit = channel.variables.get("call_timeout");
    if (limit != null) {
      variables.put("originate_timeout", limit);
    }
    String dialled = Originate.localVariables(target, variables);
    String uuid = UUID.randomUUID().toString();
    variables.put("origination_uuid", uuid);
    owner
        .originator()
        .originate(
            Originate.dialled(
                dialled,
                variables,
                this::relayRinging,
                new ApiCall("originate", dialled, result -> dialled(step, uuid, result))));
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
      return;
    }
    String cause = result.substring(result.indexOf(' ') + 1).trim();
    channel.variables.put("originate_disposition", cause);
    if (!targets.isEmpty()) {
      dial(step);
      return;
    }
    completed(step);
    String goOn = channel.variables.getOrDefault("continue_on_fail", "false");
    if (goOn.equals("true") || List.of(goOn.split(",", -1)).contains(cause)) {
      // Never from inside the answer to this application's own order.
      core.loop().after(java.time.Duration.ZERO, this::next);
    } else {
      channel.run = null;
      owner.hangups().hangup(channel, cause);
    }
  }
}
