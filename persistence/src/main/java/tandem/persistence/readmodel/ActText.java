package tandem.persistence.readmodel;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tandem.router.call.Act;
import tandem.router.call.Target;
import tandem.router.edge.SwitchCommand.Ear;

/** Words that tell what people do with calls. */
final class ActText {
  private ActText() {}

  /** The sentence with who asked for it, when somebody did; notes who, too. */
  static String by(String text, @Nullable Act act, Map<String, Object> details) {
    if (act == null) {
      return text;
    }
    details.put("by", act.by());
    return text + ", asked for by " + act.by();
  }

  /** Where somebody wants a call to go. */
  static String target(Target to) {
    if (to instanceof Target.ToAgent agent) {
      return Cast.agent(agent.agent());
    } else if (to instanceof Target.ToExtension extension) {
      return "extension " + extension.extension();
    } else if (to instanceof Target.ToNumber number) {
      return number.number().value();
    } else if (to instanceof Target.ToQueue queue) {
      return Sentences.queue(queue.queue());
    } else if (to instanceof Target.ToFlow flow) {
      return "flow " + flow.flow();
    }
    throw new IllegalArgumentException("unknown target " + to.getClass().getSimpleName());
  }

  /** The same for machines: what it is, and its name. */
  static Map<String, Object> json(Target to) {
    if (to instanceof Target.ToAgent agent) {
      return Map.of("agent", agent.agent().name());
    } else if (to instanceof Target.ToExtension extension) {
      return Map.of("extension", extension.extension());
    } else if (to instanceof Target.ToNumber number) {
      return Map.of("number", number.number().value());
    } else if (to instanceof Target.ToQueue queue) {
      return Map.of("queue", queue.queue());
    } else if (to instanceof Target.ToFlow flow) {
      return Map.of("flow", flow.flow());
    }
    throw new IllegalArgumentException("unknown target " + to.getClass().getSimpleName());
  }

  /** Who hears a supervisor. */
  static String ear(Ear ear) {
    return switch (ear) {
      case MONITOR -> "heard by nobody";
      case WHISPER -> "heard by the agent alone";
      case BARGE -> "heard by all";
    };
  }
}
