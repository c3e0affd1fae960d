package tandem.router.plan.document;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Mailbox;

/** Reads voicemail boxes. */
final class BoxReader {
  private static final List<String> TOLD = List.of("queue", "group", "agent");

  private final Problems problems;
  private final Values values;
  private final References references;
  private final PromptReader prompts;

  BoxReader(Workshop workshop) {
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.references = workshop.references();
    this.prompts = new PromptReader(workshop);
  }

  Map<String, Mailbox> boxes(Fields root) {
    Map<String, Mailbox> boxes = new TreeMap<>();
    root.named("voicemail", PlanLimits.BOXES)
        .forEach(
            (name, member) -> {
              try {
                Names.name("box", name);
              } catch (IllegalArgumentException e) {
                problems.error(member.name(), Words.reason(e));
              }
              Fields fields = Fields.of(member.value(), problems);
              if (fields != null) {
                boxes.put(name, box(fields, name));
              }
            });
    return boxes;
  }

  private Mailbox box(Fields fields, String name) {
    Mailbox usual = Mailbox.PLAIN;
    List<Prompt> greeting = prompts.prompts(fields.get("greeting"));
    Duration longest =
        values.duration(fields.get("longest"), PlanLimits.SHORTEST, PlanLimits.LONGEST_MESSAGE);
    Duration silence =
        values.duration(fields.get("silence"), PlanLimits.SHORTEST, PlanLimits.LONGEST_SILENCE);
    String told = told(fields, name);
    Duration keep =
        values.duration(fields.get("keep"), PlanLimits.SHORTEST_KEEP, PlanLimits.LONGEST_KEEP);
    fields.finish();
    return new Mailbox(
        greeting,
        Objects.requireNonNullElse(longest, usual.longest()),
        Objects.requireNonNullElse(silence, usual.silence()),
        told,
        Objects.requireNonNullElse(keep, usual.keep()));
  }

  /** The queue whose members are told of a message: no caller comes there by it. */
  private @Nullable String told(Fields fields, String name) {
    List<String> those = TOLD.stream().filter(fields::has).toList();
    if (those.size() > 1) {
      problems.error(
          fields.nameOf(those.get(1)),
          "one queue, group or agent is told of messages, got " + String.join(" and ", those));
    }
    String from = "voicemail." + name;
    String queue = references.queue(fields.get("queue"), from);
    String group = references.group(fields.get("group"), from);
    String agent = references.agent(fields.get("agent"));
    return queue != null ? queue : group != null ? group : agent;
  }
}
