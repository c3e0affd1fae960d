package tandem.router.domain.expr;

import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelResolvedOverload;
import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Caller;
import tandem.router.domain.Traits;

/**
 * What an expression is evaluated against. Immutable as long as what it was made of is; use one for
 * all expressions about the same call or agent.
 */
public final class Facts {
  private final Function<String, @Nullable Object> variables;
  private final Map<String, CelResolvedOverload> functions;

  private Facts(
      Function<String, @Nullable Object> variables, Map<String, CelResolvedOverload> functions) {
    this.variables = variables;
    this.functions = functions;
  }

  /**
   * A call on its way through a flow ({@link Scope#FLOW}).
   *
   * @param now what {@code now} is
   * @param open whether somebody is there by the calendar of this name
   */
  public static Facts ofCall(Caller caller, Instant now, Predicate<String> open) {
    return new Facts(
        name -> name.equals("now") ? now : CallFields.valueOf(caller, name),
        Map.of(Language.OPEN, function(Language.OPEN, open::test)));
  }

  /**
   * What a caller has keyed in on its way through an interactive flow ({@link Scope#DIGITS}).
   *
   * @param now what {@code now} is
   * @param open whether somebody is there by the calendar of this name
   */
  public static Facts ofDigits(String digits, Caller caller, Instant now, Predicate<String> open) {
    Facts call = ofCall(caller, now, open);
    return new Facts(
        name -> name.equals(CallFields.DIGITS) ? digits : call.variables.apply(name),
        call.functions);
  }

  /**
   * An agent, for {@link Scope#MEMBER}, {@link Scope#SCORE} and {@link Scope#REQUIREMENT}.
   *
   * @param queueName the queue the agent may belong to; a requirement cannot ask for it
   * @param call as {@link CallFields#of} gives it; empty where no call is known
   */
  public static Facts ofAgent(
      String agentName, Traits traits, String queueName, Map<String, Object> call) {
    List<String> teams = List.copyOf(traits.teams());
    List<String> languages = List.copyOf(traits.languages());
    return new Facts(
        name ->
            switch (name) {
              case "agent.name" -> agentName;
              case "agent.teams" -> teams;
              case "agent.languages" -> languages;
              case "agent.skills" -> traits.skills();
              case "agent.attributes" -> traits.attributes().values();
              case "queue.name" -> queueName;
              default -> CallFields.kept(call, name);
            },
        Map.of(
            Language.SKILL, function(Language.SKILL, name -> (long) traits.skill(name)),
            Language.SPEAKS, function(Language.SPEAKS, tag -> speaks(traits.languages(), tag))));
  }

  /** "Basic filtering" of RFC 4647: {@code pt} finds {@code pt-br}, but not the other way round. */
  private static boolean speaks(SortedSet<String> languages, String tag) {
    String range = tag.toLowerCase(Locale.ROOT);
    if (languages.contains(range)) {
      return true;
    }
    SortedSet<String> from = languages.tailSet(range + '-');
    return !from.isEmpty() && from.first().startsWith(range + '-');
  }

  /** Closes over what the facts are made of, and is used no longer than they are. */
  @SuppressWarnings("Immutable")
  private static CelResolvedOverload function(String name, Function<String, Object> of) {
    return CelResolvedOverload.of(
        name, Language.overload(name), args -> of.apply((String) args[0]), true, String.class);
  }

  CelVariableResolver variables() {
    return name -> Optional.ofNullable(variables.apply(name));
  }

  CelFunctionResolver functions() {
    return new ByName(functions);
  }

  private record ByName(Map<String, CelResolvedOverload> functions) implements CelFunctionResolver {
    @Override
    public Optional<CelResolvedOverload> findOverloadMatchingArgs(
        String name, Collection<String> overloadIds, Object[] args) {
      return Optional.ofNullable(functions.get(name));
    }

    @Override
    public Optional<CelResolvedOverload> findOverloadMatchingArgs(String name, Object[] args) {
      return Optional.ofNullable(functions.get(name));
    }
  }
}
