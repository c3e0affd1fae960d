package tandem.edge.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Single owner of hang-ups planned by {@code sched_hangup}. They fire on whole seconds of the
 * clock, so up to a second early; a second order adds to the first; {@code sched_del} takes all of
 * a channel's back.
 */
final class Schedules {

  private record Task(int id, SimLoop.Timer timer, long runtime) {}

  private final SwitchCore core;
  private final BiConsumer<String, String> hangup;
  private final Map<String, List<Task>> tasks = new HashMap<>();
  private int lastId = 3;

  /**
   * @param hangup given (uuid, cause) when a task is due
   */
  Schedules(SwitchCore core, BiConsumer<String, String> hangup) {
    this.core = core;
    this.hangup = hangup;
  }

  void hangupIn(String uuid, long seconds, String cause) {
    long now = core.clock().micros();
    long runtime = now / 1_000_000 + seconds;
    int id = ++lastId;
    SimLoop.Timer timer =
        core.loop()
            .after(
                Duration.ofNanos(Math.max(0, runtime * 1_000_000 - now) * 1_000),
                () -> {
                  remove(uuid, id);
                  hangup.accept(uuid, cause);
                });
    tasks.computeIfAbsent(uuid, ignored -> new ArrayList<>()).add(new Task(id, timer, runtime));
    say("ADD_SCHEDULE", id, uuid, runtime);
  }

  /** Takes back everything planned for a channel; how many that were. */
  int delete(String uuid) {
    List<Task> planned = tasks.remove(uuid);
    if (planned == null) {
      return 0;
    }
    for (Task task : planned) {
      task.timer.cancel();
      say("DEL_SCHEDULE", task.id, uuid, task.runtime);
    }
    return planned.size();
  }

  /** The channel is gone, so are its tasks; the switch says nothing about that. */
  void forget(String uuid) {
    List<Task> planned = tasks.remove(uuid);
    if (planned != null) {
      planned.forEach(task -> task.timer.cancel());
    }
  }

  void clear() {
    tasks.clear();
  }

  private void remove(String uuid, int id) {
    List<Task> planned = tasks.get(uuid);
    if (planned != null) {
      planned.removeIf(task -> task.id == id);
      if (planned.isEmpty()) {
        tasks.remove(uuid);
      }
    }
  }

  private void say(String name, int id, String uuid, long runtime) {
    SimEvent event = core.bus().begin(name);
    if (event != null) {
      core.bus()
          .send(
              event
                  .add("Task-ID", Integer.toString(id))
                  .add("Task-Desc", "switch_ivr_schedule_hangup")
                  .add("Task-Group", uuid)
                  .add("Task-Runtime", Long.toString(runtime)));
    }
  }
}
