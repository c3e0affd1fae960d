package tandem.router.plan.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.ivr.IvrLimits;
import tandem.router.domain.ivr.IvrNode;
import tandem.router.domain.ivr.Phrases;
import tandem.router.domain.plan.Action;

/** Reads the nodes of one interactive flow. */
final class IvrNodeReader {
  private static final List<String> KINDS =
      List.of(
          "play", "menu", "collect", "choose", "hours", "request", "set", "ivr", "return", "do");
  private static final Pattern OPTION =
      Pattern.compile("[0-9*#]{1," + IvrLimits.OPTION_DIGITS + "}");
  private static final Pattern DIGITS = Pattern.compile("[0-9*#]{0," + IvrLimits.DIGITS + "}");

  private final Workshop workshop;
  private final Problems problems;
  private final Values values;
  private final References references;
  private final ActionReader actions;
  private final PhraseReader phrases;
  private final IvrValueReader ivrValues;
  private final IvrRequestReader requests;
  private final Set<String> names;
  private final String from;

  /**
   * @param language of the flow
   * @param names of its nodes
   * @param from where callers come from whom it leads on, for {@link Links}
   */
  IvrNodeReader(
      Workshop workshop, ActionReader actions, String language, Set<String> names, String from) {
    this.workshop = workshop;
    this.problems = workshop.problems();
    this.values = workshop.values();
    this.references = workshop.references();
    this.actions = actions;
    this.phrases = new PhraseReader(workshop, language);
    this.ivrValues = new IvrValueReader(workshop);
    this.requests = new IvrRequestReader(workshop, ivrValues);
    this.names = names;
    this.from = from;
  }

  /** A node; null when something is wrong with it. */
  @Nullable IvrNode read(Tree tree) {
    Fields fields = Fields.of(tree, problems);
    if (fields == null) {
      return null;
    }
    List<String> kinds = KINDS.stream().filter(fields::has).toList();
    if (kinds.size() != 1) {
      problems.error(
          kinds.isEmpty() ? fields.place() : fields.nameOf(kinds.get(1)),
          kinds.isEmpty()
              ? "must have one of " + String.join(", ", KINDS)
              : "a node does one thing, got " + String.join(" and ", kinds));
      return null;
    }
    int before = problems.errors();
    IvrNode node = read(kinds.get(0), fields);
    fields.finish();
    return problems.errors() == before ? node : null;
  }

  private @Nullable IvrNode read(String kind, Fields fields) {
    Tree value = fields.need(kind);
    return switch (kind) {
      case "play" -> new IvrNode.Play(phrases.read(value), next(fields, "next"));
      case "menu" -> menu(value, fields);
      case "collect" -> collect(value, fields);
      case "choose" -> choose(value, fields);
      case "hours" -> hours(value, fields);
      case "request" -> request(value, fields);
      case "set" ->
          new IvrNode.Put(
              value == null ? Map.of() : ivrValues.values(value, Attributes.MOST, true),
              next(fields, "next"));
      case "ivr" -> visit(value, fields);
      case "return" -> comeBack(value);
      default -> end(value);
    };
  }

  /** A way on that must be there; empty when it is wrong. */
  private String next(Fields fields, String name) {
    if (!fields.has(name)) {
      problems.error(
          fields.place(), "'" + name + "' is missing: a caller would come to a dead end here");
    }
    return to(fields.get(name));
  }

  /** The name of a node; empty when it is wrong. */
  String to(@Nullable Tree tree) {
    String to =
        values.text(
            tree,
            name -> {
              if (!names.contains(name)) {
                throw new IllegalArgumentException(References.unknown("node", name, names));
              }
              return name;
            });
    return to == null ? "" : to;
  }

  private IvrNode menu(@Nullable Tree value, Fields fields) {
    Phrases prompts = phrases.read(value);
    Map<String, String> options = new LinkedHashMap<>();
    ivrValues
        .members(fields.need("options"), IvrLimits.WAYS)
        .forEach(
            (digits, member) -> {
              if (!OPTION.matcher(digits).matches()) {
                problems.error(
                    member.name(),
                    "must be 1 to %d of 0-9, * and #, got '%s'"
                        .formatted(IvrLimits.OPTION_DIGITS, Words.shown(digits)));
              }
              options.put(digits, to(member.value()));
            });
    IvrNode.Asking asking = asking(fields);
    String simulate =
        values.text(
            fields.get("simulate"),
            digits -> {
              if (!options.containsKey(digits)) {
                throw new IllegalArgumentException(
                    References.unknown("option", digits, options.keySet()));
              }
              return digits;
            });
    return new IvrNode.Menu(prompts, options, asking, simulate);
  }

  private IvrNode.Asking asking(Fields fields) {
    int tries = values.whole(fields.get("tries"), 1, IvrLimits.TRIES, IvrNode.Asking.TRIES);
    Duration first = pause(fields, "timeout", IvrNode.Asking.FIRST);
    Duration between = pause(fields, "between", IvrNode.Asking.BETWEEN);
    return new IvrNode.Asking(
        tries,
        first,
        between,
        phrases.read(fields.get("onSilence")),
        phrases.read(fields.get("onInvalid")),
        next(fields, "otherwise"));
  }

  private Duration pause(Fields fields, String name, Duration otherwise) {
    Duration pause =
        values.duration(fields.get(name), IvrLimits.SHORTEST_PAUSE, IvrLimits.LONGEST_PAUSE);
    return pause == null ? otherwise : pause;
  }

  private IvrNode collect(@Nullable Tree value, Fields fields) {
    Phrases prompts = phrases.read(value);
    int most = values.whole(fields.need("most"), 1, IvrLimits.DIGITS, IvrLimits.DIGITS);
    int least = values.whole(fields.get("least"), 1, most, 1);
    String end =
        values.text(
            fields.get("end"),
            text -> {
              if (!(text.isEmpty() || text.equals("#") || text.equals("*"))) {
                throw new IllegalArgumentException(
                    "must be '#', '*' or '' for none, got '" + Words.shown(text) + "'");
              }
              return text;
            });
    String into = values.text(fields.need("into"), IvrValueReader::attribute);
    boolean secret = values.bool(fields.get("secret"), false);
    String check = workshop.expressions().read(fields.get("check"), Scope.DIGITS);
    String simulate =
        values.text(
            fields.get("simulate"),
            digits -> {
              if (!DIGITS.matcher(digits).matches()) {
                throw new IllegalArgumentException(
                    "must be digits, got '" + Words.shown(digits) + "'");
              }
              return digits;
            });
    return new IvrNode.Collect(
        prompts,
        least,
        most,
        end == null ? "#" : end,
        Objects.requireNonNullElse(into, ""),
        secret,
        check,
        asking(fields),
        next(fields, "next"),
        simulate);
  }

  private IvrNode choose(@Nullable Tree value, Fields fields) {
    List<IvrNode.Case> cases = new ArrayList<>();
    for (Tree item : values.items(value, 1, IvrLimits.WAYS)) {
      Fields one = Fields.of(item, problems);
      if (one != null) {
        String when = workshop.expressions().read(one.need("when"), Scope.FLOW);
        cases.add(new IvrNode.Case(when, next(one, "next")));
        one.finish();
      }
    }
    return new IvrNode.Choose(cases, next(fields, "otherwise"));
  }

  private IvrNode hours(@Nullable Tree value, Fields fields) {
    String calendar = references.defined(value, "calendar", "calendars");
    String open = next(fields, "open");
    String closed = next(fields, "closed");
    Tree holiday = fields.get("holiday");
    return new IvrNode.Hours(
        Objects.requireNonNullElse(calendar, ""),
        open,
        closed,
        holiday == null ? closed : to(holiday));
  }

  private @Nullable IvrNode request(@Nullable Tree value, Fields fields) {
    IvrNode.Lookup lookup = requests.lookup(value, fields);
    Map<String, String> answer = requests.answer(fields.get("answer"));
    Attributes simulate = requests.simulate(fields.get("simulate"), answer);
    String ok = next(fields, "ok");
    String failed = next(fields, "failed");
    Tree timedOut = fields.get("timedOut");
    return lookup == null
        ? null
        : new IvrNode.Request(
            lookup, answer, ok, failed, timedOut == null ? failed : to(timedOut), simulate);
  }

  private IvrNode visit(@Nullable Tree value, Fields fields) {
    String ivr = references.defined(value, "interactive flow", "ivr");
    if (ivr != null) {
      workshop.links().add(from, Links.ivr(ivr));
    }
    return new IvrNode.Visit(Objects.requireNonNullElse(ivr, ""), next(fields, "next"));
  }

  private IvrNode comeBack(@Nullable Tree value) {
    if (value != null && !values.bool(value, true)) {
      problems.error(value.place(), "must be true");
    }
    return new IvrNode.Return();
  }

  private @Nullable IvrNode end(@Nullable Tree value) {
    Action action = actions.readLast(value, from);
    if (action instanceof Action.Interact && value != null) {
      problems.error(
          value.place(),
          "a flow that is to be gone through next is a node: {\"ivr\": …, \"next\": …}");
    }
    return action == null ? null : new IvrNode.End(action);
  }
}
