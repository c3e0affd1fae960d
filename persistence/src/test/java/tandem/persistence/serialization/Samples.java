package tandem.persistence.serialization;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.Attributes;
import tandem.router.domain.CallId;
import tandem.router.domain.Contact;
import tandem.router.domain.LegId;
import tandem.router.domain.LotId;
import tandem.router.domain.OfferId;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Prompt;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;
import tandem.router.domain.plan.Action;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Wants;

/** Makes a valid value of any record or enum, always the same one for the same variant. */
final class Samples {
  private static final TenantId TENANT = new TenantId("acme");
  private static final Instant BASE = Instant.parse("2026-11-20T09:30:00.123456Z");

  private final Map<Class<?>, IntFunction<Object>> known =
      Map.ofEntries(
          Map.entry(TenantId.class, n -> TENANT),
          Map.entry(CallId.class, n -> new CallId(TENANT, uuid(1, n))),
          Map.entry(AgentId.class, n -> new AgentId(TENANT, "agent-" + n)),
          Map.entry(QueueId.class, n -> new QueueId(TENANT, "queue-" + n)),
          Map.entry(LotId.class, n -> new LotId(TENANT, "lot-" + n)),
          Map.entry(Lot.class, this::lot),
          Map.entry(Prompt.Speech.class, n -> new Prompt.Speech("text-" + n, "en-GB")),
          Map.entry(Prompt.Number.class, n -> new Prompt.Number(n, "de")),
          Map.entry(Object.class, n -> "text-" + n),
          Map.entry(SwitchId.class, n -> new SwitchId("fs" + n)),
          Map.entry(OfferId.class, n -> new OfferId(uuid(2, n))),
          Map.entry(LegId.class, n -> new LegId(uuid(3, n))),
          Map.entry(Contact.class, n -> new Contact("sip:" + (1000 + n) + "@sim.invalid")),
          Map.entry(PhoneNumber.class, n -> new PhoneNumber("+1415555" + (1000 + n))),
          Map.entry(Instant.class, n -> BASE.plus(n, ChronoUnit.SECONDS)),
          Map.entry(Duration.class, n -> Duration.ofMillis(15_000 + n)),
          Map.entry(String.class, n -> "text-" + n),
          Map.entry(int.class, n -> 1 + n % 10),
          Map.entry(Integer.class, n -> 1 + n % 10),
          Map.entry(long.class, n -> 1_000L + n),
          Map.entry(Long.class, n -> 1_000L + n),
          Map.entry(double.class, n -> 0.25 + n),
          Map.entry(boolean.class, n -> n % 2 == 0),
          Map.entry(Boolean.class, n -> n % 2 == 0),
          Map.entry(Attributes.class, Samples::attributes),
          Map.entry(Wants.class, Samples::wants));

  private final Supplier<ActorRef<?>> actor;

  /** With references to an actor that lives as long as the test kit. */
  Samples(ActorTestKit kit) {
    ActorRef<Object> probe = kit.createTestProbe(Object.class).getRef();
    this.actor = () -> probe;
  }

  /** Without references: for what is persisted, which never holds one. */
  Samples() {
    this.actor =
        () -> {
          throw new IllegalStateException("holds an actor reference");
        };
  }

  /**
   * Every variant of a type worth trying: each constant of an enum; a record with everything set,
   * and with everything absent that may be.
   */
  List<Object> of(Class<?> type) {
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    if (!type.isRecord()) {
      throw new IllegalStateException(
          type.getName() + " is neither a record nor an enum: it has no sample");
    }
    List<Object> all = new ArrayList<>();
    int subtypes = widest(type);
    for (int n = 0; n < subtypes; n++) {
      all.add(record(type, n, false));
    }
    if (hasNullable(type)) {
      all.add(record(type, 0, true));
    }
    return all;
  }

  /**
   * So many variants show each constant and each kind of thing that a record holds, however deep.
   */
  private int widest(Class<?> type) {
    return widest(type, new HashSet<>());
  }

  private int widest(Class<?> type, Set<Class<?>> seen) {
    if (known.containsKey(type) || !seen.add(type)) {
      return 1;
    }
    int widest = 1;
    if (type.isEnum()) {
      widest = type.getEnumConstants().length;
    } else if (type.isSealed()) {
      widest = leaves(type).size();
      for (Class<?> leaf : leaves(type)) {
        widest = Math.max(widest, widest(leaf, seen));
      }
    } else if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        widest = Math.max(widest, widest(itself(component.getGenericType()), seen));
      }
    }
    return widest;
  }

  /** The type, or for a list that of its elements. */
  private static Class<?> itself(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
              && generic.getActualTypeArguments()[0] instanceof Class<?> element
          ? element
          : (Class<?>) generic.getRawType();
    }
    return type instanceof Class<?> raw ? raw : Object.class;
  }

  private Object record(Class<?> type, int n, boolean bare) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      boolean absent = bare && isNullable(component);
      values[i] = absent ? null : value(component.getGenericType(), n + i, bare);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          type.getName() + " refuses its sample " + Arrays.toString(values), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private Object value(Type type, int n, boolean bare) {
    if (type instanceof ParameterizedType generic) {
      return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), n, bare);
    }
    if (type instanceof TypeVariable<?>) {
      return "text-" + n;
    }
    Class<?> raw = (Class<?>) type;
    IntFunction<Object> maker = known.get(raw);
    if (maker != null) {
      return maker.apply(n);
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[n % raw.getEnumConstants().length];
    }
    if (raw.isSealed()) {
      List<Class<?>> leaves = leaves(raw);
      return value(leaves.get(n % leaves.size()), n, bare);
    }
    if (raw.isRecord()) {
      return record(raw, n, bare);
    }
    throw new IllegalStateException("no sample of " + raw.getName());
  }

  private Object container(Class<?> raw, Type[] of, int n, boolean bare) {
    if (raw == ActorRef.class) {
      return actor.get();
    }
    if (raw == List.class) {
      return bare ? List.of() : List.of(value(of[0], n, false), value(of[0], n + 1, false));
    }
    if (raw == SortedSet.class) {
      return new TreeSet<>(List.of(value(of[0], n, false), value(of[0], n + 1, false)));
    }
    if (raw == Set.class) {
      return Set.of(value(of[0], n, false));
    }
    if (raw == Map.class) {
      return Map.of(value(of[0], n, false), value(of[1], n, false));
    }
    if (raw == SortedMap.class) {
      return new TreeMap<>(Map.of(value(of[0], n, false), value(of[1], n, false)));
    }
    if (raw == Optional.class) {
      return bare ? Optional.empty() : Optional.of(value(of[0], n, false));
    }
    throw new IllegalStateException("no sample of " + raw.getName());
  }

  /** One of each kind of value that an attribute may have. */
  private static Attributes attributes(int n) {
    return Attributes.of(
        Map.of(
            "text",
            "text-" + n,
            "small",
            (long) n,
            "large",
            Long.MAX_VALUE - n,
            "share",
            0.25 + n,
            "whole",
            (double) n,
            "known",
            n % 2 == 0));
  }

  /** The lower slot first. */
  private Lot lot(int n) {
    return new Lot(
        1 + n,
        10 + n,
        Duration.ofSeconds(60 + n),
        n % 5,
        Duration.ofSeconds(20 + n),
        (Action) value(Action.class, n, false));
  }

  /** With all kinds of values that a call's fields can have. */
  private static Wants wants(int n) {
    return new Wants(
        "agent.skills['text-" + n + "'] > 3",
        "call.country in agent.languages",
        new TreeMap<>(
            Map.of(
                "call.country", "text-" + n,
                "call.arrivedAt", BASE.toString(),
                "call.attributes", attributes(n).values())));
  }

  /** By name: a compiler lists them as it came across them, which is not the same every time. */
  private static List<Class<?>> leaves(Class<?> sealed) {
    List<Class<?>> leaves = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        leaves.addAll(leaves(permitted));
      } else {
        leaves.add(permitted);
      }
    }
    leaves.sort(Comparator.comparing(Class::getName));
    return leaves;
  }

  private static boolean hasNullable(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .anyMatch(c -> isNullable(c) || c.getType() == List.class);
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static String uuid(int kind, int n) {
    return String.format("%08d-0000-4000-8000-%012d", kind, n);
  }
}
