package tandem.router.domain.expr;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelMathExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What expressions of one scope may say.
 *
 * <p>The whole of CEL's standard, and of its extensions: optional values ({@code
 * call.attributes[?'vip'].orValue(false)}), of strings {@code charAt}, {@code indexOf}, {@code
 * lastIndexOf}, {@code lowerAscii}, {@code upperAscii}, {@code split}, {@code substring} and {@code
 * trim}, of math {@code greatest}, {@code least}, {@code ceil}, {@code floor}, {@code round},
 * {@code trunc}, {@code abs} and {@code sign}. Left out is what makes long texts from short ones:
 * {@code replace}, {@code join}, {@code quote}.
 */
final class Language {
  static final String SKILL = "skill";
  static final String SPEAKS = "speaks";
  static final String OPEN = "open";

  private static final CelType TEXTS = ListType.create(SimpleType.STRING);
  private static final CelType LEVELS = MapType.create(SimpleType.STRING, SimpleType.INT);
  private static final CelType ANYTHING = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private static final Map<String, CelType> CALL =
      Map.of(
          "call.from",
          SimpleType.STRING,
          "call.to",
          SimpleType.STRING,
          "call.country",
          SimpleType.STRING,
          "call.region",
          SimpleType.STRING,
          "call.timeZone",
          SimpleType.STRING,
          CallFields.ARRIVED_AT,
          SimpleType.TIMESTAMP,
          CallFields.ATTRIBUTES,
          ANYTHING);
  private static final Map<String, CelType> AGENT =
      Map.of(
          "agent.name", SimpleType.STRING,
          "agent.teams", TEXTS,
          "agent.languages", TEXTS,
          "agent.skills", LEVELS,
          "agent.attributes", ANYTHING);
  private static final Map<String, CelType> QUEUE = Map.of("queue.name", SimpleType.STRING);
  private static final Map<String, CelType> NOW = Map.of("now", SimpleType.TIMESTAMP);
  private static final Map<String, CelType> KEYED = Map.of(CallFields.DIGITS, SimpleType.STRING);
  private static final Map<String, CelType> OF_FLOW = Map.of(OPEN, SimpleType.BOOL);
  private static final Map<String, CelType> OF_AGENT =
      Map.of(SKILL, SimpleType.INT, SPEAKS, SimpleType.BOOL);

  private static final Map<Scope, Language> ALL = new EnumMap<>(Scope.class);

  static {
    ALL.put(Scope.FLOW, new Language(SimpleType.BOOL, OF_FLOW, CALL, NOW));
    ALL.put(Scope.DIGITS, new Language(SimpleType.BOOL, OF_FLOW, CALL, NOW, KEYED));
    ALL.put(Scope.MEMBER, new Language(SimpleType.BOOL, OF_AGENT, AGENT, QUEUE));
    ALL.put(Scope.REQUIREMENT, new Language(SimpleType.BOOL, OF_AGENT, AGENT, CALL));
    ALL.put(Scope.SCORE, new Language(SimpleType.INT, OF_AGENT, AGENT, QUEUE));
  }

  private final CelType result;
  private final SortedMap<String, SortedSet<String>> fields = new TreeMap<>();
  private final SortedSet<String> functions;
  private final Cel cel;

  @SafeVarargs
  private Language(
      CelType result, Map<String, CelType> functions, Map<String, CelType>... variables) {
    this.result = result;
    this.functions = Collections.unmodifiableSortedSet(new TreeSet<>(functions.keySet()));
    var builder =
        CelFactory.plannerCelBuilder()
            .setOptions(options())
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE,
                CelStandardMacro.MAP,
                CelStandardMacro.MAP_FILTER,
                CelStandardMacro.FILTER)
            .addCompilerLibraries(new OptionalValues(), strings(), math())
            .addRuntimeLibraries(CelExtensions.optional(), strings(), math());
    functions.forEach(
        (name, type) ->
            builder
                .addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                        name,
                        CelOverloadDecl.newGlobalOverload(
                            overload(name), type, List.of(SimpleType.STRING))))
                .addLateBoundFunctions(name));
    for (Map<String, CelType> some : variables) {
      some.forEach(
          (name, type) -> {
            builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, type));
            int dot = name.indexOf('.');
            SortedSet<String> siblings =
                fields.computeIfAbsent(
                    dot < 0 ? name : name.substring(0, dot), root -> new TreeSet<>());
            if (dot >= 0) {
              siblings.add(name.substring(dot + 1));
            }
          });
    }
    cel = builder.build();
  }

  static Language of(Scope scope) {
    Language language = ALL.get(scope);
    if (language == null) {
      throw new IllegalStateException("no language for " + scope);
    }
    return language;
  }

  /** The id of the only overload of one of our own functions. */
  static String overload(String function) {
    return function + "_string";
  }

  /** Whether a name stands for a call, an agent, a queue or the time in any scope. */
  static boolean isRoot(String name) {
    return ALL.values().stream().anyMatch(language -> language.fields.containsKey(name));
  }

  /** Whether it is one of our own functions in any scope. */
  static boolean isFunction(String name) {
    return ALL.values().stream().anyMatch(language -> language.functions.contains(name));
  }

  /** By the part before the dot; without fields what stands alone. */
  SortedMap<String, SortedSet<String>> fields() {
    return fields;
  }

  SortedSet<String> functions() {
    return functions;
  }

  Cel cel() {
    return cel;
  }

  List<ExpressionProblem> check(String text) {
    return Reading.of(this, text).problems();
  }

  Expression compile(Scope scope, String text) {
    Reading reading = Reading.of(this, text);
    if (!reading.problems().isEmpty()) {
      throw new IllegalArgumentException(reading.problems().get(0).toString());
    }
    return new Expression(
        scope, text, reading.callFields(), reading.calendars(), program(reading.checked()));
  }

  private Program program(@Nullable CelAbstractSyntaxTree checked) {
    if (checked == null) {
      throw new IllegalStateException("a good expression that was not checked");
    }
    try {
      return cel.createProgram(checked);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with what an expression yields; null when nothing is. */
  @Nullable String yields(CelType type) {
    if (type.equals(result) || type.equals(SimpleType.DYN)) {
      return null;
    } else if (result.equals(SimpleType.BOOL)) {
      return "must yield true or false, yields " + Messages.type(type);
    }
    return "must yield a whole number, yields "
        + Messages.type(type)
        + (type.equals(SimpleType.DOUBLE) || type.equals(SimpleType.UINT)
            ? "; put int(…) around it"
            : "");
  }

  /** Optional values without {@code optMap} and {@code optFlatMap}: these are loops. */
  private static final class OptionalValues implements CelCompilerLibrary {
    @Override
    public void setCheckerOptions(CelCheckerBuilder checker) {
      CelExtensions.optional().setCheckerOptions(checker);
    }
  }

  private static CelOptions options() {
    return CelOptions.current()
        .enableHeterogeneousNumericComparisons(true)
        .enableOptionalSyntax(true)
        .maxExpressionCodePointSize(ExpressionLimits.MOST_CHARACTERS)
        .maxParseRecursionDepth(ExpressionLimits.DEEPEST)
        .maxParseExpressionNodeCount(4 * ExpressionLimits.MOST_NODES)
        .maxParseErrorRecoveryLimit(ExpressionLimits.MOST_PROBLEMS)
        .comprehensionMaxIterations(ExpressionLimits.MOST_ITERATIONS)
        .maxRegexProgramSize(ExpressionLimits.LARGEST_PATTERN)
        .build();
  }

  private static CelStringExtensions strings() {
    return CelExtensions.strings(
        CelStringExtensions.Function.CHAR_AT,
        CelStringExtensions.Function.INDEX_OF,
        CelStringExtensions.Function.LAST_INDEX_OF,
        CelStringExtensions.Function.LOWER_ASCII,
        CelStringExtensions.Function.UPPER_ASCII,
        CelStringExtensions.Function.SPLIT,
        CelStringExtensions.Function.SUBSTRING,
        CelStringExtensions.Function.TRIM);
  }

  private static CelMathExtensions math() {
    return CelExtensions.math(
        CelMathExtensions.Function.MAX,
        CelMathExtensions.Function.MIN,
        CelMathExtensions.Function.CEIL,
        CelMathExtensions.Function.FLOOR,
        CelMathExtensions.Function.ROUND,
        CelMathExtensions.Function.TRUNC,
        CelMathExtensions.Function.ABS,
        CelMathExtensions.Function.SIGN);
  }
}
