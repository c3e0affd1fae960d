package tandem.router.plan.document;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.QueueNames;

/** What a document defines, by name, and whether what refers to it is right. */
final class References {
  /** With the beginning of {@link QueueNames} it must still be a queue's name. */
  private static final int LONGEST_OF_OWN_QUEUE = 64 - QueueNames.ofAgent("").length();

  private final Tree.Obj root;
  private final Values values;
  private final Problems problems;
  private final Links links;
  private final Set<String> agents = new HashSet<>();
  private final Map<Tree, String> ivrUses = new LinkedHashMap<>();

  References(Tree.Obj root, Values values, Problems problems, Links links) {
    this.root = root;
    this.values = values;
    this.problems = problems;
    this.links = links;
  }

  /** A queue that callers come to from somewhere. */
  @Nullable String queue(@Nullable Tree tree, String from) {
    String queue = defined(tree, "queue", "queues");
    if (queue != null) {
      links.add(from, Links.queue(queue));
    }
    return queue;
  }

  /** A flow that callers come to from somewhere. */
  @Nullable String flow(@Nullable Tree tree, String from) {
    String flow = defined(tree, "flow", "flows");
    if (flow != null) {
      links.add(from, Links.flow(flow));
    }
    return flow;
  }

  /** An interactive flow that an action leads callers to. */
  @Nullable String ivr(@Nullable Tree tree, String from) {
    String ivr = defined(tree, "interactive flow", IvrReader.SECTION);
    if (ivr != null && tree != null) {
      links.add(from, Links.ivr(ivr));
      ivrUses.put(tree, ivr);
    }
    return ivr;
  }

  /** Where actions lead to interactive flows, as far as it was read. */
  Map<Tree, String> ivrUses() {
    return ivrUses;
  }

  /** The queue of a ring group that callers come to from somewhere. */
  @Nullable String group(@Nullable Tree tree, String from) {
    String group = defined(tree, "group", "groups");
    if (group == null) {
      return null;
    }
    links.add(from, Links.group(group));
    return QueueNames.ofGroup(group);
  }

  /** The queue of an agent. */
  @Nullable String agent(@Nullable Tree tree) {
    String agent = direct(tree);
    return agent == null ? null : QueueNames.ofAgent(agent);
  }

  /** The name of an agent whom calls are for. */
  @Nullable String direct(@Nullable Tree tree) {
    String agent = values.text(tree, text -> ownQueue("agent", text));
    if (agent != null) {
      agents.add(agent);
    }
    return agent;
  }

  /** All agents whom calls are for by name, as far as it was read. */
  Set<String> directAgents() {
    return agents;
  }

  /** The queue of the agent who has an extension. */
  @Nullable String extension(@Nullable Tree tree) {
    String extension = defined(tree, "extension", "extensions");
    Tree.Member member = extension == null ? null : members("extensions").get(extension);
    // Whether that is a name is told where it stands.
    return member != null && member.value() instanceof Tree.Text agent
        ? QueueNames.ofAgent(agent.value())
        : null;
  }

  /** The name of somebody or something with a queue of its own. */
  static String ownQueue(String what, String name) {
    if (name.length() > LONGEST_OF_OWN_QUEUE) {
      throw new IllegalArgumentException(
          what + ": must have at most " + LONGEST_OF_OWN_QUEUE + " characters to be called by it");
    }
    return Names.name(what, name);
  }

  /** Whether it is defined; a problem otherwise. */
  @Nullable String defined(@Nullable Tree tree, String what, String section) {
    String name = values.text(tree, text -> text);
    if (name == null || tree == null) {
      return null;
    }
    Set<String> names = names(section);
    if (!names.contains(name)) {
      problems.error(tree.place(), unknown(what, name, names));
      return null;
    }
    return name;
  }

  static String unknown(String what, String name, Set<String> names) {
    return "there is no " + what + " '" + Words.shown(name) + "'; " + Words.some(names);
  }

  /** All names of a section, also of what is wrong in itself. */
  Set<String> names(String section) {
    return members(section).keySet();
  }

  /**
   * What an action may mean at once: for a caller who cannot be called back, or for whom a lot of
   * the plan has no slot. Lots without a section have room for all.
   */
  Action atOnce(Action action) {
    Action next = action;
    while (true) {
      if (next instanceof Action.Callback callback && callback.otherwise() != null) {
        next = callback.otherwise();
      } else if (next instanceof Action.Park park && names("lots").contains(park.lot())) {
        next = park.then();
      } else {
        return next;
      }
    }
  }

  private Map<String, Tree.Member> members(String section) {
    Tree.Member member = root.members().get(section);
    return member != null && member.value() instanceof Tree.Obj object
        ? object.members()
        : Map.of();
  }
}
