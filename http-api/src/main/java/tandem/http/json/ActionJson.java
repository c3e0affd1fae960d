package tandem.http.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Change;
import tandem.router.domain.plan.QueueNames;

/**
 * An action of a plan in the plan's own words: what stands under {@code do}. What has the value it
 * has when nothing is written is left out, save a wait's priority and how often and when somebody
 * is called back.
 */
public final class ActionJson {
  private ActionJson() {}

  public static Map<String, Object> of(Action action) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (action instanceof Action.Wait wait) {
      waiting(wait, json);
    } else if (action instanceof Action.Park park) {
      json.put("park", park.lot());
      json.put("timeout", park.timeout());
      json.put("then", of(park.then()));
    } else if (action instanceof Action.Callback callback) {
      json.put("callback", callback(callback));
    } else if (action instanceof Action.Voicemail voicemail) {
      json.put("voicemail", voicemail.box());
    } else if (action instanceof Action.Announce announce) {
      json.put("announce", announce.file());
    } else if (action instanceof Action.HangUp hangUp) {
      json.put("hangup", hangUp.cause());
    } else if (action instanceof Action.Transfer transfer) {
      json.put("transfer", transfer.to().value());
    } else if (action instanceof Action.GoTo next) {
      json.put("flow", next.flow());
    } else if (action instanceof Action.Interact interact) {
      json.put("ivr", interact.ivr());
    } else if (action instanceof Action.SetAttributes set) {
      json.put("set", set.attributes().values());
    } else {
      throw new IllegalArgumentException("unknown action " + action.getClass().getSimpleName());
    }
    return json;
  }

  private static Map<String, Object> callback(Action.Callback callback) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!callback.queues().isEmpty()) {
      where(callback.queues(), json);
    }
    json.put("within", callback.within());
    json.put("attempts", callback.attempts());
    json.put("retryAfter", callback.every());
    json.put("ring", callback.ring());
    if (!callback.countries().isEmpty()) {
      json.put("countries", callback.countries());
    }
    if (callback.otherwise() != null) {
      json.put("otherwise", of(callback.otherwise()));
    }
    return json;
  }

  private static void waiting(Action.Wait wait, Map<String, Object> json) {
    where(wait.queues(), json);
    json.put("priority", wait.priority());
    if (!wait.boosts().isEmpty()) {
      json.put("boosts", wait.boosts());
    }
    if (!wait.wants().require().isEmpty()) {
      json.put("require", wait.wants().require());
    }
    if (!wait.wants().prefer().isEmpty()) {
      json.put("prefer", wait.wants().prefer());
    }
    if (!wait.wants().call().isEmpty()) {
      json.put("call", wait.wants().call());
    }
    if (!wait.steps().isEmpty()) {
      json.put("steps", wait.steps().stream().map(ActionJson::step).toList());
    }
    json.put("answer", Words.of(wait.answer()));
  }

  /** The queues of an agent and of a group are called by whom they are for. */
  private static void where(List<String> queues, Map<String, Object> json) {
    if (queues.size() > 1) {
      json.put("queue", queues);
      return;
    }
    String queue = queues.get(0);
    Optional<String> agent = QueueNames.agentOf(queue);
    Optional<String> group = QueueNames.groupOf(queue);
    if (agent.isPresent()) {
      json.put("agent", agent.get());
    } else if (group.isPresent()) {
      json.put("group", group.get());
    } else {
      json.put("queue", queue);
    }
  }

  /** A step in the plan's own words: when, and what it changes. */
  static Map<String, Object> step(Action.Step step) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (step.after() != null) {
      json.put("after", step.after());
    }
    if (step.unanswered() != null) {
      json.put("unanswered", step.unanswered());
    }
    step.changes().forEach(change -> change(change, json));
    return json;
  }

  private static void change(Change change, Map<String, Object> json) {
    if (change instanceof Change.Require require) {
      json.put("require", require.expression());
    } else if (change instanceof Change.Prefer prefer) {
      json.put("prefer", prefer.expression());
    } else if (change instanceof Change.AlsoQueue also) {
      json.put("alsoQueue", also.queue());
    } else if (change instanceof Change.SetPriority priority) {
      json.put("priority", priority.priority());
    } else if (change instanceof Change.Notify notice) {
      json.put("notify", notice.text());
    } else if (change instanceof Change.Go go) {
      json.put("to", of(go.to()));
    } else {
      throw new IllegalArgumentException("unknown change " + change.getClass().getSimpleName());
    }
  }
}
