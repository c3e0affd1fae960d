package tandem.router.domain.ivr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Attributes;
import tandem.router.domain.plan.Action;

/** A place in an interactive flow. Ways on are names of nodes of the same flow. */
public sealed interface IvrNode {
  /** Where it may lead; none for an end. */
  List<String> onward();

  /**
   * Whether the call stays here until the switch, the caller or another system has done a thing.
   */
  default boolean isWaiting() {
    return false;
  }

  /** Plays, then goes on. */
  record Play(Phrases prompts, String next) implements IvrNode {
    @Override
    public List<String> onward() {
      return List.of(next);
    }

    @Override
    public boolean isWaiting() {
      return true;
    }
  }

  /**
   * How a caller is asked.
   *
   * @param tries how often in all, 1 to {@value IvrLimits#TRIES}
   * @param first how long the first digit is waited for after the prompts
   * @param between how long each further one is
   * @param onSilence heard before the prompts are heard again, when nothing was keyed in
   * @param onInvalid the same when something wrong was
   * @param otherwise where a caller goes whose tries are over
   */
  record Asking(
      int tries,
      Duration first,
      Duration between,
      Phrases onSilence,
      Phrases onInvalid,
      String otherwise) {
    /** What counts where a plan says nothing. */
    public static final int TRIES = 3;

    public static final Duration FIRST = Duration.ofSeconds(5);

    public static final Duration BETWEEN = Duration.ofSeconds(2);
  }

  /**
   * Asks for one of some options.
   *
   * @param options ways on by what is keyed in, 1 to {@value IvrLimits#OPTION_DIGITS} of digits,
   *     star and hash
   * @param simulate what callers of a simulation key in; null for nothing
   */
  record Menu(
      Phrases prompts, Map<String, String> options, Asking asking, @Nullable String simulate)
      implements IvrNode {
    public Menu {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    @Override
    public List<String> onward() {
      List<String> onward = new ArrayList<>(options.values());
      onward.add(asking.otherwise());
      return onward;
    }

    @Override
    public boolean isWaiting() {
      return true;
    }

    /** Digits of the longest option (count). */
    int longest() {
      return options.keySet().stream().mapToInt(String::length).max().orElse(1);
    }

    /** What ends the input early; nothing where no caller has to. */
    String end() {
      boolean needed = longest() > 1 && options.keySet().stream().noneMatch(o -> o.contains("#"));
      return needed ? "#" : "";
    }
  }

  /**
   * Gathers digits into an attribute.
   *
   * @param least digits, 1 to {@code most}
   * @param most digits, at most {@value IvrLimits#DIGITS}
   * @param end a digit that ends the input and is not part of it; empty for none
   * @param into the attribute
   * @param secret whether what is keyed in is kept nowhere: only requests of the same flow see it
   * @param check a condition about {@code digits}; empty when all are right
   * @param simulate what callers of a simulation key in; null for nothing
   */
  record Collect(
      Phrases prompts,
      int least,
      int most,
      String end,
      String into,
      boolean secret,
      String check,
      Asking asking,
      String next,
      @Nullable String simulate)
      implements IvrNode {
    @Override
    public List<String> onward() {
      return List.of(next, asking.otherwise());
    }

    @Override
    public boolean isWaiting() {
      return true;
    }
  }

  /** The first condition that holds decides. */
  record Choose(List<Case> cases, String otherwise) implements IvrNode {
    public Choose {
      cases = List.copyOf(cases);
    }

    @Override
    public List<String> onward() {
      List<String> onward = new ArrayList<>(cases.stream().map(Case::next).toList());
      onward.add(otherwise);
      return onward;
    }
  }

  /** A condition about the call and where it leads. */
  record Case(String when, String next) {}

  /**
   * Whether somebody is there by a calendar.
   *
   * @param holiday when it is closed because of a holiday
   */
  record Hours(String calendar, String open, String closed, String holiday) implements IvrNode {
    @Override
    public List<String> onward() {
      return List.of(open, closed, holiday);
    }
  }

  /**
   * Asks another system by HTTP.
   *
   * @param lookup what it is asked
   * @param answer pointers into the JSON of the answer (RFC 6901) by the attribute they fill
   * @param ok where an answer leads
   * @param failed where a refusal leads, and an answer that is none
   * @param timedOut where it leads when none has come in time
   * @param simulate the attributes of an answer in a simulation; null when it fails there
   */
  record Request(
      Lookup lookup,
      Map<String, String> answer,
      String ok,
      String failed,
      String timedOut,
      @Nullable Attributes simulate)
      implements IvrNode {
    public Request {
      answer = Collections.unmodifiableMap(new LinkedHashMap<>(answer));
    }

    @Override
    public List<String> onward() {
      return List.of(ok, failed, timedOut);
    }

    @Override
    public boolean isWaiting() {
      return true;
    }
  }

  /**
   * What another system is asked.
   *
   * @param url a {@link Template}; its host is fixed
   * @param body values of a JSON object by name, texts of them {@link Template}s; null for no body
   * @param headers names of what the installation keeps secret, by the header they are sent in
   * @param timeout {@link IvrLimits#SHORTEST_LOOKUP} to {@link IvrLimits#LONGEST_LOOKUP}
   */
  record Lookup(
      Method method,
      String url,
      @Nullable Map<String, Object> body,
      Map<String, String> headers,
      Duration timeout) {
    /** What counts where a plan says nothing. */
    public static final Duration TIMEOUT = Duration.ofSeconds(3);

    public Lookup {
      body = body == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(body));
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Names of what is put into it. */
    public Collection<String> names() {
      Set<String> names = new LinkedHashSet<>(Template.names(url));
      if (body != null) {
        body.values().stream()
            .filter(String.class::isInstance)
            .forEach(text -> names.addAll(Template.names((String) text)));
      }
      return names;
    }
  }

  /** How it is asked. */
  enum Method {
    GET,
    POST
  }

  /**
   * Gives the call attributes.
   *
   * @param values texts of them are {@link Template}s
   */
  record Put(Map<String, Object> values, String next) implements IvrNode {
    public Put {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public List<String> onward() {
      return List.of(next);
    }
  }

  /** Goes through another interactive flow, and on when that returns. */
  record Visit(String ivr, String next) implements IvrNode {
    @Override
    public List<String> onward() {
      return List.of(next);
    }
  }

  /** Goes back to the flow that visits this one. */
  record Return() implements IvrNode {
    @Override
    public List<String> onward() {
      return List.of();
    }
  }

  /** The end: something else is done with the call. */
  record End(Action action) implements IvrNode {
    @Override
    public List<String> onward() {
      return List.of();
    }
  }
}
