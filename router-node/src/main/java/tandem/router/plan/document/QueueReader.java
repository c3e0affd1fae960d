package tandem.router.plan.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Names;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.Strategy;
import tandem.router.domain.expr.ExpressionLimits;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Ageing;
import tandem.router.domain.plan.Announcements;
import tandem.router.domain.plan.QueueNames;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Taping;

/** Reads queues and ring groups. */
final class QueueReader {
  private static final QueueRule DEFAULT = QueueRule.of(QueueSettings.DEFAULT);
  private static final int HIGHEST_WEIGHT = 100;
  private static final int MOST_RINGING = 15;
  private static final int MOST_ADDED = 1_000;

  private final Workshop workshop;
  private final Problems problems;
  private final Values values;
  private final ActionReader actions;
  private final SoundReader sounds;

  QueueReader(Workshop workshop, ActionReader actions) {
    this.workshop = workshop;
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.actions = actions;
    this.sounds = new SoundReader(workshop);
  }

  Map<String, QueueRule> queues(Fields root) {
    Map<String, QueueRule> queues = new TreeMap<>();
    root.named("queues", PlanLimits.QUEUES)
        .forEach(
            (name, member) -> {
              name(member, () -> queueName(name));
              Fields fields = Fields.of(member.value(), problems);
              if (fields != null) {
                queues.put(name, queue(fields, Links.queue(name)));
              }
            });
    return queues;
  }

  Map<String, QueueRule> groups(Fields root) {
    Map<String, QueueRule> groups = new TreeMap<>();
    root.named("groups", PlanLimits.GROUPS)
        .forEach(
            (name, member) -> {
              name(member, () -> References.ownQueue("group", name));
              Fields fields = Fields.of(member.value(), problems);
              if (fields != null) {
                groups.put(name, group(fields, Links.group(name)));
              }
            });
    return groups;
  }

  private void name(Tree.Member member, Values.Made<String> make) {
    try {
      make.make();
    } catch (IllegalArgumentException e) {
      problems.error(member.name(), Words.reason(e));
    }
  }

  private static String queueName(String name) {
    if (QueueNames.isReserved(name)) {
      throw new IllegalArgumentException(
          "names that begin with 'agent.' or 'group.' are those of agents and groups");
    }
    return Names.name("queue", name);
  }

  private QueueRule queue(Fields fields, String self) {
    Strategy strategy = values.word(fields.get("strategy"), Strategy.class);
    QueueSettings settings = settings(fields, strategy == null ? Strategy.LONGEST_IDLE : strategy);
    String members = workshop.expressions().read(fields.get("members"), Scope.MEMBER);
    List<String> order = agents(fields.get("order"));
    return rule(fields, self, settings, members, order);
  }

  private QueueRule group(Fields fields, String self) {
    Tree list = fields.need("agents");
    List<String> agents = agents(list);
    Strategy strategy = values.word(fields.get("strategy"), Strategy.class);
    QueueSettings settings = settings(fields, strategy == null ? Strategy.RING_ALL : strategy);
    // Names hold neither quotes nor backslashes: anything else was refused.
    String members = agents.stream().collect(Collectors.joining("','", "agent.name in ['", "']"));
    if (list != null && members.length() > ExpressionLimits.MOST_CHARACTERS) {
      problems.error(
          list.place(),
          "names too many: they must fit in an expression of "
              + ExpressionLimits.MOST_CHARACTERS
              + " characters, got "
              + members.length());
    }
    return rule(fields, self, settings, members, agents);
  }

  private List<String> agents(@Nullable Tree tree) {
    List<String> agents = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Tree item : values.items(tree, 1, PlanLimits.AGENTS)) {
      String agent = values.text(item, text -> Names.name("agent", text));
      if (agent != null && !seen.add(agent)) {
        problems.error(item.place(), "agent '" + agent + "' is named twice");
      } else if (agent != null) {
        agents.add(agent);
      }
    }
    return agents;
  }

  private QueueSettings settings(Fields fields, Strategy strategy) {
    QueueSettings usual = QueueSettings.DEFAULT;
    Duration ring =
        or(
            values.duration(
                fields.get("ringTimeout"), PlanLimits.SHORTEST, PlanLimits.LONGEST_RING),
            usual.ringTimeout());
    Duration wrapUp =
        or(
            values.duration(fields.get("wrapUp"), Duration.ZERO, PlanLimits.LONGEST_WRAP_UP),
            usual.wrapUp());
    return new QueueSettings(strategy, ring, wrapUp);
  }

  private static Duration or(@Nullable Duration duration, Duration otherwise) {
    return duration == null ? otherwise : duration;
  }

  private QueueRule rule(
      Fields fields, String self, QueueSettings settings, String members, List<String> order) {
    List<QueueRule.Tier> tiers = tiers(fields.get("tiers"));
    String score = workshop.expressions().read(fields.get("score"), Scope.SCORE);
    int weight = values.whole(fields.get("weight"), 1, HIGHEST_WEIGHT, DEFAULT.weight());
    Duration ringEvery =
        values.duration(fields.get("ringEvery"), PlanLimits.SHORTEST, PlanLimits.LONGEST_RING);
    int atMost = values.whole(fields.get("ringAtMost"), 1, MOST_RINGING, DEFAULT.ringAtMost());
    Duration sticky =
        values.duration(fields.get("sticky"), Duration.ZERO, PlanLimits.LONGEST_STICKY);
    Ageing ageing = ageing(fields.get("ageing"));
    QueueRule.Limits limits = limits(fields, self);
    QueueRule.ServiceLevel serviceLevel = serviceLevel(fields.get("serviceLevel"));
    Taping taping = sounds.recording(fields.get("recording"));
    Announcements announcements = sounds.announcements(fields.get("announcements"));
    fields.finish();
    return new QueueRule(
        settings,
        members,
        tiers,
        score,
        order,
        weight,
        or(ringEvery, DEFAULT.ringEvery()),
        atMost,
        or(sticky, DEFAULT.sticky()),
        ageing,
        limits,
        serviceLevel,
        taping,
        announcements);
  }

  private List<QueueRule.Tier> tiers(@Nullable Tree tree) {
    List<QueueRule.Tier> tiers = new ArrayList<>();
    Duration before = null;
    for (Tree item : values.items(tree, 1, PlanLimits.TIERS)) {
      Fields fields = Fields.of(item, problems);
      if (fields == null) {
        continue;
      }
      String members = workshop.expressions().read(fields.need("members"), Scope.MEMBER);
      Tree at = fields.get("after");
      Duration after =
          or(values.duration(at, Duration.ZERO, PlanLimits.LONGEST_WAIT), Duration.ZERO);
      if (before == null && !after.isZero() && at != null) {
        problems.error(at.place(), "the first tier is asked at once");
      } else if (before != null && at == null) {
        problems.error(fields.place(), "'after' is missing: only the first tier is asked at once");
      } else if (before != null && after.compareTo(before) <= 0 && at != null) {
        problems.error(at.place(), "must be later than the tier before, " + Words.of(before));
      }
      fields.finish();
      before = after;
      tiers.add(new QueueRule.Tier(members, after));
    }
    return tiers;
  }

  private Ageing ageing(@Nullable Tree tree) {
    List<Ageing.Point> points = new ArrayList<>();
    for (Tree item : values.items(tree, 1, PlanLimits.AGEING_POINTS)) {
      Fields fields = Fields.of(item, problems);
      if (fields == null) {
        continue;
      }
      Duration after =
          values.duration(fields.need("after"), Duration.ZERO, PlanLimits.LONGEST_WAIT);
      int add = values.whole(fields.need("add"), 0, MOST_ADDED, 0);
      fields.finish();
      if (after != null) {
        Ageing.Point point = new Ageing.Point(after, add);
        List<Ageing.Point> two =
            points.isEmpty() ? List.of(point) : List.of(points.get(points.size() - 1), point);
        if (values.made(item, () -> new Ageing(two)) != null) {
          points.add(point);
        }
      }
    }
    return new Ageing(points);
  }

  private QueueRule.Limits limits(Fields fields, String self) {
    QueueRule.Limits usual = QueueRule.Limits.NONE;
    int length = values.whole(fields.get("maxLength"), 1, PlanLimits.QUEUE_LENGTH, usual.length());
    Duration longest = longest(fields, "maxWait");
    Duration estimated = longest(fields, "maxEstimatedWait");
    Action onLength = action(fields, "onMaxLength", self, usual.onLength());
    Action onEstimated = action(fields, "onMaxEstimatedWait", self, usual.onEstimatedWait());
    notItself(fields, "onMaxLength", self, onLength);
    notItself(fields, "onMaxEstimatedWait", self, onEstimated);
    return new QueueRule.Limits(
        length,
        onLength,
        longest,
        action(fields, "onMaxWait", self, usual.onWait()),
        estimated,
        onEstimated);
  }

  /** A queue that refuses a caller would refuse the caller again at once, and again. */
  private void notItself(Fields fields, String name, String self, Action action) {
    // A callback has its place whatever the limits say; a caller who gets none is a caller again.
    Action next = workshop.references().atOnce(action);
    if (next instanceof Action.Wait wait
        && wait.queues().stream().anyMatch(queue -> self.equals(Links.of(queue)))) {
      problems.error(fields.nameOf(name), "leads back to the queue that refuses the call");
    }
  }

  private @Nullable Duration longest(Fields fields, String name) {
    Tree tree = fields.get(name);
    String action = "on" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    if (tree == null && fields.has(action)) {
      problems.warning(fields.nameOf(action), "never happens: '" + name + "' is not set");
    }
    return values.duration(tree, PlanLimits.SHORTEST, PlanLimits.LONGEST_WAIT);
  }

  private Action action(Fields fields, String name, String self, Action otherwise) {
    Action action = actions.readLast(fields.get(name), self);
    return action == null ? otherwise : action;
  }

  private QueueRule.@Nullable ServiceLevel serviceLevel(@Nullable Tree tree) {
    Fields fields = tree == null ? null : Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    double target = values.number(fields.need("target"), 0, 1, 0);
    Duration within =
        values.duration(
            fields.need("within"), PlanLimits.SHORTEST, PlanLimits.LONGEST_SERVICE_LEVEL);
    fields.finish();
    return within == null ? null : new QueueRule.ServiceLevel(target, within);
  }
}
