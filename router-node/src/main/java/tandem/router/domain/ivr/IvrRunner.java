package tandem.router.domain.ivr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.Caller;
import tandem.router.domain.Prompt;
import tandem.router.domain.expr.ExpressionException;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.ivr.IvrSession.Fault;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.domain.time.Calendar;
import tandem.router.domain.time.Reading;

/**
 * Leads one caller through interactive flows, from one thing that is waited for to the next. Pure:
 * the same plan, caller, instant, session and input give the same. Every way through it ends after
 * {@link IvrLimits#STEPS} nodes, whatever a plan says.
 */
public final class IvrRunner {
  /** What becomes of a call that goes in a circle, or whose flow is not there. */
  public static final Action LOST = new Action.HangUp("EXCHANGE_ROUTING_ERROR");

  /** Prompts that a switch plays in a row. */
  private static final int AT_ONCE = 20;

  private final PlanInForce plan;
  private final Caller caller;
  private final Instant now;

  // Where the caller is meanwhile.
  private String ivr = "";
  private String node = "";
  private int tries;
  private Fault fault = Fault.NONE;
  private int steps;
  private Attributes set = Attributes.NONE;
  private List<IvrSession.Frame> stack = new ArrayList<>();
  private SortedMap<String, String> secretsAt = new TreeMap<>();
  private Map<String, String> secrets = new HashMap<>();
  private final List<String> passed = new ArrayList<>();

  private IvrRunner(PlanInForce plan, Caller caller, Instant now) {
    this.plan = plan;
    this.caller = caller;
    this.now = now;
  }

  /**
   * Begins a flow.
   *
   * @param plan whose flows are meant
   * @param steps nodes that the call has gone through already
   */
  public static IvrTurn begin(PlanInForce plan, Caller caller, String ivr, int steps, Instant now) {
    IvrRunner runner = new IvrRunner(plan, caller, now);
    runner.steps = steps;
    runner.enter(ivr);
    return runner.run();
  }

  /**
   * Goes on from where a caller is.
   *
   * @param plan of the session's version
   * @param input what came of what was asked last
   * @param secrets as the last turn gave them; none after a crash
   * @throws IllegalArgumentException when the input is no answer to what this node asks
   */
  public static IvrTurn next(
      PlanInForce plan,
      Caller caller,
      IvrSession session,
      IvrInput input,
      Map<String, String> secrets,
      Instant now) {
    IvrRunner runner = new IvrRunner(plan, caller, now).at(session, secrets);
    runner.take(input);
    return runner.run();
  }

  /** Asks again what is asked where a caller is: after a crash, or when an order was lost. */
  public static IvrTurn again(
      PlanInForce plan,
      Caller caller,
      IvrSession session,
      Map<String, String> secrets,
      Instant now) {
    IvrRunner runner = new IvrRunner(plan, caller, now).at(session, secrets);
    // The node is not gone through once more.
    runner.steps--;
    return runner.run();
  }

  private IvrRunner at(IvrSession session, Map<String, String> known) {
    ivr = session.ivr();
    node = session.node();
    tries = session.tries();
    fault = session.fault();
    steps = session.steps();
    set = session.attributes();
    stack = new ArrayList<>(session.stack());
    secretsAt = new TreeMap<>(session.secrets());
    secrets = new HashMap<>(known);
    return this;
  }

  private void enter(String flow) {
    ivr = flow;
    Ivr there = plan.plan().ivrs().get(flow);
    go(there == null ? "" : there.start());
  }

  private void go(String to) {
    node = to;
    tries = 0;
    fault = Fault.NONE;
  }

  private @Nullable IvrNode here() {
    Ivr flow = plan.plan().ivrs().get(ivr);
    return flow == null ? null : flow.node(node);
  }

  /** Goes through nodes until one has to be waited at. */
  private IvrTurn run() {
    while (true) {
      IvrNode here = here();
      if (here == null || ++steps > IvrLimits.STEPS) {
        return turn(new Ask.Leave(LOST));
      }
      Ask ask = ask(here);
      if (ask != null) {
        return turn(ask);
      }
    }
  }

  private IvrTurn turn(Ask ask) {
    int counted = Math.min(steps, IvrLimits.STEPS);
    return new IvrTurn(
        new IvrSession(plan.version(), ivr, node, tries, fault, stack, set, secretsAt, counted),
        passed,
        ask,
        secrets);
  }

  /** What is asked here; null when the caller has gone on to another node. */
  private @Nullable Ask ask(IvrNode here) {
    if (here instanceof IvrNode.Play play) {
      List<Prompt> prompts = values().prompts(play.prompts());
      return prompts.isEmpty() ? pass(play.next()) : new Ask.Play(prompts);
    } else if (here instanceof IvrNode.Menu menu) {
      IvrNode.Asking asking = menu.asking();
      return new Ask.Digits(
          prompts(menu.prompts(), asking),
          1,
          menu.longest(),
          asking.first(),
          asking.between(),
          menu.end());
    } else if (here instanceof IvrNode.Collect collect) {
      IvrNode.Asking asking = collect.asking();
      return new Ask.Digits(
          prompts(collect.prompts(), asking),
          collect.least(),
          collect.most(),
          asking.first(),
          asking.between(),
          collect.end());
    } else if (here instanceof IvrNode.Request request) {
      return lookUp(request);
    } else if (here instanceof IvrNode.Choose choose) {
      return pass(
          choose.cases().stream()
              .filter(one -> holds(one.when()))
              .findFirst()
              .map(IvrNode.Case::next)
              .orElse(choose.otherwise()));
    } else if (here instanceof IvrNode.Hours hours) {
      return pass(way(hours));
    } else if (here instanceof IvrNode.Put put) {
      IvrValues values = values();
      put.values().forEach((name, value) -> set(name, values.filled(value)));
      return pass(put.next());
    } else if (here instanceof IvrNode.Visit visit) {
      return visit(visit);
    } else if (here instanceof IvrNode.Return) {
      return comeBack();
    }
    return new Ask.Leave(((IvrNode.End) here).action());
  }

  private @Nullable Ask pass(String to) {
    passed.add(ivr + '/' + node);
    go(to);
    return null;
  }

  private @Nullable Ask visit(IvrNode.Visit visit) {
    if (stack.size() + 1 >= IvrLimits.DEPTH) {
      return new Ask.Leave(LOST);
    }
    passed.add(ivr + '/' + node);
    stack.add(new IvrSession.Frame(ivr, visit.next()));
    enter(visit.ivr());
    return null;
  }

  private @Nullable Ask comeBack() {
    if (stack.isEmpty()) {
      return new Ask.Leave(LOST);
    }
    passed.add(ivr + '/' + node);
    String own = IvrSession.secret(ivr, "");
    secretsAt.keySet().removeIf(key -> key.startsWith(own));
    secrets.keySet().removeIf(key -> key.startsWith(own));
    IvrSession.Frame frame = stack.remove(stack.size() - 1);
    ivr = frame.ivr();
    go(frame.next());
    return null;
  }

  private @Nullable Ask lookUp(IvrNode.Request request) {
    IvrNode.Lookup lookup = request.lookup();
    for (String name : lookup.names()) {
      String key = IvrSession.secret(ivr, name);
      String asked = secretsAt.get(key);
      if (asked != null && !secrets.containsKey(key)) {
        // It was kept in memory only, and that is lost: the caller is asked for it again.
        return pass(asked);
      }
    }
    IvrValues values = values();
    Optional<String> url = values.address(lookup.url());
    if (url.isEmpty()) {
      return pass(request.failed());
    }
    Map<String, Object> body = lookup.body() == null ? null : values.filled(lookup.body());
    return new Ask.Request(
        lookup.method(), url.get(), body, lookup.headers(), lookup.timeout(), request.answer());
  }

  /** What the caller did wrong the last time, then what is asked. */
  private List<Prompt> prompts(Phrases phrases, IvrNode.Asking asking) {
    IvrValues values = values();
    List<Prompt> prompts =
        switch (fault) {
          case NONE -> new ArrayList<>();
          case SILENT -> values.prompts(asking.onSilence());
          case INVALID -> values.prompts(asking.onInvalid());
        };
    prompts.addAll(values.prompts(phrases));
    // What is asked is heard in any case.
    return prompts.subList(Math.max(0, prompts.size() - AT_ONCE), prompts.size());
  }

  private String way(IvrNode.Hours hours) {
    Calendar calendar = plan.plan().calendars().get(hours.calendar());
    if (calendar == null) {
      return hours.closed();
    }
    Reading reading = calendar.state(now, plan.manuals().get(hours.calendar()));
    if (reading.open()) {
      return hours.open();
    }
    return reading.reason() == Reading.Reason.HOLIDAY ? hours.holiday() : hours.closed();
  }

  private void take(IvrInput input) {
    IvrNode here = Objects.requireNonNull(here(), () -> "no node " + ivr + '/' + node);
    if (here instanceof IvrNode.Play play && input instanceof IvrInput.Played) {
      go(play.next());
    } else if (here instanceof IvrNode.Menu menu && input instanceof IvrInput.Keyed keyed) {
      String to = menu.options().get(keyed.digits());
      answered(to, keyed, menu.asking());
    } else if (here instanceof IvrNode.Collect collect && input instanceof IvrInput.Keyed keyed) {
      answered(isRight(collect, keyed.digits()) ? collect.next() : null, keyed, collect.asking());
    } else if (here instanceof IvrNode.Request request && input instanceof IvrInput.Found found) {
      request.answer().keySet().forEach(name -> set(name, found.values().get(name)));
      go(request.ok());
    } else if (here instanceof IvrNode.Request request && input instanceof IvrInput.NotFound) {
      go(request.failed());
    } else if (here instanceof IvrNode.Request request && input instanceof IvrInput.TooLate) {
      go(request.timedOut());
    } else {
      throw new IllegalArgumentException(
          "input: " + input + " is no answer at node " + ivr + '/' + node);
    }
  }

  /** Goes on, or asks again while there are tries. */
  private void answered(@Nullable String to, IvrInput.Keyed keyed, IvrNode.Asking asking) {
    if (to != null) {
      go(to);
    } else if (++tries >= asking.tries()) {
      go(asking.otherwise());
    } else {
      fault = keyed.digits().isEmpty() ? Fault.SILENT : Fault.INVALID;
    }
  }

  /** Whether these digits will do; keeps them then. */
  private boolean isRight(IvrNode.Collect collect, String digits) {
    if (digits.length() < collect.least()
        || digits.length() > collect.most()
        || !(collect.check().isEmpty() || passes(collect.check(), digits))) {
      return false;
    }
    if (collect.secret()) {
      String key = IvrSession.secret(ivr, collect.into());
      secretsAt.put(key, node);
      secrets.put(key, digits);
    } else {
      set(collect.into(), digits);
    }
    return true;
  }

  /** Sets an attribute; where a call has as many as it may have, no new one. */
  private void set(String name, @Nullable Object value) {
    boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
    Attributes all = seen().attributes();
    boolean room = all.values().containsKey(name) || all.values().size() < Attributes.MOST;
    if (value != null && plain && room) {
      Object kept =
          value instanceof String text ? Template.cut(text, Attributes.LONGEST_TEXT) : value;
      set = set.with(Attributes.of(Map.of(name, kept)));
    }
  }

  /** The caller with what the flow has set. */
  private Caller seen() {
    return IvrSession.seen(caller, set);
  }

  private IvrValues values() {
    Map<String, String> own = new HashMap<>();
    String prefix = IvrSession.secret(ivr, "");
    secrets.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            own.put(key.substring(prefix.length()), value);
          }
        });
    Ivr flow = plan.plan().ivrs().get(ivr);
    return new IvrValues(seen(), own, flow == null ? "" : flow.language());
  }

  /** A condition that cannot be told does not hold. */
  private boolean holds(String when) {
    try {
      return Expressions.of(Scope.FLOW, when).test(Facts.ofCall(seen(), now, plan.open(now)));
    } catch (ExpressionException e) {
      return false;
    }
  }

  private boolean passes(String check, String digits) {
    try {
      return Expressions.of(Scope.DIGITS, check)
          .test(Facts.ofDigits(digits, seen(), now, plan.open(now)));
    } catch (ExpressionException e) {
      return false;
    }
  }
}
