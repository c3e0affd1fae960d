package tandem.router.plan.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AnswerMode;
import tandem.router.domain.Attributes;
import tandem.router.domain.Names;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Prompt;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Wants;

/** Reads what is done with a call. */
final class ActionReader {
  private static final List<String> WAITS = List.of("queue", "agent", "extension", "group");
  private static final List<String> KINDS =
      Stream.concat(
              WAITS.stream(),
              Stream.of(
                  "park",
                  "callback",
                  "voicemail",
                  "announce",
                  "hangup",
                  "transfer",
                  "flow",
                  "ivr",
                  "set"))
          .toList();
  private static final int HIGHEST_PRIORITY = 100;

  /** Where an action stands. */
  enum Spot {
    ANYWHERE,
    /** What a step of a wait leads to: a caller who cannot be called back may wait on. */
    STEP,
    /** What becomes of a caller who cannot be called back. */
    OTHERWISE
  }

  private final Workshop workshop;
  private final Problems problems;
  private final Values values;
  private final References references;
  private final LotReader lots;

  ActionReader(Workshop workshop) {
    this.workshop = workshop;
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.references = workshop.references();
    this.lots = new LotReader(workshop, this);
  }

  /** The park lots that actions lead to. */
  LotReader lots() {
    return lots;
  }

  /**
   * An action; null when something is wrong with it.
   *
   * @param from where callers it happens to come from, for {@link Links}
   */
  @Nullable Action read(@Nullable Tree tree, String from) {
    return read(tree, from, Spot.ANYWHERE);
  }

  private @Nullable Action read(@Nullable Tree tree, String from, Spot spot) {
    if (tree == null) {
      return null;
    }
    Fields fields = Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    int before = problems.errors();
    Action action = read(fields, from, spot);
    return problems.errors() == before ? action : null;
  }

  /** An action after which no rule follows: where one goes on, there is nothing to go on with. */
  @Nullable Action readLast(@Nullable Tree tree, String from) {
    return readLast(tree, from, Spot.ANYWHERE);
  }

  /** What a step of a wait leads to. */
  @Nullable Action readStep(@Nullable Tree tree, String from) {
    return readLast(tree, from, Spot.STEP);
  }

  /** What becomes of a caller who cannot be called back. */
  @Nullable Action readOtherwise(Tree tree, String from) {
    return readLast(tree, from, Spot.OTHERWISE);
  }

  private @Nullable Action readLast(@Nullable Tree tree, String from, Spot spot) {
    Action action = read(tree, from, spot);
    if (action != null && tree != null && action.goesOn()) {
      problems.warning(
          tree.place(), "nothing follows here, so the call is hung up afterwards; name a flow");
    }
    return action;
  }

  private @Nullable Action read(Fields fields, String from, Spot spot) {
    List<String> kinds = KINDS.stream().filter(fields::has).toList();
    if (kinds.size() != 1) {
      if (kinds.isEmpty()) {
        problems.error(fields.place(), "must have one of " + String.join(", ", KINDS));
      } else {
        problems.error(
            fields.nameOf(kinds.get(1)),
            "an action does one thing, got " + String.join(" and ", kinds));
      }
      return null;
    }
    String kind = kinds.get(0);
    Tree value = fields.need(kind);
    Action action =
        switch (kind) {
          case "queue" -> waiting(fields, queues(value, from), from);
          case "agent" -> waiting(fields, one(references.agent(value)), from);
          case "extension" -> waiting(fields, one(references.extension(value)), from);
          case "group" -> waiting(fields, one(references.group(value, from)), from);
          case "park" -> park(fields, value, from);
          case "callback" -> callback(fields, value, from, spot);
          case "voicemail" -> voicemail(value);
          case "announce" -> announce(value);
          case "hangup" -> hangUp(value);
          case "transfer" -> transfer(value);
          case "flow" -> goTo(value, from);
          case "ivr" -> interact(value, from);
          default -> set(value);
        };
    fields.finish();
    return action;
  }

  private static List<String> one(@Nullable String queue) {
    return queue == null ? List.of() : List.of(queue);
  }

  /** One queue, or a list of them that callers wait in at once. */
  List<String> queues(@Nullable Tree value, String from) {
    if (!(value instanceof Tree.Arr)) {
      return one(references.queue(value, from));
    }
    List<String> queues = new ArrayList<>();
    for (Tree item : values.items(value, 1, PlanLimits.QUEUES_AT_ONCE)) {
      String queue = references.queue(item, from);
      if (queue != null && queues.contains(queue)) {
        problems.error(item.place(), "queue '" + queue + "' is named twice");
      } else if (queue != null) {
        queues.add(queue);
      }
    }
    return queues;
  }

  private Action waiting(Fields fields, List<String> queues, String from) {
    int priority = values.whole(fields.get("priority"), 0, HIGHEST_PRIORITY, 0);
    List<Action.Boost> boosts = boosts(fields.get("boosts"));
    ExpressionReader expressions = workshop.expressions();
    String require = expressions.read(fields.get("require"), Scope.REQUIREMENT);
    String prefer = expressions.read(fields.get("prefer"), Scope.REQUIREMENT);
    AnswerMode answer = values.word(fields.get("answer"), AnswerMode.class);
    return new Action.Wait(
        queues,
        priority,
        boosts,
        new Wants(require, prefer, Wants.ANYBODY.call()),
        new StepReader(workshop, this, queues, from).read(fields),
        answer == null ? AnswerMode.ON_QUEUE : answer);
  }

  private List<Action.Boost> boosts(@Nullable Tree tree) {
    List<Action.Boost> boosts = new ArrayList<>();
    for (Tree item : values.items(tree, 1, PlanLimits.BOOSTS)) {
      Fields fields = Fields.of(item, problems);
      if (fields != null) {
        String when = workshop.expressions().read(fields.need("when"), Scope.FLOW);
        int add = values.whole(fields.need("add"), -HIGHEST_PRIORITY, HIGHEST_PRIORITY, 0);
        boosts.add(new Action.Boost(when, add));
        fields.finish();
      }
    }
    return boosts;
  }

  private @Nullable Action park(Fields fields, @Nullable Tree value, String from) {
    String lot = values.text(value, text -> Names.name("lot", text));
    Set<String> known = references.names("lots");
    boolean declared = lot != null && known.contains(lot);
    if (lot != null && value != null && !declared && !known.isEmpty()) {
      problems.warning(
          value.place(),
          References.unknown("lot", lot, known) + ": callers are held there without a slot");
    }
    boolean left = declared && !lots.isReading();
    Lot usual =
        lot != null && left && !(fields.has("timeout") && fields.has("then"))
            ? lots.give(lot, fields.place())
            : null;
    Duration timeout =
        values.duration(
            said(fields, "timeout", left), PlanLimits.SHORTEST, PlanLimits.LONGEST_WAIT);
    Action then = readLast(said(fields, "then", left), from);
    if (usual != null) {
      timeout = fields.has("timeout") ? timeout : usual.timeout();
      then = fields.has("then") ? then : usual.then();
    }
    return lot == null || timeout == null || then == null
        ? null
        : new Action.Park(lot, timeout, then);
  }

  /** A field that a lot of the plan may say instead. */
  private @Nullable Tree said(Fields fields, String name, boolean left) {
    Tree value = fields.get(name);
    if (value == null && !left) {
      problems.error(
          fields.place(),
          ("'" + name + "' is missing: ")
              + (lots.isReading()
                  ? "no lot says it for another one"
                  : "no lot of the plan has this name and says it"));
    }
    return value;
  }

  private @Nullable Action callback(Fields fields, @Nullable Tree value, String from, Spot spot) {
    if (spot == Spot.OTHERWISE) {
      problems.error(
          fields.nameOf("callback"),
          "is for callers who cannot be called back: name another action");
    }
    return new CallbackReader(workshop, this).read(value, from, spot);
  }

  private @Nullable Action voicemail(@Nullable Tree value) {
    Action.Voicemail voicemail =
        values.text(value, text -> new Action.Voicemail(Names.name("box", text)));
    Set<String> known = references.names("voicemail");
    if (voicemail != null
        && value != null
        && !known.isEmpty()
        && !known.contains(voicemail.box())) {
      problems.warning(
          value.place(),
          References.unknown("box", voicemail.box(), known)
              + ": messages are recorded without a greeting, and nobody is told");
    }
    return voicemail;
  }

  private @Nullable Action announce(@Nullable Tree value) {
    return values.text(value, text -> new Action.Announce(new Prompt.File(text).name()));
  }

  private @Nullable Action hangUp(@Nullable Tree value) {
    return values.text(value, text -> new Action.HangUp(HangUpCauses.cause(text)));
  }

  private @Nullable Action transfer(@Nullable Tree value) {
    return values.text(value, text -> new Action.Transfer(new PhoneNumber(text)));
  }

  private @Nullable Action goTo(@Nullable Tree value, String from) {
    String flow = references.flow(value, from);
    return flow == null ? null : new Action.GoTo(flow);
  }

  private @Nullable Action interact(@Nullable Tree value, String from) {
    String ivr = references.ivr(value, from);
    return ivr == null ? null : new Action.Interact(ivr);
  }

  private @Nullable Action set(@Nullable Tree value) {
    if (!(value instanceof Tree.Obj object)) {
      if (value != null) {
        problems.error(value.place(), "must be an object, got " + value.kind());
      }
      return null;
    } else if (object.members().isEmpty() || object.members().size() > Attributes.MOST) {
      problems.error(
          value.place(),
          "must have 1 to " + Attributes.MOST + " attributes, got " + object.members().size());
      return null;
    }
    Map<String, Object> set = new TreeMap<>();
    object.members().forEach((name, member) -> attribute(name, member, set));
    return set.size() == object.members().size()
        ? values.made(value, () -> new Action.SetAttributes(Attributes.of(set)))
        : null;
  }

  private void attribute(String name, Tree.Member member, Map<String, Object> set) {
    Tree tree = member.value();
    Object value;
    if (tree instanceof Tree.Text text) {
      value = values.text(text, plain -> plain);
    } else if (tree instanceof Tree.Bool bool) {
      value = bool.value();
    } else if (tree instanceof Tree.Num number) {
      value = values.made(number, () -> Values.number(number.text()));
    } else {
      problems.error(tree.place(), "must be a text, a number or true or false, got " + tree.kind());
      return;
    }
    if (value != null && values.made(tree, () -> Attributes.of(Map.of(name, value))) != null) {
      set.put(name, value);
    }
  }
}
