package tandem.edge.sim;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the applications that take their time, one inside the other where a client orders it so,
 * and says their EXECUTE and EXECUTE_COMPLETE.
 */
final class Applications {

  /** One application on one channel. */
  static final class Running {
    private final String name;
    private final String data;
    private final Runnable after;
    private @Nullable Application application;

    private Running(String name, String data, Runnable after) {
      this.name = name;
      this.data = data;
      this.after = after;
    }

    @Nullable Application application() {
      return application;
    }
  }

  private static final Set<String> NAMES =
      Set.of(
          "conference",
          "eavesdrop",
          "play_and_get_digits",
          "record",
          "say",
          "speak",
          "sleep",
          "endless_playback");

  private final SwitchCore core;
  private final Switch owner;

  Applications(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
  }

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  /**
   * @param after runs when it ends by itself, not when it is stopped
   */
  void start(SimChannel channel, String name, String data, Runnable after) {
    core.events().execute(channel, name, data);
    Running running = new Running(name, data, after);
    Application made = make(channel, name, data, () -> over(channel, running));
    running.application = made;
    channel.applications.push(running);
    made.begin();
  }

  private Application make(SimChannel channel, String name, String data, Runnable over) {
    return switch (name) {
      case "conference" -> new ConferenceMember(core, owner, channel, data, over);
      case "eavesdrop" -> new Eavesdrop(core, owner.eavesdrops(), channel, data, over);
      case "play_and_get_digits" -> new DigitPrompt(core, channel, data, over);
      case "record" -> new RecordApplication(core, owner.tapes(), channel, data, over);
      case "endless_playback" -> new FilePrompt(core, channel, data, true, over);
      default -> new Pause(core, name, data, over);
    };
  }

  private void over(SimChannel channel, Running running) {
    if (channel.applications.remove(running)) {
      core.events().executed(channel, running.name, running.data, "_none_");
      running.after.run();
    }
  }

  /** Ends what runs on a channel, the innermost first. */
  void stop(SimChannel channel) {
    for (Running running = channel.applications.poll();
        running != null;
        running = channel.applications.poll()) {
      Application application = running.application;
      if (application != null) {
        application.stop();
      }
      core.events().executed(channel, running.name, running.data, "_none_");
    }
  }
}
