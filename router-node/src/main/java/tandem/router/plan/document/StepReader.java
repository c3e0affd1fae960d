package tandem.router.plan.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Action.Step;
import tandem.router.domain.plan.Change;

/**
 * Reads what changes while a call waits: {@code relax} and {@code escalate} of one wait, in the
 * order they happen. At the same time relaxing comes first, then the order of the document; steps
 * that count unanswered offers stand last.
 */
final class StepReader {
  private static final int MOST_UNANSWERED = 100;

  private final Workshop workshop;
  private final Problems problems;
  private final Values values;
  private final ActionReader actions;
  private final Set<String> queues;
  private final String from;

  StepReader(Workshop workshop, ActionReader actions, List<String> queues, String from) {
    this.workshop = workshop;
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.actions = actions;
    this.queues = new HashSet<>(queues);
    this.from = from;
  }

  List<Step> read(Fields wait) {
    Tree relax = wait.get("relax");
    Tree escalate = wait.get("escalate");
    List<Step> steps = new ArrayList<>();
    for (Tree item : values.items(relax, 1, PlanLimits.STEPS)) {
      relax(item, steps);
    }
    for (Tree item : values.items(escalate, 1, PlanLimits.STEPS)) {
      escalate(item, steps);
    }
    if (steps.size() > PlanLimits.STEPS && escalate != null) {
      problems.error(
          escalate.place(),
          "a wait has at most "
              + PlanLimits.STEPS
              + (" steps, relaxing and escalating together, got " + steps.size()));
    }
    steps.sort(Comparator.comparing(Step::after, Comparator.nullsLast(Comparator.naturalOrder())));
    return steps;
  }

  private void relax(Tree item, List<Step> steps) {
    Fields fields = Fields.of(item, problems);
    if (fields != null) {
      Duration after = after(fields.need("after"));
      List<Change> changes = changes(fields);
      noneIsWrong(fields, changes.isEmpty(), "require, prefer, alsoQueue, priority");
      fields.finish();
      if (after != null) {
        steps.add(new Step(after, null, changes));
      }
    }
  }

  private void escalate(Tree item, List<Step> steps) {
    Fields fields = Fields.of(item, problems);
    if (fields == null) {
      return;
    }
    Duration after = after(fields.get("after"));
    Tree offers = fields.get("unanswered");
    Integer unanswered = offers == null ? null : values.whole(offers, 1, MOST_UNANSWERED, 1);
    if (fields.has("after") == fields.has("unanswered")) {
      problems.error(
          fields.has("after") ? fields.nameOf("unanswered") : fields.place(),
          "a step has either 'after' or 'unanswered', got "
              + (fields.has("after") ? "both" : "neither"));
    }
    List<Change> changes = changes(fields);
    String notice = values.words(fields.get("notify"), PlanLimits.NOTICE);
    if (notice != null) {
      changes.add(new Change.Notify(notice));
    }
    boolean others = changes.stream().anyMatch(change -> !(change instanceof Change.Notify));
    Action to = actions.readStep(fields.get("to"), from);
    if (to != null) {
      changes.add(new Change.Go(to));
    }
    boolean maybeWaitsOn = to instanceof Action.Callback callback && callback.otherwise() == null;
    if (to != null && others && !maybeWaitsOn) {
      problems.warning(
          fields.nameOf("to"),
          "the call leaves its queues, so the step's other changes do nothing");
    }
    boolean none = changes.isEmpty() && !fields.has("notify") && !fields.has("to");
    noneIsWrong(fields, none, "to, notify, require, prefer, alsoQueue, priority");
    fields.finish();
    if (after != null || unanswered != null) {
      steps.add(new Step(after, after == null ? unanswered : null, changes));
    }
  }

  private @Nullable Duration after(@Nullable Tree tree) {
    return values.duration(tree, PlanLimits.SHORTEST, PlanLimits.LONGEST_WAIT);
  }

  /** What both kinds of steps may change. */
  private List<Change> changes(Fields fields) {
    List<Change> changes = new ArrayList<>();
    Tree require = fields.get("require");
    if (require != null) {
      String text = workshop.expressions().readOrEmpty(require, Scope.REQUIREMENT);
      changes.add(new Change.Require(text));
    }
    Tree prefer = fields.get("prefer");
    if (prefer != null) {
      String text = workshop.expressions().readOrEmpty(prefer, Scope.REQUIREMENT);
      changes.add(new Change.Prefer(text));
    }
    Tree also = fields.get("alsoQueue");
    if (also != null) {
      changes.add(new Change.AlsoQueue(Objects.requireNonNullElse(also(also), "")));
    }
    Tree priority = fields.get("priority");
    if (priority != null) {
      changes.add(new Change.SetPriority(values.whole(priority, 0, 100, 0)));
    }
    return changes;
  }

  private @Nullable String also(Tree tree) {
    String queue = workshop.references().queue(tree, from);
    if (queue != null && !queues.add(queue)) {
      problems.warning(tree.place(), "the call waits in '" + queue + "' already");
    } else if (queues.size() > PlanLimits.QUEUES_AT_ONCE) {
      problems.error(
          tree.place(), "a call waits in at most " + PlanLimits.QUEUES_AT_ONCE + " queues at once");
    }
    return queue;
  }

  private void noneIsWrong(Fields fields, boolean none, String those) {
    if (none) {
      problems.error(fields.place(), "a step changes something: it must have one of " + those);
    }
  }
}
